import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { foldRecords, readEntries, recordsOf } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { pi } from './pi.ts';

conforms(pi, {
  'pi_session.jsonl': {
    accepted: 2,
    requests: 2,
    usd: '0.0101',
    cashUsd: '0.0036',
    tokens: { input: 1200, output: 180, cacheRead: 1000, cacheWriteUnknown: 400 },
  },
});

const header = { type: 'session', version: 3, id: 's1', timestamp: '2026-07-01T10:00:00.000Z' };
const reply = {
  type: 'message',
  id: 'e1',
  timestamp: '2026-07-01T10:00:05.000Z',
  message: {
    role: 'assistant',
    model: 'gpt-5.4',
    provider: 'openai-codex',
    usage: { input: 10, output: 5, cost: { total: 0.001 } },
  },
};

describe('a session', () => {
  it('through a login is the vendor’s and covered by its plan, whatever its cost would be', () => {
    using dir = tempDir();
    const { lines } = readEntries(pi, dir.path, [{ ...header, cwd: '/home/dev/shop' }, reply]);
    expect(recordsOf(lines)[0]).toMatchObject({
      provider: 'openai',
      project: 'shop',
      session: 's1',
      coveredByPlan: true,
      amount: { value: '0.001', currency: 'USD' },
      extras: { route: 'openai-codex' },
    });
  });

  it('forked from another repeats its entries under another session and counts them once', () => {
    using dir = tempDir();
    const of = (id: string) => recordsOf(readEntries(pi, dir.path, [{ ...header, id }, reply]).lines);
    expect(foldRecords(pi, [...of('s1'), ...of('s2')])).toHaveLength(1);
  });

  it('is recognised by its header, unless that is of another tool or inside a text', () => {
    const line = (cwd: string) => `${JSON.stringify({ ...header, cwd })}\n`;
    expect(pi.recognises(line('/home/dev/shop'))).toBe(true);
    expect(pi.recognises(line('/home/dev/.openclaw/workspace'))).toBe(false);
    expect(pi.recognises(JSON.stringify({ text: line('/home/dev/shop') }))).toBe(false);
    expect(pi.recognises('{"type":"session","id":"s1"}')).toBe(false);
  });
});

describe('places', () => {
  it('are its sessions, or the folders a variable names', () => {
    const at = (env: Record<string, string>) =>
      pi.locations({ platform: 'win32', home: 'C:\\Users\\a', env }).map(({ path }) => path);
    expect(at({})).toEqual(['C:\\Users\\a\\.pi\\agent\\sessions']);
    expect(at({ PI_AGENT_DIR: 'D:\\x,D:\\y' })).toEqual(['D:\\x', 'D:\\y']);
    expect(pi.fileKind('--home-dev-shop--/2026-07-01_1.jsonl')).toBe('lines');
    expect(pi.fileKind('settings.json')).toBeNull();
  });
});

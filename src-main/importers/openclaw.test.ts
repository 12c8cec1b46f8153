import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir } from '../testing/core.ts';
import { foldRecords, readEntries, readLog, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { openclaw } from './openclaw.ts';
import { findLogFiles } from './pipeline/log-files.ts';

const sample = 'openclaw_session.jsonl';
conforms(openclaw, {
  [sample]: {
    accepted: 2,
    requests: 2,
    usd: '0.0016515',
    cashUsd: '0.0016515',
    tokens: { input: 110, output: 70, cacheRead: 530, cacheWriteUnknown: 30 },
  },
});

const reply = (id: string, message: object = {}) => ({
  type: 'message',
  id,
  timestamp: '2026-07-01T10:00:05.000Z',
  message: {
    role: 'assistant',
    model: 'claude-sonnet-4-6',
    provider: 'anthropic',
    usage: { input: 10, output: 5, cacheRead: 0, cacheWrite: 0, cost: { total: 0.001 } },
    timestamp: 1_782_900_005_000,
    ...message,
  },
});
function read(...entries: readonly object[]) {
  using dir = tempDir();
  return readEntries(openclaw, dir.path, entries).lines;
}
const free = { input: 10, output: 5, cost: { total: 0 } };

describe('a session', () => {
  it('that was deleted or started over in the tool is read under its new name, and counts once', () => {
    using dir = tempDir();
    const sessions = join(dir.path, 'main', 'sessions');
    mkdirSync(sessions, { recursive: true });
    const names = [
      'oc-1.jsonl',
      'oc-1.jsonl.deleted.2026-07-02T00-00-00Z',
      'oc-1.jsonl.reset.2026-07-03T00-00-00Z',
    ];
    for (const name of [...names, 'sessions.json', 'oc-1.jsonl.lock'])
      copyFileSync(join(samplesDir, sample), join(sessions, name));
    const { files } = findLogFiles(openclaw, { platform: 'linux', home: '/nowhere', env: {} }, [dir.path]);
    expect(files.map(({ relativePath }) => relativePath)).toEqual(
      names.map((name) => `main/sessions/${name}`),
    );
    const records = files.flatMap(({ path }) => recordsOf(readLog(openclaw, path).lines));
    expect(records).toHaveLength(6);
    expect(foldRecords(openclaw, records)).toHaveLength(2);
  });

  it('that branches off another counts the entries it copied once', () => {
    const parent = recordsOf(read({ type: 'session', id: 'a' }, reply('e1'), reply('e2')));
    const branch = recordsOf(read({ type: 'session', id: 'b' }, reply('e1'), reply('e3')));
    expect(foldRecords(openclaw, [...parent, ...branch])).toHaveLength(3);
    const named = recordsOf(read(reply('e1', { responseId: 'msg_1' }), reply('e9', { responseId: 'msg_1' })));
    expect(foldRecords(openclaw, named)).toHaveLength(1);
  });

  it('has two calls where an entry id comes again at another time', () => {
    const later = reply('e1', { timestamp: 1_782_900_009_000 });
    expect(foldRecords(openclaw, recordsOf(read(reply('e1'), later)))).toHaveLength(2);
  });
});

describe('a reply', () => {
  it('without a model of its own is of the one chosen last, also when the reading goes on later', () => {
    const change = { type: 'model_change', provider: 'openai', modelId: 'gpt-5.4' };
    const bare = reply('e1', { model: undefined, provider: undefined });
    expect(recordsOf(read(change, bare))[0]).toMatchObject({ provider: 'openai', model: 'gpt-5.4' });
    expect(reasonsOf(read(bare))).toEqual(['the message names no provider']);
  });

  it('at a cost of zero is covered by a plan; at none stated it is priced; a local one is neither', () => {
    const money = (message: object) => {
      const { amount, coveredByPlan } = recordsOf(read(reply('e1', message)))[0] ?? {};
      return [amount?.value, coveredByPlan];
    };
    expect(money({})).toEqual(['0.001', undefined]);
    expect(money({ usage: free })).toEqual([undefined, true]);
    expect(money({ usage: { input: 10, output: 5 } })).toEqual([undefined, undefined]);
    expect(money({ usage: free, provider: 'ollama' })).toEqual([undefined, undefined]);
  });

  it('that was cut off says so', () => {
    expect(recordsOf(read(reply('e1', { stopReason: 'aborted' })))[0]?.status).toBe('cancelled');
  });
});

describe('places', () => {
  it('are the folders of all its names, or the one a variable names', () => {
    const at = (env: Record<string, string>) =>
      openclaw.locations({ platform: 'darwin', home: '/Users/a', env }).map(({ path }) => path);
    expect(at({})).toEqual(
      ['.openclaw', '.clawdbot', '.moltbot', '.moldbot'].map((name) => `/Users/a/${name}/agents`),
    );
    expect(at({ OPENCLAW_DIR: '/x' })).toEqual(['/x/agents']);
  });
});

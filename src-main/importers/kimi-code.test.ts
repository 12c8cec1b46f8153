import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { foldRecords, kindsOf, readEntries, recordsOf, tokensByModel } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { kimiCode } from './kimi-code.ts';

conforms(kimiCode, {
  'kimi_code_wire.jsonl': {
    accepted: 1,
    requests: 1,
    cashUsd: '0',
    tokens: { input: 18_000, output: 40, cacheRead: 1000 },
  },
});

const request = (modelAlias: string, model: string, provider = 'kimi') => ({
  type: 'llm.request',
  provider,
  model,
  modelAlias,
});
const usage = (model: string, input: number, more: object = {}) => ({
  type: 'usage.record',
  model,
  usage: { inputOther: input, output: 1 },
  usageScope: 'turn',
  time: 1_782_900_004_000,
  ...more,
});
function read(...entries: readonly object[]) {
  using dir = tempDir();
  return readEntries(kimiCode, dir.path, entries, 'wd_web_shop_0123456789ab/session_1/agents/main/wire.jsonl')
    .lines;
}

describe('a call', () => {
  it('is of the model last requested under its name, not of the one requested last', () => {
    const lines = read(
      request('fast', 'kimi-k3-mini'),
      request('kimi-code/kimi-for-coding', 'kimi-k3'),
      usage('fast', 10),
      usage('kimi-code/kimi-for-coding', 20),
      request('fast', 'kimi-k4-mini'),
      usage('fast', 30),
      usage('never asked', 40),
    );
    expect(
      Object.entries(tokensByModel(recordsOf(lines))).map(([model, { input }]) => [model, input]),
    ).toEqual([
      ['kimi-k3-mini', 10],
      ['kimi-k3', 20],
      ['kimi-k4-mini', 30],
      ['never asked', 40],
    ]);
    expect(recordsOf(lines)[1]).toMatchObject({
      provider: 'moonshotai',
      project: 'web_shop',
      session: 'session_1',
      extras: { alias: 'kimi-code/kimi-for-coding' },
    });
  });

  it('of another vendor’s model is not Moonshot’s', () => {
    expect(recordsOf(read(request('b', 'claude-sonnet-4-6', 'anthropic'), usage('b', 1)))[0]?.provider).toBe(
      'anthropic',
    );
  });

  it('copied into another file counts once', () => {
    const records = recordsOf(read(usage('a', 1), usage('a', 2)));
    expect(foldRecords(kimiCode, [...records, ...records])).toHaveLength(2);
  });

  it('is no sum of the session, which would count it again', () => {
    expect(kindsOf(read(usage('a', 1), usage('a', 1, { usageScope: 'session' })))).toEqual([
      'record',
      'skip',
    ]);
  });
});

describe('places', () => {
  it('are its own folder and that inside the desktop app, or the one a variable names', () => {
    const at = (env: Record<string, string>) =>
      kimiCode.locations({ platform: 'darwin', home: '/Users/a', env }).map(({ path }) => path);
    expect(at({})).toEqual([
      '/Users/a/.kimi-code/sessions',
      '/Users/a/Library/Application Support/kimi-desktop/daimon-share/daimon/runtime/kimi-code/home/sessions',
    ]);
    expect(at({ KIMI_CODE_HOME: '/x' })).toEqual(['/x/sessions']);
  });
});

import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { foldRecords, readEntries, recordsOf } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { lingtai } from './lingtai.ts';

conforms(lingtai, {
  'lingtai_token_ledger.jsonl': {
    accepted: 2,
    requests: 2,
    tokens: { input: 3500, cacheRead: 15_000, output: 450, reasoning: 120 },
  },
});

const entry = {
  ts: '2026-07-01T10:00:05Z',
  input: 100,
  output: 10,
  thinking: 4,
  cached: 60,
  model: 'deepseek-chat',
};
function read(entries: readonly object[], name = 'writer/logs/token_ledger.jsonl') {
  using dir = tempDir();
  return recordsOf(readEntries(lingtai, dir.path, entries, name).lines);
}

describe('a ledger', () => {
  it('has cached input inside the input and thinking inside the output', () => {
    expect(read([entry])[0]).toMatchObject({
      provider: 'deepseek',
      project: 'writer',
      tokens: { input: 40, cacheRead: 60, output: 10, reasoning: 4 },
    });
  });

  it('of a version that named no model has no price of another', () => {
    const { model: _, ...older } = entry;
    expect(read([older])[0]).toMatchObject({ provider: 'lingtai', model: null });
  });

  it('that was copied counts once', () => {
    expect(foldRecords(lingtai, [...read([entry]), ...read([entry], 'token_ledger.jsonl')])).toHaveLength(1);
  });

  it('is read of agents; those of daemons mirror it', () => {
    expect(lingtai.locations({ platform: 'linux', home: '/h', env: {} })[0]?.path).toBe('/h/.lingtai');
    expect(lingtai.fileKind('writer/logs/token_ledger.jsonl')).toBe('lines');
    expect(lingtai.fileKind('writer/daemons/d1/logs/token_ledger.jsonl')).toBeNull();
    expect(lingtai.fileKind('writer/logs/events.jsonl')).toBeNull();
  });
});

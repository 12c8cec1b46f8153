import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { foldRecords, kindsOf, readEntries, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { grokBuild } from './grok-build.ts';

conforms(grokBuild, {
  'grok_build_updates.jsonl': {
    accepted: 1,
    cashUsd: '0',
    tokens: { input: 5000, cacheRead: 15_000, output: 900, reasoning: 500 },
  },
});

const end = (usage: object, prompt_id: string | null = 'p1') => ({
  timestamp: 1_782_900_020,
  method: '_x.ai/session/update',
  params: { sessionId: 'g-1', update: { sessionUpdate: 'turn_completed', prompt_id, usage } },
});
function read(...entries: readonly object[]) {
  using dir = tempDir();
  return readEntries(grokBuild, dir.path, entries, '%2Fhome%2Fdev%2Fshop/g-1/updates.jsonl').lines;
}

describe('a turn', () => {
  it('that ends again counts once, as it was last', () => {
    const lines = read(
      end({ inputTokens: 10, outputTokens: 1 }),
      end({ inputTokens: 30, outputTokens: 3 }),
      end({ inputTokens: 5, outputTokens: 1 }, 'p2'),
    );
    expect(foldRecords(grokBuild, recordsOf(lines)).map(({ tokens }) => tokens.input)).toEqual([30, 5]);
  });

  it('has cache reads and writes inside its input', () => {
    const usage = { inputTokens: 100, cachedReadTokens: 60, cacheCreationTokens: 30, outputTokens: 1 };
    expect(recordsOf(read(end(usage)))[0]?.tokens).toMatchObject({
      input: 10,
      cacheRead: 60,
      cacheWriteUnknown: 30,
    });
  });

  it('stands at its second, in the project its folder names, as no single call', () => {
    expect(recordsOf(read(end({ inputTokens: 1 })))[0]).toMatchObject({
      at: 1_782_900_020_000,
      project: 'shop',
      requests: 0,
      extras: { cwd: '/home/dev/shop' },
    });
  });

  it('of several models is of none, since its sums are not split', () => {
    const models = (modelUsage: object) => recordsOf(read(end({ inputTokens: 1, modelUsage })))[0];
    expect(models({ 'grok-4.6-build': {} })?.model).toBe('grok-4.6-build');
    expect(models({ a: {}, b: {} })).toMatchObject({ model: null, extras: { models: ['a', 'b'] } });
  });

  it('without sums is passed over; one without an id is refused', () => {
    expect(kindsOf(read(end({})))).toEqual(['skip']);
    expect(reasonsOf(read(end({ inputTokens: 1 }, null)))).toEqual(['the turn has no id']);
  });
});

describe('places', () => {
  it('are its sessions, or those a variable names', () => {
    const at = (env: Record<string, string>) =>
      grokBuild.locations({ platform: 'linux', home: '/home/a', env });
    expect(at({})).toEqual([{ path: '/home/a/.grok/sessions', why: 'default' }]);
    expect(at({ GROK_HOME: '/x' })).toEqual([{ path: '/x/sessions', why: 'GROK_HOME' }]);
  });
});

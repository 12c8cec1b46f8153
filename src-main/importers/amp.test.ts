import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir } from '../testing/core.ts';
import { foldRecords, readWhole, reasonsOf, recordsOf, sumTokens } from '../testing/read-log.ts';
import { amp } from './amp.ts';

conforms(amp, {
  'amp_thread.json': {
    accepted: 2,
    requests: 2,
    cashUsd: '0',
    tokens: { input: 18, output: 430, cacheWriteUnknown: 9400, cacheRead: 9000 },
  },
});

const sample = JSON.parse(readFileSync(join(samplesDir, 'amp_thread.json'), 'utf8'));
const lines = (thread: object) => readWhole(amp, thread, 'T-1.json');
const read = (thread: object) => recordsOf(lines(thread));
const ledger = (...events: readonly object[]) => ({ ...sample, usageLedger: { events } });
const [first, second] = sample.usageLedger.events;

describe('a thread', () => {
  it('whose ledger lacks a call takes that one from its message, and no other', () => {
    const whole = sumTokens(read(sample));
    expect(sumTokens(read(ledger(first)))).toEqual(whole);
    expect(sumTokens(read({ ...sample, usageLedger: undefined }))).toEqual(whole);
    expect(read(ledger(first))).toHaveLength(2);
  });

  it('counts a call once when the ledger catches up later', () => {
    for (const events of [[], [first], [second], [first, second]])
      expect(foldRecords(amp, [...read(ledger(...events)), ...read(sample)])).toEqual(
        foldRecords(amp, read(sample)),
      );
  });

  it('goes by the ledger where it differs from the message', () => {
    const dearer = { ...first, tokens: { input: 20, output: 320 } };
    expect(read(ledger(dearer, second))[0]?.tokens).toMatchObject({
      input: 20,
      output: 320,
      cacheWriteUnknown: 9000,
    });
    const withCache = { ...first, tokens: { input: 20, output: 320, cacheCreationInputTokens: 7 } };
    expect(read(ledger(withCache, second))[0]?.tokens.cacheWriteUnknown).toBe(7);
  });

  it('keeps what the ledger says when an older copy without it is read later', () => {
    const dearer = { ...first, tokens: { input: 20, output: 320 } };
    const records = [...read(ledger(dearer, second)), ...read({ ...sample, usageLedger: undefined })];
    expect(sumTokens(foldRecords(amp, records))).toMatchObject({ input: 26, output: 440 });
  });

  it('matches an event that names no message by its model and tokens', () => {
    const { toMessageId: _, ...unnamed } = first;
    expect(read(ledger(unnamed, second))).toHaveLength(2);
    for (const other of [{ tokens: { input: 1, output: 2 } }, { model: 'gpt-5.4' }])
      expect(read(ledger({ ...unnamed, ...other }, second))).toHaveLength(3);
  });

  it('keeps credits and never makes money of them', () => {
    const records = read(sample);
    expect(records.map(({ extras }) => extras?.credits)).toEqual(['3.8', '0.6']);
    expect(records.every((record) => !('amount' in record))).toBe(true);
  });

  it('refuses a total that is not split, unless a message splits it', () => {
    const total = { ...first, tokens: { total: 9322 } };
    expect(read(ledger(total, second))[0]?.tokens).toMatchObject({ input: 12, output: 310 });
    expect(reasonsOf(lines(ledger({ ...total, toMessageId: 99 })))).toEqual([
      'the event states a total of 9322 tokens and not what they are',
    ]);
  });

  it('stands at its start where a call states no time', () => {
    const { timestamp: _, ...usage } = sample.messages[1].usage;
    const thread = { ...sample, usageLedger: {}, messages: [{ ...sample.messages[1], usage }] };
    expect(read(thread)[0]).toMatchObject({ at: sample.created, extras: { timeFrom: 'thread' } });
  });
});

describe('places', () => {
  it('are the data folder, or the one a variable names', () => {
    const at = (env: Record<string, string>) => amp.locations({ platform: 'linux', home: '/home/a', env });
    expect(at({})).toEqual([{ path: '/home/a/.local/share/amp/threads', why: 'default' }]);
    expect(at({ XDG_DATA_HOME: '/d' })).toEqual([{ path: '/d/amp/threads', why: 'XDG_DATA_HOME' }]);
    expect(at({ AMP_DATA_DIR: '/x' })).toEqual([{ path: '/x/threads', why: 'AMP_DATA_DIR' }]);
    expect(amp.locations({ platform: 'win32', home: 'C:\\Users\\a', env: {} })[0]?.path).toBe(
      'C:\\Users\\a\\.local\\share\\amp\\threads',
    );
    expect(amp.fileKind('T-1.json')).toBe('document');
    expect(amp.fileKind('settings.json')).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import type { Preview } from '../../../src-preload/contract/imports.ts';
import { entriesOf, type Item, isBusy, isCommittable, type Phase } from './queue.ts';

const read = { fileName: 'a.csv', bytes: 1, sha256: 's' };
const unreadable: Preview = {
  kind: 'unreadable',
  fileName: 'b.pdf',
  bytes: 9,
  code: 'FORMAT_UNKNOWN',
  reason: 'x',
};
const choose: Preview = { ...read, kind: 'choose', formats: [] };

function ready(accepted: number): Preview {
  return {
    ...read,
    kind: 'ready',
    format: 'openai-cost',
    formatLabel: 'OpenAI costs',
    vendor: 'openai',
    evidence: 'billed',
    accountId: null,
    accountName: 'OpenAI',
    counts: { accepted, updated: 0, duplicate: 2, refused: 0, skipped: 0, unpriced: 0 },
    firstDay: null,
    lastDay: null,
    addsNanoUsd: 0,
    cashBeforeNanoUsd: 0,
    cashAfterNanoUsd: 0,
    equivalentBeforeNanoUsd: 0,
    equivalentAfterNanoUsd: 0,
    firstRows: [],
    problems: [],
    warnings: [],
    elapsedMs: 1,
    mappingName: null,
  };
}

const item = (phase: Phase): Item => ({ key: 'k', name: 'picked.zip', file: null, choice: {}, phase });
const statesOf = (phase: Phase): readonly string[] => entriesOf([item(phase)]).map((entry) => entry.state);

describe('the files of an import', () => {
  it('spreads an archive over one line per file inside it', () => {
    const entries = entriesOf([item({ kind: 'read', previews: [ready(3), unreadable, choose] })]);
    expect(entries.map(({ name, state }) => [name, state])).toEqual([
      ['a.csv', 'ready'],
      ['b.pdf', 'unreadable'],
      ['a.csv', 'asks'],
    ]);
    expect(new Set(entries.map((entry) => entry.key)).size).toBe(3);
  });

  it('offers nothing to commit where every row is already in the ledger', () => {
    const [entry] = entriesOf([item({ kind: 'read', previews: [ready(0)] })]);
    expect(entry?.state).toBe('empty');
    expect(entry && isCommittable(entry)).toBe(false);
  });

  it('shows a file without an answer under the name it was picked by', () => {
    expect(statesOf({ kind: 'reading' })).toEqual(['reading']);
    expect(statesOf({ kind: 'failed', trouble: { message: 'gone' } })).toEqual(['unreadable']);
    expect(statesOf({ kind: 'committing', previews: [ready(1), choose] })).toEqual(['committing', 'asks']);
  });

  it('is busy until every file has an answer', () => {
    expect(isBusy([item({ kind: 'waiting' })])).toBe(true);
    expect(isBusy([item({ kind: 'read', previews: [] }), item({ kind: 'cancelled' })])).toBe(false);
  });
});

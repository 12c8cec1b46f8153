import { expect, it } from 'vitest';
import type { ReadyPreview } from '../../../src-preload/contract/imports.ts';
import type { Item, Phase } from './queue.ts';
import { summaryWords, writtenOf } from './summary-words.ts';
import { readyPreview, unreadablePreview } from './testing/previews.ts';

const item = (key: string, phase: Phase): Item => ({
  ...{ key, name: key, file: null, member: null, choice: {}, phase },
  ...{ shown: null, columns: null, sameAs: null },
});
const preview = (accepted: number, facts: Partial<ReadyPreview> = {}) =>
  readyPreview({ accepted }, { addsNanoUsd: 5, cashAfterNanoUsd: 5, ...facts });
const ready = (key: string, accepted: number): Item =>
  item(key, { kind: 'read', preview: preview(accepted) });
const committed = (key: string, accepted: number): Item => {
  const { counts, ...facts } = preview(accepted);
  const file = { ...facts, counts, importId: 1, account: 'OpenAI' };
  return item(key, { kind: 'committed', preview: preview(accepted), files: [file] });
};
const writing = item('c', { kind: 'committing', preview: preview(9) });
const bad = item('d', { kind: 'read', preview: unreadablePreview });
const words = (...items: readonly Item[]) => summaryWords(items, (nano) => `+${nano}`);

it('calls what several files bring the most it can be, and what one brings as it is', () => {
  expect(words(ready('a', 3), ready('b', 4), bad)).toBe(
    '2 of 3 files ready: up to 7 new rows, cash up to +10: files that state the same usage count once',
  );
  expect(words(ready('a', 3), bad)).toBe('1 of 2 files ready: 3 new rows, cash +5');
  expect(words(bad)).toBe('0 of 1 file ready');
});

it('counts all files while they are written and afterwards', () => {
  expect(words(committed('a', 2), committed('b', 40), writing, bad)).toBe(
    'Writing: 2 of 4 files in the ledger, 42 records so far',
  );
  expect(words(committed('a', 2), committed('b', 40), bad)).toBe(
    '2 of 3 files in the ledger: 42 records written',
  );
  expect(words(committed('a', 2), ready('b', 4))).toBe(
    '1 of 2 files in the ledger: 2 records written. 1 of 2 files ready: 4 new rows, cash +5',
  );
  expect(writtenOf([committed('a', 2), committed('b', 40), bad])).toEqual({ files: 2, records: 42 });
});

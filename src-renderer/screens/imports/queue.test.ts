import { describe, expect, it } from 'vitest';
import type { Preview } from '../../../src-preload/contract/imports.ts';
import { type Item, isBusy, isFinished, type Phase, spread, stateOf } from './queue.ts';
import { choosePreview, readyPreview, unreadablePreview } from './testing/previews.ts';

const item = (phase: Phase): Item => ({
  key: 'k',
  name: 'picked.zip',
  file: null,
  member: null,
  choice: {},
  phase,
  shown: null,
  columns: null,
  sameAs: null,
});
const afterRead = (previews: readonly Preview[]): readonly Item[] =>
  spread(item({ kind: 'reading' }), previews);

describe('the files of an import', () => {
  it('spreads an archive over one item per file inside it, each with its own key and member', () => {
    const items = afterRead([readyPreview({ accepted: 3 }), unreadablePreview, choosePreview]);
    expect(items.map((one) => [one.member, stateOf(one)])).toEqual([
      ['costs.csv', 'ready'],
      ['photo.pdf', 'unreadable'],
      ['usage.csv', 'asks'],
    ]);
    expect(new Set(items.map((one) => one.key)).size).toBe(3);
  });

  it('keeps the name a single file was picked by, and its key', () => {
    const [only] = afterRead([readyPreview({ accepted: 3 })]);
    expect([only?.key, only?.name, only?.member]).toEqual(['k', 'picked.zip', null]);
  });

  it('says so when an archive is empty instead of showing nothing', () => {
    expect(afterRead([]).map(stateOf)).toEqual(['unreadable']);
  });

  it('offers nothing to commit where every row is already in the ledger', () => {
    expect(afterRead([readyPreview({ accepted: 0, duplicate: 9 })]).map(stateOf)).toEqual(['nothing-new']);
  });

  it('is busy until every file has an answer', () => {
    expect(isBusy([item({ kind: 'cancelled' }), item({ kind: 'waiting' })])).toBe(true);
    expect(isBusy([item({ kind: 'cancelled' }), item({ kind: 'failed', message: 'gone' })])).toBe(false);
  });

  it('is finished when all that could be committed is, but not while a file waits for an answer', () => {
    const preview = readyPreview({ accepted: 1 });
    const committed = item({ kind: 'committed', preview, files: [] });
    const known = item({ kind: 'read', preview: readyPreview({ duplicate: 1 }) });
    expect(isFinished([committed, known])).toBe(true);
    expect(isFinished([known])).toBe(false);
    expect(isFinished([committed, item({ kind: 'read', preview: choosePreview })])).toBe(false);
    expect(isFinished([])).toBe(false);
  });
});

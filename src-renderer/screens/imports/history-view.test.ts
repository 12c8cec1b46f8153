import { expect, it } from 'vitest';
import type { ImportRow } from '../../../src-preload/contract/imports.ts';
import { hasBothKinds, rowsFor } from './history-view.ts';

const row = (id: number, kind: ImportRow['kind']): ImportRow => ({
  ...{
    id,
    kind,
    format: 'f',
    formatLabel: 'F',
    fileName: 'f',
    path: null,
    source: 'S',
    sourceId: 1,
    account: 'A',
  },
  ...{
    at: id,
    firstDay: null,
    lastDay: null,
    costNanoUsd: 0,
    state: 'committed',
    undoneAt: null,
    sample: false,
  },
  counts: { accepted: 1, updated: 0, duplicate: 0, refused: 0, skipped: 0, unpriced: 0 },
});
const rows = [row(4, 'sync'), row(3, 'file'), row(2, 'calls'), row(1, 'scan')];

it('keeps what somebody brought apart from what comes by itself, every row in one of the two', () => {
  const ids = (show: 'all' | 'brought' | 'read') => rowsFor(show, rows).map(({ id }) => id);
  expect(ids('brought')).toEqual([3, 1]);
  expect(ids('read')).toEqual([4, 2]);
  expect(ids('all')).toEqual([4, 3, 2, 1]);
});

it('offers the choice only where it makes a difference', () => {
  expect(hasBothKinds(rows)).toBe(true);
  expect(hasBothKinds(rows.slice(0, 1))).toBe(false);
  expect(hasBothKinds([])).toBe(false);
});

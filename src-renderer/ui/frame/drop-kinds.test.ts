import { expect, it } from 'vitest';
import { groupDrop } from './drop-kinds.ts';

it('promises by type only, and loses no file', () => {
  const types = ['text/csv', '', 'application/pdf', 'text/csv', 'application/zip'];
  const groups = groupDrop(types);
  expect(groups.map(({ kind, count }) => [kind, count])).toEqual([
    ['table', 2],
    ['archive', 1],
    ['unknown', 1],
    ['refused', 1],
  ]);
});

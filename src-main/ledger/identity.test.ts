import { expect, test } from 'vitest';
import { createRowIds } from './identity.ts';

test('rows without ids are told apart by what they say and how often it was said before in the file', () => {
  const [ids, again] = [createRowIds(), createRowIds()];
  const rows = ['a', 'b', 'a', 'a'];
  const first = rows.map(ids);
  expect(new Set(first).size).toBe(4);
  expect(rows.map(again)).toEqual(first);
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRowIds, identityOf, keyOf } from './identity.ts';

test('rows without ids are told apart by what they say and how often it was said before in the file', () => {
  const [ids, again] = [createRowIds(), createRowIds()];
  const rows = ['a', 'b', 'a', 'a'];
  const first = rows.map(ids);
  expect(new Set(first).size).toBe(4);
  expect(rows.map(again)).toEqual(first);
});

test('a row without a key is known by the same bytes as in the first ledger', () => {
  // A row's text, its place among the records of the row, and its scope: SHA-256 of `mapped#1`, NUL, `row`, NUL, `a,b`, NUL, `0`.
  const { a, b } = keyOf(identityOf('mapped#1', createRowIds()('a,b\u00000')));
  const digest = createHash('sha256').update('mapped#1\u0000row\u0000a,b\u00000').digest();
  expect({ a, b }).toEqual({ a: digest.readUIntBE(0, 6), b: digest.readUIntBE(6, 6) });
});

test('an identity is always the same bytes of a SHA-256, whatever its text: stored ledgers are known by them', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.option(fc.integer({ min: 0, max: 40_000 })),
      (text, day) => {
        const digest = createHash('sha256').update(text).digest();
        const a = day === null ? digest.readUIntBE(0, 6) : day * 2 ** 32 + digest.readUInt32BE(0);
        expect(keyOf({ text, day })).toEqual({ a, b: digest.readUIntBE(6, 6) });
      },
    ),
  );
});

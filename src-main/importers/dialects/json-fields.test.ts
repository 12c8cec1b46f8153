import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openFields } from './json-fields.ts';

const fields = openFields();
/** The moment a stamp gives, or why there is none. */
function read(stamp: string): number | string {
  let at = 0;
  const outcome = fields.read(() => {
    at = fields.moment(stamp);
    return { kind: 'duplicate' };
  });
  return outcome.kind === 'refuse' ? outcome.reason : at;
}

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const number = (max: number, length: number) => fc.nat({ max }).map((n) => String(n).padStart(length, '0'));
const stamp = fc
  .tuple(
    fc.oneof(fc.constantFrom('2014', '2015', '2026', '2099', '2100'), digits(4)),
    number(13, 2),
    number(32, 2),
    number(25, 2),
    number(61, 2),
    number(61, 2),
    digits(3),
  )
  .map(
    ([year, month, day, hour, minute, second, ms]) =>
      `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`,
  );
const damaged = fc
  .tuple(stamp, fc.nat({ max: 23 }), fc.constantFrom('', ' ', 'x', ':', '-', '.', '٣'))
  .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1));

test('stamps of the commonest form are read as any other form of the same moment is', () => {
  fc.assert(
    fc.property(fc.oneof(stamp, damaged), (text) => {
      // A further digit of a second is another form, and says the same.
      const other = read(text.replace(/Z$/, '0Z'));
      expect(read(text)).toEqual(typeof other === 'string' ? other.replace('0Z"', 'Z"') : other);
    }),
    { seed: 20_261_128, numRuns: 5_000 },
  );
});

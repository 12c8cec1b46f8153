import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, decimalText, parseDecimal } from '../../platform/money.ts';
import { balanceChanges, partsByDay } from './balance-spend.ts';

const readings = (...texts: readonly string[]) =>
  texts.map((available, at) => ({ at, currency: 'USD', available }));

const zero = { units: 0n, scale: 0 };
const exact = (text: string) => parseDecimal(text) ?? zero;

/** Decimal texts as vendors write them: signs, up to nine places, zeros at the end. */
const anyAmount = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 9 }))
  .map(([units, places]) => {
    const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
    const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
    return units < 0n ? `-${text}` : text;
  });

test('always: the changes add up to the last balance less the first, to the last digit', () => {
  fc.assert(
    fc.property(fc.array(anyAmount, { minLength: 1 }), (texts) => {
      const changes = balanceChanges(readings(...texts));
      const sum = changes.reduce((total, { amount, kind }) => {
        const { units, scale } = exact(amount);
        expect(units).toBeGreaterThan(0n);
        return add(total, { units: kind === 'spend' ? -units : units, scale });
      }, zero);
      const first = exact(texts[0] ?? '0');
      const difference = add(exact(texts.at(-1) ?? '0'), { ...first, units: -first.units });
      expect(decimalText(sum)).toBe(decimalText(difference));
    }),
  );
});

test('currencies are told apart, and one that says the same in other digits has not changed', () => {
  const series = [
    { at: 1, currency: 'CNY', available: '10' },
    { at: 3, currency: 'CNY', available: '10.00' },
    { at: 1, currency: 'USD', available: '5' },
    { at: 2, currency: 'USD', available: '4.5' },
  ];
  expect(balanceChanges(series)).toEqual([{ from: 1, to: 2, currency: 'USD', amount: '0.5', kind: 'spend' }]);
});

test('money owed grows as the balance falls below zero', () => {
  expect(balanceChanges(readings('0.1', '-0.2'))).toMatchObject([{ amount: '0.3', kind: 'spend' }]);
});

test('always: a fall spread over its days is the same fall, and no day of it gets less than nothing', () => {
  const anyTime = fc.integer({ min: 0, max: 40 * 86_400_000 });
  fc.assert(
    fc.property(anyTime, anyTime, anyAmount, (one, other, text) => {
      const amount = text.replace('-', '');
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const parts = partsByDay({ from, to, currency: 'USD', amount });
      expect(decimalText(parts.map((part) => part.amount).reduce(add, zero))).toBe(
        decimalText(exact(amount)),
      );
      expect(parts.every(({ amount: { units }, day }) => units >= 0n && day * 86_400_000 <= to)).toBe(true);
      expect(new Set(parts.map(({ day }) => day)).size).toBe(parts.length);
    }),
  );
});

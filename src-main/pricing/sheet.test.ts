import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decimal, divideRounded, unitsAt } from '../platform/money.ts';
import { type Rates, rateKeys } from './rates.ts';
import { chargeUsage, compileSheet, type Usage } from './sheet.ts';

const maxScale = 12;
const rate = fc.record({ units: fc.bigInt(0n, 10n ** 15n), scale: fc.integer({ min: 0, max: maxScale }) });
const sheetRates: fc.Arbitrary<Rates> = fc.record(Object.fromEntries(rateKeys.map((key) => [key, rate])));
const units = fc.oneof(
  fc.integer({ min: 1, max: 5_000_000 }),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
);
const usage: fc.Arbitrary<readonly Usage[]> = fc.array(
  fc.record({ bucket: fc.string(), key: fc.constantFrom(...rateKeys), units }),
  { maxLength: 9 },
);

/** The same sum without any short cut: USD per million -> nano-USD is one thousand to one. */
function reference(rates: Rates, items: readonly Usage[]): bigint {
  const finest = (decimal: Decimal | undefined): bigint =>
    decimal === undefined ? 0n : unitsAt(decimal, maxScale);
  const sum = items.reduce((total, item) => total + BigInt(item.units) * finest(rates[item.key]), 0n);
  return divideRounded(sum * 1000n, 10n ** BigInt(maxScale));
}

describe('a charge', () => {
  it('always is the exact sum, rounded once, whether it fits a double on the way or not', () => {
    fc.assert(
      fc.property(sheetRates, usage, (rates, items) => {
        const expected = reference(rates, items);
        const charge = chargeUsage(compileSheet(rates), items);
        if (expected > BigInt(Number.MAX_SAFE_INTEGER)) expect(charge).toEqual({ kind: 'overflow' });
        else expect(charge).toMatchObject({ kind: 'charged', costNanoUsd: Number(expected) });
      }),
      { numRuns: 500 },
    );
  });

  it('always is the sum of its lines', () => {
    fc.assert(
      fc.property(sheetRates, usage, (rates, items) => {
        const charge = chargeUsage(compileSheet(rates), items);
        fc.pre(charge.kind === 'charged');
        expect(charge.lines.reduce((sum, line) => sum + line.costNanoUsd, 0)).toBe(charge.costNanoUsd);
        expect(charge.lines.every((line) => line.costNanoUsd >= 0)).toBe(true);
      }),
    );
  });

  it('never depends on the order of the buckets', () => {
    fc.assert(
      fc.property(sheetRates, usage, (rates, items) => {
        const sheet = compileSheet(rates);
        const [there, back] = [chargeUsage(sheet, items), chargeUsage(sheet, items.toReversed())];
        fc.pre(there.kind === 'charged' && back.kind === 'charged');
        expect(back.costNanoUsd).toBe(there.costNanoUsd);
      }),
    );
  });

  it('never falls when more is used', () => {
    fc.assert(
      fc.property(sheetRates, usage, fc.constantFrom(...rateKeys), (rates, items, key) => {
        const sheet = compileSheet(rates);
        const [less, more] = [
          chargeUsage(sheet, items),
          chargeUsage(sheet, [...items, { bucket: 'more', key, units: 1 }]),
        ];
        fc.pre(less.kind === 'charged' && more.kind === 'charged');
        expect(more.costNanoUsd).toBeGreaterThanOrEqual(less.costNanoUsd);
      }),
    );
  });

  it('of a bucket without a rate is missing, not zero', () => {
    const sheet = compileSheet({ input: { units: 3n, scale: 0 } });
    expect(chargeUsage(sheet, [{ bucket: 'output', key: 'output', units: 1 }])).toEqual({
      kind: 'missing',
      key: 'output',
    });
  });

  it('rounds halves up once per record: 3 x 0.5 nano is 2 nano, not 3', () => {
    const half = { units: 5n, scale: 4 };
    const sheet = compileSheet({ input: half, cacheRead: half, output: half });
    const each = (['input', 'cacheRead', 'output'] as const).map((key) => ({ bucket: key, key, units: 1 }));
    expect(chargeUsage(sheet, each)).toMatchObject({ costNanoUsd: 2 });
  });
});

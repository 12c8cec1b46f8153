import { describe, expect, test } from 'vitest';
import { parseDecimal } from '../../platform/money.ts';
import type { CostReport } from '../../platform/provider.ts';
import { altered, type Change, emptied, otherAmounts, otherSpelling } from '../vendors/alter.ts';
import { november, readAll } from '../vendors/open-provider.ts';
import { amount, days, opened, type Suite } from './suite.ts';

/** What every report of what was billed or used has to hold. */
export function readsCosts(suite: Suite, report: CostReport): void {
  const { provider, recorded } = suite;
  const read = (change: Change = (_path, value) => value, window = days) =>
    opened({ ...suite, recorded: altered(recorded, change) }, async ({ context }) =>
      readAll(provider, report.id, window, context),
    );

  describe(report.id, () => {
    test('brings records of whole days in the window, with exact amounts', async () => {
      const { records } = await read();
      expect(records.length).toBeGreaterThan(0);
      for (const { at, provider: vendor, amount: stated, tokens, key } of records) {
        expect(vendor).toBe(provider.vendor);
        expect(key).toBeDefined();
        if (stated !== undefined) {
          expect(stated.value).toMatch(amount);
          expect(parseDecimal(stated.value)).not.toBeNull();
          expect(stated.currency).toMatch(/^[A-Z]{3}$/);
        }
        expect(Object.values(tokens).every((count) => Number.isSafeInteger(count) && count >= 0)).toBe(true);
        expect(Number.isSafeInteger(at)).toBe(true);
      }
    });

    test('gives every record a key of its own, the same at every reading', async () => {
      const [first, second] = [await read(), await read()];
      const keys = first.records.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(second.records).toEqual(first.records);
    });

    test('takes a changed amount for the same record: keys hold dimensions only', async () => {
      const [first, later] = [await read(), await read(otherAmounts)];
      expect(later.records.map(({ key }) => key)).toEqual(first.records.map(({ key }) => key));
    });

    test('reads amounts that come as text like those that come as numbers', async () => {
      const [first, other] = [await read(), await read(otherSpelling)];
      expect(other.records.map(({ amount: stated }) => stated)).toEqual(
        first.records.map(({ amount: stated }) => stated),
      );
    });

    test('leaves out days that lie outside of the window', async () => {
      const { records } = await read(undefined, november(1, 3));
      expect(records.filter(({ at, grain }) => grain === 'day' && at >= Date.UTC(2026, 10, 3))).toEqual([]);
    });

    test('finds nothing where there was nothing, without a complaint', async () => {
      const { records, problems } = await read(emptied);
      expect(problems).toEqual([]);
      const states = records.filter(
        ({ amount: stated, tokens }) =>
          !/^-?0$/.test(stated?.value ?? '0') || Object.values(tokens).some((count) => count > 0),
      );
      expect(states).toEqual([]);
    });
  });
}

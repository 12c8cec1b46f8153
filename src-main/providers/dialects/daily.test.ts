import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ImportedRecord, noTokens } from '../../platform/record.ts';
import { sumText } from './amount.ts';
import { merged, monthStart, readDaily } from './daily.ts';
import { dayMs } from './days.ts';

const record = (key: string, value: string): ImportedRecord => ({
  key,
  at: 0,
  grain: 'day',
  provider: 'acme',
  model: null,
  requests: 1,
  tokens: { ...noTokens, input: 2 },
  amount: { value, currency: 'USD' },
});

describe('readDaily', () => {
  it('asks every day of the window once, over any number of pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (days, perPage) => {
          const from = Date.UTC(2026, 9, 1);
          const asked: number[] = [];
          let cursor: string | null = null;
          do {
            const page = await readDaily({ from, to: from + days * dayMs, cursor }, perPage, async (day) => {
              asked.push(day);
              return { records: [] };
            });
            cursor = page.cursor;
          } while (cursor !== null);
          expect(asked).toEqual(Array.from({ length: days }, (_, index) => from + index * dayMs));
        },
      ),
    );
  });

  it('skips what an answer already covered', async () => {
    const to = 10 * dayMs;
    const asked: number[] = [];
    await readDaily({ from: 0, to, cursor: null }, 99, async (day) => {
      asked.push(day / dayMs);
      return { records: [], ...(day === dayMs && { next: 8 * dayMs }) };
    });
    expect(asked).toEqual([0, 1, 8, 9]);
  });
});

describe('merged', () => {
  it('loses no money and leaves one record per key', () => {
    const cents = fc.integer({ min: -1e6, max: 1e6 }).map((value) => (value / 100).toFixed(2));
    const records = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), value: cents }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(records, (rows) => {
        const result = merged(rows.map(({ key, value }) => record(key, value)));
        expect(new Set(result.map(({ key }) => key)).size).toBe(result.length);
        expect(sumText(result.map(({ amount }) => amount?.value ?? '0'))).toBe(
          sumText(rows.map(({ value }) => value)),
        );
        expect(result.reduce((sum, { tokens }) => sum + tokens.input, 0)).toBe(2 * rows.length);
      }),
    );
  });
});

describe('monthStart', () => {
  it('crosses the year', () => {
    expect(monthStart(Date.UTC(2026, 11, 31, 23), 1)).toBe(Date.UTC(2027, 0, 1));
    expect(monthStart(Date.UTC(2026, 0, 31), -1)).toBe(Date.UTC(2025, 11, 1));
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SourceRow } from '../store/sources.ts';
import type { Presence } from '../store/witnesses.ts';
import { chooseWitnesses } from './evidence.ts';
import { type Day, witnessesByDay } from './witness.ts';

/** Exports of one bill, cut in several ways. */
const source = (id: number, cut: string) =>
  ({
    id,
    importer: 'bill',
    vendor: 'acme',
    cut,
    evidence: 0,
    coverage: 'account',
    usage_rank: 3,
  }) as SourceRow;
const row = (source_id: number, utc_day: number, cost_nano_usd: number, more: Partial<Presence> = {}) => ({
  ...{ source_id, utc_day, cost_nano_usd, usage: 0, has_money: 1, month_records: 0 },
  ...more,
});

/** What a month comes to. */
function month(sources: readonly SourceRow[], rows: readonly Presence[]): number {
  const days: readonly Day[] = [...Map.groupBy(rows, ({ utc_day }) => utc_day)].sort(([a], [b]) => a - b);
  const chosen = chooseWitnesses(witnessesByDay(days, new Map(sources.map((one) => [one.id, one]))));
  return days.reduce(
    (sum, [, own], i) =>
      own.reduce(
        (total, one) => total + (chosen[i]?.cost.has(one.source_id) ? Number(one.cost_nano_usd) : 0),
        sum,
      ),
    0,
  );
}

test('always: of whole exports that put the same spend on different days one is taken, whichever came first', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 31 });
  const exports = amounts.chain((days) =>
    fc.array(fc.shuffledSubarray(days, { minLength: days.length }), { minLength: 1, maxLength: 4 }),
  );
  fc.assert(
    fc.property(exports, (ways) => {
      const total = (ways[0] ?? []).reduce((sum, amount) => sum + amount, 0);
      for (const idOf of [(way: number) => way + 1, (way: number) => 10 - way]) {
        const sources = ways.map((_, way) => source(idOf(way), `cut ${way}`));
        const rows = ways.flatMap((days, way) => days.map((amount, day) => row(idOf(way), day, amount)));
        expect(month(sources, rows)).toBe(total);
      }
    }),
  );
});

test('a file of some hours hides nothing of the month’s, whichever came first', () => {
  const days = [10, 20, 30].map((amount, day) => row(1, day, amount));
  const hours = (id: number) => row(id, 1, 4);
  expect(month([source(1, 'by day'), source(2, 'by hour')], [...days, hours(2)])).toBe(60);
  expect(month([source(1, 'by day'), source(0, 'by hour')], [...days, hours(0)])).toBe(60);
});

test('an export in two parts, of which a plan covers one, is held to another by both', () => {
  const sources = [source(1, 'by day'), source(2, 'covered by a plan, by hour'), source(3, 'by hour')];
  expect(month(sources, [row(1, 0, 5), row(2, 0, 3), row(3, 0, 4)])).toBe(7);
});

test('a bill for the month and a day of the same export stand together against another month’s bill', () => {
  const spans = { month_records: 1 };
  const rows = [row(1, 0, 100, spans), row(1, 5, 50), row(2, 0, 120, spans)];
  expect(month([source(1, 'by model'), source(2, 'by project')], rows)).toBe(150);
});

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listActivity } from '../ledger/activity.ts';
import { createZone, dayNumber, dayText } from '../ledger/day.ts';
import type { Filters } from '../ledger/filter.ts';
import { heatMap } from '../ledger/overview.ts';
import { type ReportKey, runReport } from '../ledger/report.ts';
import { openDatabase, type ReadDb } from '../store/database.ts';
import { ledgerPath } from '../store/open.ts';
import { startTestCore, type TestCore } from '../testing/core.ts';

/**
 * Figures and pages are read from whichever sums are the smallest that know enough. Whatever is asked, the answer has to
 * be the one that counting the records themselves gives; a zone that no rollup is in forces that.
 */
const zoneName = 'America/New_York';
let core: TestCore;
let db: ReadDb;
let today = 0;
let values: { models: string[]; projects: string[]; providers: string[] };

beforeAll(async () => {
  core = await startTestCore({ zone: zoneName });
  await core.call('sample.load', {});
  values = await core.call('report.values', {});
  today = dayNumber((await core.call('app.info', {})).lastDay ?? '');
  db = openDatabase(ledgerPath(core.dataDir), 'read');
});
afterAll(async () => {
  db.close();
  await core[Symbol.asyncDispose]();
});

const days = fc.record({ back: fc.integer({ min: 0, max: 420 }), length: fc.integer({ min: 0, max: 400 }) });
const share = fc.integer({ min: 0, max: 99 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 });

const asked = fc.record({
  days: fc.option(days, { nil: undefined }),
  accounts: maybe(fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 })),
  sources: maybe(fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 })),
  models: maybe(fc.array(share, { maxLength: 3 })),
  projects: maybe(fc.array(share, { maxLength: 3 })),
  providers: maybe(fc.array(share, { maxLength: 2 })),
  evidence: maybe(fc.subarray(['billed', 'metered', 'recorded', 'estimated'] as const)),
  countedOnly: maybe(fc.boolean()),
});
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

function filtersOf({ days, models, projects, providers, ...rest }: Asked): Filters {
  const named = (all: readonly string[], shares: readonly number[] | undefined): string[] | undefined =>
    shares?.flatMap((one) => all[one % all.length] ?? []);
  const from = days === undefined ? undefined : today - days.back;
  return {
    ...rest,
    from: from === undefined ? undefined : dayText(from),
    to: from === undefined || days === undefined ? undefined : dayText(from + days.length),
    models: named(values.models, models),
    projects: named(values.projects, projects),
    providers: named(values.providers, providers),
  };
}

const base = () => ({ zone: createZone(zoneName), now: (today + 1) * 86_400_000 });

test('always: a report, the heat map and a page say the same from sums and from the records', () => {
  const keys = fc.subarray<ReportKey>(['day', 'model', 'provider', 'project', 'account', 'source']);
  const page = fc.record({
    order: fc.constantFrom('asc' as const, 'desc' as const),
    sort: fc.constantFrom('at' as const, 'at' as const, 'cost' as const, 'model' as const),
    offset: fc.integer({ min: 0, max: 3_000 }),
    limit: fc.integer({ min: 1, max: 60 }),
  });
  fc.assert(
    fc.property(asked, keys, page, (what, by, window) => {
      const options = { ...base(), filters: filtersOf(what) };
      const [fast, slow] = [
        { ...options, rollupZone: zoneName },
        { ...options, rollupZone: 'none' },
      ];
      expect(runReport(db, { ...fast, by })).toEqual(runReport(db, { ...slow, by }));
      expect(heatMap(db, fast)).toEqual(heatMap(db, slow));
      expect(listActivity(db, { ...fast, ...window })).toEqual(listActivity(db, { ...slow, ...window }));
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('the last page of everything ends with the oldest record', () => {
  const options = { ...base(), filters: {}, rollupZone: zoneName, sort: 'at', order: 'desc' } as const;
  const { total } = listActivity(db, { ...options, offset: 0, limit: 1 });
  const { records } = listActivity(db, { ...options, offset: total - 3, limit: 10 });
  expect(records).toHaveLength(3);
  const oldest = db.prepare('SELECT id FROM records ORDER BY at, id LIMIT 1').pluck().get();
  expect(records.at(-1)?.id).toBe(oldest);
});

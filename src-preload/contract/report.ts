import { z } from 'zod';
import { route } from './route.ts';
import { count, date, figures, filters, nanoUsd, reportKey, utcMs } from './values.ts';

const row = figures.extend({
  day: date.optional(),
  model: z.string().nullable().optional(),
  provider: z.string().optional(),
  project: z.string().nullable().optional(),
  account: z.string().optional(),
  accountId: z.int().optional(),
  source: z.string().optional(),
  sourceId: z.int().optional(),
  session: z.string().nullable().optional(),
});
export type ReportRow = z.infer<typeof row>;

const report = z.object({
  rows: z.array(row),
  totals: figures,
  /** Zone and inclusive dates the report was bucketed by. */
  zone: z.string(),
  from: date.nullable(),
  to: date.nullable(),
  /** Newest moment any source behind the figures was read; null when there are none. */
  asOf: utcMs.nullable(),
});
export type Report = z.infer<typeof report>;

const heat = z.object({
  /** weekday 0 (Monday) - 6, hour 0-23; only cells with usage. Day-bucket records have no hour and are left out. */
  cells: z.array(
    z.object({
      weekday: z.int(),
      hour: z.int(),
      requests: count,
      cashNanoUsd: nanoUsd,
      equivalentNanoUsd: nanoUsd,
    }),
  ),
  /** Money of day-bucket records, which cannot be placed on an hour. */
  withoutHourNanoUsd: nanoUsd,
});

export const reportRoutes = {
  'report.run': route({
    input: z.strictObject({ by: z.array(reportKey).max(7), filters, zone: z.string().optional() }),
    output: report,
    effect: 'read',
  }),
  'report.heat': route({ input: z.strictObject({ filters }), output: heat, effect: 'read' }),
  /** Straight-line pace: the range's month so far, carried to its last day, with the spread seen between days. */
  'report.pace': route({
    input: z.strictObject({ filters }),
    output: z.object({
      month: z.string(),
      lastDay: date,
      daysSeen: z.int(),
      daysInMonth: z.int(),
      spentNanoUsd: nanoUsd,
      /** null when fewer than three complete days are known. */
      projectedNanoUsd: nanoUsd.nullable(),
      lowNanoUsd: nanoUsd.nullable(),
      highNanoUsd: nanoUsd.nullable(),
      days: z.array(z.object({ day: date, cashNanoUsd: nanoUsd })),
    }),
    effect: 'read',
  }),
  /** Values that occur, for filter menus. */
  'report.values': route({
    input: z.strictObject({}),
    output: z.object({
      projects: z.array(z.string()),
      models: z.array(z.string()),
      providers: z.array(z.string()),
      firstDay: date.nullable(),
      lastDay: date.nullable(),
    }),
    effect: 'read',
  }),
};

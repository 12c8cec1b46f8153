import { z } from 'zod';
import { route } from './route.ts';
import { count, date, utcMs } from './values.ts';

const info = z.object({
  name: z.string(),
  version: z.string(),
  host: z.enum(['electron', 'web', 'cli']),
  platform: z.string(),
  dataDir: z.string(),
  /** The zone figures are bucketed in (IANA name) and today's date in it. */
  zone: z.string(),
  today: date,
  now: utcMs,
  /** Ledger size: zero means the empty state. */
  records: count,
  firstDay: date.nullable(),
  lastDay: date.nullable(),
  sampleData: z.boolean(),
  /** Things about the data folder the user should know, e.g. a failed check; empty when all is well. */
  notices: z.array(z.object({ code: z.string(), message: z.string() })),
});
export type AppInfo = z.infer<typeof info>;

export const appRoutes = {
  'app.info': route({ input: z.strictObject({}), output: info, effect: 'read' }),
};

import { z } from 'zod';
import { route } from './route.ts';
import { count, id, utcMs } from './values.ts';

const entry = z.object({
  id,
  at: utcMs,
  ms: count,
  connection: z.string(),
  method: z.string(),
  url: z.string(),
  requestHeaders: z.record(z.string(), z.string()),
  requestBody: z.string(),
  /** Null where no answer came. */
  status: z.int().nullable(),
  responseHeaders: z.record(z.string(), z.string()),
  responseBody: z.string(),
  error: z.string().nullable(),
});
export type DebugEntry = z.infer<typeof entry>;

export const debugLogRoutes = {
  /** The latest requests to vendors and their replies, newest first; empty unless the setting `debugLog` is on. */
  'debugLog.list': route({
    input: z.strictObject({ limit: z.int().min(1).max(200).default(100) }),
    output: z.object({ entries: z.array(entry), path: z.string() }),
    effect: 'read',
  }),
  /** Forgets what is shown and deletes the file of it. */
  'debugLog.clear': route({ input: z.strictObject({}), output: z.object({}), effect: 'write' }),
};

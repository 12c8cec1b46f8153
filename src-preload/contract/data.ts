import { z } from 'zod';
import { route } from './route.ts';
import { count, filters, id, utcMs } from './values.ts';

const backup = z.object({
  name: z.string(),
  path: z.string(),
  at: utcMs,
  bytes: count,
  records: count,
  verified: z.boolean(),
  why: z.enum(['scheduled', 'manual', 'migration', 'restore']),
});
export type Backup = z.infer<typeof backup>;

const job = z.object({
  id: z.string(),
  kind: z.enum([
    'preview',
    'import',
    'scan',
    'undo',
    'reprice',
    'recount',
    'backup',
    'restore',
    'export',
    'sample',
    'sync',
  ]),
  title: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  done: count,
  total: count.nullable(),
  unit: z.enum(['files', 'rows', 'bytes', 'records']),
  ref: z.string().nullable(),
  message: z.string().nullable(),
  startedAt: utcMs,
});
export type Job = z.infer<typeof job>;

export const dataRoutes = {
  'backups.list': route({
    input: z.strictObject({}),
    output: z.object({ backups: z.array(backup) }),
    effect: 'read',
  }),
  'backups.create': route({ input: z.strictObject({}), output: z.object({ backup }), effect: 'write' }),
  /** Replaces the ledger with a verified backup; the replaced one is kept beside it. */
  'backups.restore': route({
    input: z.strictObject({ path: z.string().min(1).max(4096) }),
    output: z.object({ kept: z.string(), records: count }),
    effect: 'write',
  }),
  'sample.load': route({ input: z.strictObject({}), output: z.object({ imports: count }), effect: 'write' }),
  'sample.remove': route({
    input: z.strictObject({}),
    output: z.object({ removed: count }),
    effect: 'write',
  }),
  /** Writes the matching records to a temporary file the host then hands over (download, save dialog, stdout). */
  'exports.create': route({
    input: z.strictObject({ format: z.enum(['csv', 'json', 'focus']), filters }),
    output: z.object({
      exportId: z.string(),
      fileName: z.string(),
      mime: z.string(),
      bytes: count,
      rows: count,
    }),
    // Of a file of its own: the ledger stays as it is.
    effect: 'read',
  }),
  'jobs.list': route({ input: z.strictObject({}), output: z.object({ jobs: z.array(job) }), effect: 'read' }),
  'jobs.cancel': route({ input: z.strictObject({ id: z.string() }), output: z.object({}), effect: 'write' }),
  /** Integrity of every ledger row against its stored hash, and of the sums against the rows: wrong sums are added up again. */
  'ledger.verify': route({
    input: z.strictObject({}),
    output: z.object({ records: count, damaged: z.array(id), wrongSums: count }),
    effect: 'write',
  }),
};

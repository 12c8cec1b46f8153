import { z } from 'zod';
import { route } from './route.ts';
import { count, following, id, utcMs } from './values.ts';

const folder = z.object({
  path: z.string(),
  /** Why it is looked at: the tool's default, an environment variable's name, or the user's own folder. */
  why: z.string(),
  found: z.boolean(),
  files: count,
  bytes: count,
  error: z.string().nullable(),
});

const tool = z.object({
  tool: z.string(),
  label: z.string(),
  vendor: z.string(),
  folders: z.array(folder),
  files: count,
  bytes: count,
  /** Bytes not read yet. */
  unreadBytes: count,
  lastReadAt: utcMs.nullable(),
  following,
  /** What is known of its accuracy or, when nothing was found or counted, why: one or two sentences. */
  note: z.string(),
});
export type FoundTool = z.infer<typeof tool>;

const scanned = z.object({
  tool: z.string(),
  files: count,
  bytesRead: count,
  accepted: count,
  duplicate: count,
  refused: count,
  importId: id.nullable(),
  problems: z.array(z.object({ file: z.string(), line: z.int(), reason: z.string() })),
});

/** A tool that is on this machine and whose files tell no usage. */
const unusable = z.object({
  tool: z.string(),
  label: z.string(),
  /** Where it was found. */
  path: z.string(),
  reason: z.string(),
  /** What to import or do instead. */
  instead: z.string(),
});

export const scanRoutes = {
  /** Lists and stats the folders of every known tool; reads no content. */
  'scan.find': route({
    input: z.strictObject({}),
    output: z.object({ tools: z.array(tool) }),
    effect: 'read',
  }),
  /** Reads what is new since last time, for all tools or the named ones. */
  'scan.run': route({
    input: z.strictObject({ tools: z.array(z.string()).optional(), ref: z.string().max(100).optional() }),
    output: z.object({ tools: z.array(scanned) }),
    effect: 'write',
  }),
  'doctor.run': route({
    input: z.strictObject({}),
    output: z.object({
      dataDir: z.string(),
      checks: z.array(
        z.object({ name: z.string(), state: z.enum(['ok', 'warn', 'fail']), detail: z.string() }),
      ),
      tools: z.array(tool.extend({ records: count, verdict: z.string() })),
      unusable: z.array(unusable),
    }),
    effect: 'read',
  }),
};

import { z } from 'zod';
import { route } from './route.ts';
import { count, date, evidence, id, nanoUsd, tokens, utcMs } from './values.ts';

/** A file by its path on this machine, or by the id an upload to the web host answered with. */
export const fileRef = z.union([
  z.strictObject({ path: z.string().min(1).max(4096) }),
  z.strictObject({ uploadId: z.string().min(1).max(100) }),
]);
export type FileRef = z.infer<typeof fileRef>;

/** Which column gives what, for a CSV no importer knows. Values are header names. */
export const mapping = z.strictObject({
  name: z.string().min(1).max(100),
  columns: z.strictObject({
    date: z.string(),
    cost: z.string().optional(),
    currency: z.string().optional(),
    model: z.string().optional(),
    provider: z.string().optional(),
    project: z.string().optional(),
    session: z.string().optional(),
    requests: z.string().optional(),
    input: z.string().optional(),
    cacheRead: z.string().optional(),
    cacheWrite: z.string().optional(),
    output: z.string().optional(),
    reasoning: z.string().optional(),
    callId: z.string().optional(),
  }),
  /** How to read what the file leaves open. */
  dateFormat: z.enum(['iso', 'dmy', 'mdy', 'epoch-s', 'epoch-ms']),
  /** Zone of dates that state none: an IANA name or `UTC`. */
  zone: z.string(),
  decimal: z.enum(['.', ',']),
  /** Whether input already includes cache reads and writes (OpenAI style) or excludes them (Anthropic style). */
  inputIncludesCache: z.boolean(),
  /** Used where no column says it. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  provider: z.string().max(60),
  /** What the money is: what a vendor charged, or a figure somebody computed. */
  evidence,
});
export type Mapping = z.infer<typeof mapping>;

/** The part of a mapping that the cells of the chosen columns may tell. */
const formats = mapping.pick({
  dateFormat: true,
  zone: true,
  decimal: true,
  inputIncludesCache: true,
  currency: true,
});
/** `open` names what they leave open. */
export type FormatGuess = z.infer<typeof formats> & { readonly open: readonly string[] };

const problem = z.object({ line: z.int(), reason: z.string(), raw: z.string().nullable() });
export type Problem = z.infer<typeof problem>;

const previewRow = z.object({
  line: z.int(),
  at: utcMs,
  grain: z.string(),
  model: z.string().nullable(),
  project: z.string().nullable(),
  tokens,
  requests: count,
  costNanoUsd: nanoUsd.nullable(),
  state: z.enum(['new', 'updated', 'duplicate', 'unpriced']),
});
export type PreviewRow = z.infer<typeof previewRow>;

/** accepted + duplicate + refused = every row that states usage or money; `skipped` are rows the format itself marks empty. */
const counts = z.object({
  accepted: count,
  /** The accepted rows that changed an earlier value (a bucket that grew) instead of adding one. */
  updated: count,
  duplicate: count,
  refused: count,
  skipped: count,
  unpriced: count,
});

const readFile = z.object({ fileName: z.string(), bytes: count, sha256: z.string() });

const ready = readFile.extend({
  kind: z.literal('ready'),
  format: z.string(),
  formatLabel: z.string(),
  vendor: z.string(),
  evidence,
  accountId: id.nullable(),
  accountName: z.string(),
  counts,
  firstDay: date.nullable(),
  lastDay: date.nullable(),
  /** Money the accepted rows state or are priced at, before any stand-in rule. */
  addsNanoUsd: nanoUsd,
  /** Cash and API-equivalent of the whole ledger before and after; differs from `adds` where a better witness takes over. */
  cashBeforeNanoUsd: nanoUsd,
  cashAfterNanoUsd: nanoUsd,
  equivalentBeforeNanoUsd: nanoUsd,
  equivalentAfterNanoUsd: nanoUsd,
  firstRows: z.array(previewRow),
  /** First 200 refused rows; the rest are kept with the import. */
  problems: z.array(problem),
  /** Plausibility checks that failed and overlaps with earlier imports: sentences. */
  warnings: z.array(z.string()),
  elapsedMs: z.number(),
  /** Set when a saved column mapping was used. */
  mappingName: z.string().nullable(),
});

const choose = readFile.extend({
  kind: z.literal('choose'),
  formats: z.array(z.object({ format: z.string(), label: z.string() })),
});

const unknown = readFile.extend({
  kind: z.literal('unknown'),
  header: z.array(z.string()),
  sample: z.array(z.array(z.string())),
  delimiter: z.string(),
  guess: mapping,
  /** What could not be guessed from the sample and must be chosen, e.g. day-month order. */
  open: z.array(z.string()),
});

const unreadable = z.object({
  kind: z.literal('unreadable'),
  fileName: z.string(),
  bytes: count,
  code: z.string(),
  reason: z.string(),
});

export const preview = z.discriminatedUnion('kind', [ready, choose, unknown, unreadable]);
export type Preview = z.infer<typeof preview>;
export type ReadyPreview = z.infer<typeof ready>;

const importRow = z.object({
  id,
  kind: z.enum(['file', 'scan', 'sync', 'calls']),
  format: z.string(),
  formatLabel: z.string(),
  fileName: z.string(),
  path: z.string().nullable(),
  source: z.string(),
  sourceId: id.nullable(),
  account: z.string(),
  at: utcMs,
  counts,
  firstDay: date.nullable(),
  lastDay: date.nullable(),
  costNanoUsd: nanoUsd,
  state: z.enum(['committed', 'undone']),
  undoneAt: utcMs.nullable(),
  sample: z.boolean(),
});
export type ImportRow = z.infer<typeof importRow>;

/** What one file came to. `importId` is null when it brought nothing new. */
const committed = readFile.extend({
  format: z.string(),
  formatLabel: z.string(),
  importId: id.nullable(),
  account: z.string(),
  counts,
  problems: z.array(problem),
  warnings: z.array(z.string()),
});
export type Committed = z.infer<typeof committed>;

const choice = z.strictObject({
  file: fileRef,
  /** Importer id, when the user chose one. */
  as: z.string().optional(),
  /** Account name; created as an api account when there is none. */
  account: z.string().min(1).max(100).optional(),
  mapping: mapping.optional(),
  /** Echoed in job events, so that a sheet finds its own progress. */
  ref: z.string().max(100).optional(),
});

export const importsRoutes = {
  /** Reads the whole file and says exactly what a commit would do; writes nothing. One answer per file inside an archive. */
  'imports.preview': route({ input: choice, output: z.object({ files: z.array(preview) }), effect: 'write' }),
  /** Imports in one transaction per file. `sha256` (from the preview) refuses a file that changed in between. */
  'imports.commit': route({
    input: choice.extend({
      sha256: z.string().optional(),
      /** The file inside an archive; all of them when missing. */
      member: z.string().optional(),
      /** Keep the given mapping under its name and recognise the same header next time. */
      saveMapping: z.boolean().optional(),
    }),
    output: z.object({ files: z.array(committed), unreadable: z.array(unreadable) }),
    effect: 'write',
  }),
  'imports.undo': route({
    input: z.strictObject({ importId: id }),
    output: z.object({ import: importRow, removed: count, restored: count }),
    effect: 'write',
  }),
  'imports.list': route({
    input: z.strictObject({}),
    output: z.object({ imports: z.array(importRow) }),
    effect: 'read',
  }),
  'imports.problems': route({
    input: z.strictObject({ importId: id, offset: z.int().nonnegative().default(0) }),
    output: z.object({ problems: z.array(problem), total: count }),
    effect: 'read',
  }),
  /** Formats files can be imported as, for the chooser and `--as`. */
  'imports.formats': route({
    input: z.strictObject({}),
    output: z.object({
      formats: z.array(
        z.object({ id: z.string(), label: z.string(), vendor: z.string(), kind: z.enum(['table', 'log']) }),
      ),
    }),
    effect: 'read',
  }),
  /** How the cells of chosen columns are written, guessed from the sample; asked again when the choice changes. */
  'imports.guess': route({
    input: z.strictObject({
      header: z.array(z.string()).max(1_000),
      sample: z.array(z.array(z.string())).max(1_000),
      columns: mapping.shape.columns.partial(),
    }),
    output: formats.extend({ open: z.array(z.string()) }),
    effect: 'read',
  }),
  'mappings.list': route({
    input: z.strictObject({}),
    output: z.object({ mappings: z.array(z.object({ id, mapping, header: z.array(z.string()) })) }),
    effect: 'read',
  }),
  'mappings.remove': route({ input: z.strictObject({ id }), output: z.object({}), effect: 'write' }),
};

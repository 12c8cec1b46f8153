import type { LogEnvironment, LogFile, LogImporter, LogLocation, RowOutcome } from '../platform/importer.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { decimalOfNumber } from './dialects/decimal-number.ts';
import { notADocument, type Read, whole } from './dialects/documents.ts';
import { firstKeys } from './dialects/first-keys.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { timeIn } from './dialects/loose-time.ts';
import { makerOf } from './dialects/model-maker.ts';
import { projectOf } from './dialects/project.ts';
import { bucketsBeside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/** Descriptions of Mistral Vibe's sessions (version 2, 2025 to 2026), with the running totals of each. */
export const mistralVibe = {
  spec: 1,
  kind: 'log',
  id: 'mistral-vibe',
  label: 'Mistral Vibe',
  vendor: 'mistral',
  vendorLabel: 'Mistral',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'tokens',
  accountKind: 'api',
  merge: 'max',
  keyScope: 'global',
  accuracy:
    "Totals per session, not per call, booked when they were first seen; cached input is not told apart. Costs are Vibe's own estimates from its configured prices. Sessions of the unified store (version 2.25 on) state no totals here.",
  howToGet: 'Found by itself in ~/.vibe/logs/session; or drop a meta.json.',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath) => (/(?:^|\/)meta\.json$/.test(relativePath) ? 'document' : null),
  recognises: (head) =>
    ['session_id', 'stats'].every((name) => firstKeys(head).has(name)) &&
    head.includes('"session_prompt_tokens"'),
  needles: [],
  readDocument,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const roots = named('VIBE_HOME');
  if (roots.length > 0)
    return locationsOf('VIBE_HOME', ...roots.map((root) => join(root, 'logs', 'session')));
  return locationsOf('default', home('.vibe', 'logs', 'session'));
}

function* readDocument(text: string, file: LogFile): Generator<Read> {
  const meta = parseFields(text);
  if (meta === null) return yield notADocument;
  const fields = openFields();
  yield whole(fields.read(() => outcomeOf(meta, file, fields)));
}

function outcomeOf(meta: Fields, file: LogFile, fields: FieldReader): RowOutcome {
  const stats = fieldsOf(meta.stats);
  const tokens = bucketsBeside({
    input: fields.count(stats, 'session_prompt_tokens'),
    output: fields.count(stats, 'session_completion_tokens'),
  });
  const cost = decimalOfNumber(stats?.session_cost) ?? '0';
  if (isEmpty(tokens) && cost === '0') return { kind: 'skip', reason: 'no tokens' };
  const session = textOf(meta.session_id);
  if (session === undefined) fields.refuse('the session has no id');
  const model = textOf(fieldsOf(meta.config)?.active_model);
  const cwd = textOf(fieldsOf(meta.environment)?.working_directory);
  const stated = timeIn(meta.end_time) ?? timeIn(meta.start_time);
  return {
    kind: 'record',
    record: {
      key: session ?? '',
      at: stated ?? fields.epochMs(file.modifiedAt),
      grain: 'instant',
      // Any vendor can be configured; the file names the model alone.
      provider: makerOf(model) || 'mistral-vibe',
      model: model ?? null,
      project: projectOf(cwd),
      session: session ?? null,
      requests: 0,
      tokens,
      ...(cost !== '0' && { amount: { value: cost, currency: 'USD' } }),
      extras: withoutBlanks({ cwd: cwd ?? '', timeFrom: stated === null ? 'file' : '' }),
    },
  };
}

import type { LogEnvironment, LogFile, LogImporter, LogLocation, RowOutcome } from '../platform/importer.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { nameWithout, notADocument, type Read, whole } from './dialects/documents.ts';
import { firstKeys } from './dialects/first-keys.ts';
import { type FieldReader, type Fields, openFields, parseFields, textOf } from './dialects/json-fields.ts';
import { timeIn } from './dialects/loose-time.ts';
import { makerOf } from './dialects/model-maker.ts';
import { projectOf } from './dialects/project.ts';
import { bucketsBeside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';
import { toolProvider } from './dialects/tool-provider.ts';

/** Sessions of Zerostack (2026), one JSON document each, with the running totals of the session. */
export const zerostack = {
  spec: 1,
  kind: 'log',
  id: 'zerostack',
  label: 'Zerostack',
  vendor: 'zerostack',
  vendorLabel: 'Zerostack',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'tokens',
  accountKind: 'api',
  merge: 'max',
  keyScope: 'global',
  accuracy:
    'Totals per session, not per call, booked when they were first seen. Cached input is not told apart, so its cost reads high.',
  howToGet: 'Found by itself in ~/.local/share/zerostack/sessions; or drop a session (.json).',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath) => (/^[^/]+\.json$/.test(relativePath) ? 'document' : null),
  recognises: (head) =>
    ['total_input_tokens', 'total_output_tokens'].every((name) => head.includes(`"${name}"`)) &&
    ['id', 'messages'].every((name) => firstKeys(head).has(name)),
  needles: [],
  readDocument,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { xdgData, appData, join, named } = toolFolders(environment);
  const roots = named('ZS_DATA_DIR');
  if (roots.length > 0) return locationsOf('ZS_DATA_DIR', ...roots.map((root) => join(root, 'sessions')));
  const why = environment.env.XDG_DATA_HOME ? 'XDG_DATA_HOME' : 'default';
  const shared = locationsOf(why, xdgData('zerostack', 'sessions'));
  if (environment.platform !== 'darwin') return shared;
  return [...shared, ...locationsOf('default', appData('zerostack', 'sessions'))];
}

function* readDocument(text: string, file: LogFile): Generator<Read> {
  const session = parseFields(text);
  if (session === null) return yield notADocument;
  const fields = openFields();
  yield whole(fields.read(() => outcomeOf(session, file, fields)));
}

function outcomeOf(session: Fields, file: LogFile, fields: FieldReader): RowOutcome {
  const tokens = bucketsBeside({
    input: fields.count(session, 'total_input_tokens'),
    output: fields.count(session, 'total_output_tokens'),
  });
  if (isEmpty(tokens)) return { kind: 'skip', reason: 'no tokens' };
  const id = textOf(session.id) ?? nameWithout(file, /\.json$/);
  const model = textOf(session.model);
  const cwd = textOf(session.working_dir);
  const stated = timeIn(session.updated_at) ?? timeIn(session.created_at);
  return {
    kind: 'record',
    record: {
      key: id,
      at: stated ?? fields.epochMs(file.modifiedAt),
      grain: 'instant',
      provider: toolProvider(textOf(session.provider) ?? '') || makerOf(model) || 'zerostack',
      model: model ?? null,
      project: projectOf(cwd),
      session: id,
      requests: 0,
      tokens,
      extras: withoutBlanks({ cwd: cwd ?? '', timeFrom: stated === null ? 'file' : '' }),
    },
  };
}

import type { LogEnvironment, LogFile, LogImporter, LogLocation, RowOutcome } from '../platform/importer.ts';
import { costOf } from './dialects/cline-task.ts';
import { clineVendor } from './dialects/cline-vendor.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { notADocument, type Read, whole } from './dialects/documents.ts';
import { type Fields, fieldsOf, listOf, openFields, parseFields, textOf } from './dialects/json-fields.ts';
import { unknownProvider } from './dialects/model-vendor.ts';
import { projectOf } from './dialects/project.ts';
import { bucketsBeside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

const ending = /\.messages\.json$/;

/**
 * Sessions of the Cline command line (3.x, 2026): one file of messages each, and beside it one that describes the
 * session and sums it up. The messages count, the sums repeat them.
 */
export const clineCli = {
  spec: 1,
  kind: 'log',
  id: 'cline-cli',
  label: 'Cline CLI',
  vendor: 'cline',
  vendorLabel: 'Cline',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'last',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    "Costs are Cline's own estimates; where it states none, as under a subscription, they are worked out from the tokens.",
  howToGet: 'Found by itself in ~/.cline/data/sessions; or drop a file of messages (….messages.json).',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath) => (ending.test(relativePath) ? 'document' : null),
  recognises: (head) =>
    ['"metrics"', '"inputTokens"', '"cacheReadTokens"', '"modelInfo"', '"role"'].every((name) =>
      head.includes(name),
    ),
  needles: [],
  readDocument,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const sessions = named('CLINE_SESSION_DATA_DIR');
  if (sessions.length > 0) return locationsOf('CLINE_SESSION_DATA_DIR', ...sessions);
  const data = named('CLINE_DATA_DIR').map((path) => join(path, 'sessions'));
  if (data.length > 0) return locationsOf('CLINE_DATA_DIR', ...data);
  const roots = named('CLINE_DIR').map((path) => join(path, 'data', 'sessions'));
  if (roots.length > 0) return locationsOf('CLINE_DIR', ...roots);
  return locationsOf('default', home('.cline', 'data', 'sessions'));
}

interface Session {
  readonly id: string;
  readonly cwd: string | undefined;
  readonly provider: string | undefined;
  readonly model: string | undefined;
}

function* readDocument(text: string, file: LogFile): Generator<Read> {
  const document = parseFields(`{"own":${text}}`)?.own;
  if (document === undefined) return yield notADocument;
  const held = fieldsOf(document);
  const session = sessionOf(held, file);
  for (const message of listOf(held?.messages ?? document))
    yield whole(outcomeOf(fieldsOf(message), session));
}

function sessionOf(held: Fields | undefined, file: LogFile): Session {
  const name = file.relativePath.replace(/^.*\//, '').replace(ending, '');
  const about = fieldsOf(held?.session) ?? parseFields(file.sibling(`${name}.json`) ?? '') ?? {};
  return {
    id: textOf(about.sessionId) ?? textOf(held?.sessionId) ?? name,
    cwd: textOf(about.cwd),
    provider: textOf(about.provider),
    model: textOf(about.model),
  };
}

function outcomeOf(message: Fields | undefined, session: Session): RowOutcome {
  const metrics = fieldsOf(message?.metrics);
  if (message === undefined || metrics === undefined) return { kind: 'skip', reason: 'no usage' };
  const fields = openFields();
  return fields.read(() => {
    const tokens = bucketsBeside({
      input: fields.count(metrics, 'inputTokens'),
      output: fields.count(metrics, 'outputTokens'),
      cacheRead: fields.count(metrics, 'cacheReadTokens'),
      cacheWrite: fields.count(metrics, 'cacheWriteTokens'),
    });
    const amount = costOf(metrics.cost, fields);
    if (isEmpty(tokens) && amount === undefined) return { kind: 'skip', reason: 'no usage' };
    const info = fieldsOf(message.modelInfo);
    const { provider, isPlan } = clineVendor(textOf(info?.provider) ?? session.provider);
    const id = textOf(message.id);
    if (id === undefined) fields.refuse('the message has no id');
    const record = {
      key: `${session.id}:${id}`,
      at: fields.epochMs(message.ts),
      grain: 'instant' as const,
      provider: provider || unknownProvider,
      model: textOf(info?.id) ?? session.model ?? null,
      project: projectOf(session.cwd),
      session: session.id,
      requests: 1,
      tokens,
      ...(amount && { amount }),
      ...(isPlan && { coveredByPlan: true as const }),
      extras: withoutBlanks({ cwd: session.cwd ?? '' }),
    };
    return { kind: 'record', record };
  });
}

import type { LogFile, LogImporter, RowOutcome } from '../platform/importer.ts';
import { noTokens } from '../platform/record.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { decimalOfNumber, sumDecimals } from './dialects/decimal-number.ts';
import { nameWithout, notADocument, type Read, whole } from './dialects/documents.ts';
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
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';
import { toolProvider } from './dialects/tool-provider.ts';

/** Sessions of CodeWhale (2026), one JSON document each. They state one sum of all tokens, and costs. */
export const codewhale = {
  spec: 1,
  kind: 'log',
  id: 'codewhale',
  label: 'CodeWhale',
  vendor: 'codewhale',
  vendorLabel: 'CodeWhale',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'none',
  accountKind: 'api',
  merge: 'max',
  keyScope: 'global',
  accuracy:
    "Costs per session, as CodeWhale's own estimates, booked when they were first seen. A session states one sum of tokens, not which were input or output, so none are counted; a session at a cost of zero, as for a model without a known price, is refused.",
  howToGet: 'Found by itself in ~/.codewhale/sessions; or drop a session (.json).',
  hosts: [],
  settings: [],
  locations: (environment) => {
    const { home } = toolFolders(environment);
    return locationsOf('default', home('.codewhale', 'sessions'), home('.deepseek', 'sessions'));
  },
  fileKind: (relativePath) => (/^[^/]+\.json$/.test(relativePath) ? 'document' : null),
  recognises: (head) =>
    /"metadata":\s*\{/.test(head) &&
    ['"session_cost_usd"', '"total_tokens"'].every((name) => head.includes(name)),
  needles: [],
  readDocument,
} as const satisfies LogImporter;

function* readDocument(text: string, file: LogFile): Generator<Read> {
  const session = parseFields(text);
  if (session === null) return yield notADocument;
  const fields = openFields();
  yield whole(fields.read(() => outcomeOf(fieldsOf(session.metadata), file, fields)));
}

function outcomeOf(metadata: Fields | undefined, file: LogFile, fields: FieldReader): RowOutcome {
  const stated = fieldsOf(metadata?.cost);
  const costs = [stated?.session_cost_usd, stated?.subagent_cost_usd].flatMap(
    (cost) => decimalOfNumber(cost) ?? [],
  );
  const total = fields.count(metadata, 'total_tokens');
  if (metadata === undefined || (total === 0 && costs.length === 0))
    return { kind: 'skip', reason: 'no tokens and no cost' };
  const cost = sumDecimals(costs);
  // Zero is written where no price is known: it does not mean that the session was free.
  if (cost === '0' && total > 0)
    fields.refuse(`the session states a total of ${total} tokens and not what they are`);
  const id = textOf(metadata.id) ?? nameWithout(file, /\.json$/);
  const model = textOf(metadata.model);
  const cwd = textOf(metadata.workspace);
  const at = timeIn(metadata.updated_at) ?? timeIn(metadata.created_at);
  return {
    kind: 'record',
    record: {
      key: id,
      at: at ?? fields.epochMs(file.modifiedAt),
      grain: 'instant',
      provider: toolProvider(textOf(metadata.model_provider) ?? '') || makerOf(model) || 'codewhale',
      model: model ?? null,
      project: projectOf(cwd),
      session: id,
      requests: 0,
      tokens: noTokens,
      amount: { value: cost, currency: 'USD' },
      extras: {
        ...withoutBlanks({ cwd: cwd ?? '', timeFrom: at === null ? 'file' : '' }),
        totalTokens: total,
      },
    },
  };
}

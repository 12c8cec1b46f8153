import type { LineReader, LogFile, LogImporter, RowOutcome } from '../platform/importer.ts';
import { decimalOfNumber } from './dialects/decimal-number.ts';
import { firstKeys } from './dialects/first-keys.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  notJson,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { bucketsBeside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/** Metrics of Amazon Quick Desktop (2026), a file a day of lines in CloudWatch's embedded metric format. */
export const amazonQuick = {
  spec: 1,
  kind: 'log',
  id: 'amazon-quick',
  label: 'Amazon Quick Desktop',
  vendor: 'aws',
  vendorLabel: 'AWS',
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'plan',
  merge: 'first',
  keyScope: 'global',
  accuracy:
    "Costs are the app's own estimates, where it states them: the value of what the plan covers, not a bill. Cached input is not told apart.",
  howToGet: 'Found by itself in ~/.quickwork/metrics; or drop a metrics file (.jsonl).',
  hosts: [],
  settings: [],
  locations: (environment) => locationsOf('default', toolFolders(environment).home('.quickwork', 'metrics')),
  fileKind: (relativePath) => (/(?:^|\/)metrics-\d{4}-\d\d-\d\d\.jsonl$/.test(relativePath) ? 'lines' : null),
  recognises: (head) =>
    firstKeys(head).has('_aws') &&
    ['"Model"', '"InputTokens"', '"OutputTokens"', '"CostUSD"'].every((name) => head.includes(name)),
  needles: ['"InputTokens"'],
  openLines,
} as const satisfies LogImporter;

function openLines(_: LogFile): LineReader {
  const fields = openFields();
  return {
    line(text) {
      const entry = parseFields(text);
      return entry === null ? notJson : fields.read(() => outcomeOf(entry, fields));
    },
    state: () => null,
  };
}

function outcomeOf(entry: Fields, fields: FieldReader): RowOutcome {
  const tokens = bucketsBeside({
    input: fields.count(entry, 'InputTokens'),
    output: fields.count(entry, 'OutputTokens'),
  });
  if (isEmpty(tokens)) return { kind: 'skip', reason: 'no tokens' };
  const at = fields.epochMs(fieldsOf(entry._aws)?.Timestamp);
  const model = textOf(entry.Model);
  const session = textOf(entry.session_id) ?? null;
  const cost = decimalOfNumber(entry.CostUSD);
  return {
    kind: 'record',
    record: {
      key: [session, at, model, tokens.input, tokens.output].join(':'),
      at,
      grain: 'instant',
      provider: 'aws',
      model: model ?? null,
      session,
      requests: 1,
      tokens,
      ...(cost !== null && cost !== '0' && { amount: { value: cost, currency: 'USD' } }),
    },
  };
}

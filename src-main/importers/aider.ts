import type {
  LineReader,
  LogEnvironment,
  LogImporter,
  LogLocation,
  RowOutcome,
} from '../platform/importer.ts';
import type { ImportedRecord } from '../platform/record.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { decimalOfNumber } from './dialects/decimal-number.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  notJson,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { modelVendor } from './dialects/model-vendor.ts';
import { bucketsBeside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

const variable = 'AIDER_ANALYTICS_LOG';

/** The analytics log Aider writes when told to (Aider-AI/aider, aider/analytics.py, 2024 to version 0.86 of 2026). */
export const aider = {
  spec: 1,
  kind: 'log',
  id: 'aider',
  label: 'Aider',
  vendor: 'aider',
  vendorLabel: 'Aider',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'first',
  keyScope: 'global',
  accuracy:
    "Costs are Aider's own estimates. Tokens sent are not divided into cached and fresh. Names of models Aider does not know are blacked out.",
  howToGet:
    'Start Aider with --analytics-log FILE, or set AIDER_ANALYTICS_LOG; LLMLab reads the file that variable names. Or drop the file.',
  hosts: [],
  settings: [],
  locations,
  fileKind: (relativePath) => (isLog(relativePath) ? 'lines' : null),
  recognises: (head) =>
    /"event":\s*"[a-z_ -]+"/.test(head) && head.includes('"properties"') && head.includes('"aider_version"'),
  needles: ['message_send'],
  openLines,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  return locationsOf(variable, ...toolFolders(environment).named(variable));
}

/** The variable names a file of any name; in a folder the user added only one that says what it is. */
function isLog(relativePath: string): boolean {
  return relativePath.includes('/')
    ? /(?:^|\/)[^/]*aider[^/]*\.jsonl$/i.test(relativePath)
    : !/\.(?:md|db|sqlite)$/i.test(relativePath);
}

const notMessage: RowOutcome = { kind: 'skip', reason: 'not a message to a model' };

function openLines(): LineReader {
  const fields = openFields();
  return {
    line(text) {
      const entry = parseFields(text);
      if (entry === null) return notJson;
      const sent = fieldsOf(entry.properties);
      if (entry.event !== 'message_send' || sent === undefined) return notMessage;
      return fields.read(() => {
        const record = recordOf(entry, sent, fields);
        return isEmpty(record.tokens) && !record.amount ? notMessage : { kind: 'record', record };
      });
    },
    state: () => null,
  };
}

function recordOf(entry: Fields, sent: Fields, fields: FieldReader): ImportedRecord {
  const model = textOf(sent.main_model) ?? null;
  const input = fields.count(sent, 'prompt_tokens');
  const output = fields.count(sent, 'completion_tokens');
  const cost = costOf(sent.cost, fields);
  return {
    key: JSON.stringify([entry.user_id ?? '', entry.time ?? '', model, input, output, cost]),
    at: fields.epochMs(typeof entry.time === 'number' ? Math.round(entry.time * 1000) : entry.time),
    grain: 'instant',
    provider: modelVendor(undefined, model),
    model,
    requests: 1,
    tokens: bucketsBeside({ input, output }),
    // Zero is written for models whose price Aider does not know.
    ...(cost !== '0' && { amount: { value: cost, currency: 'USD' } }),
    extras: withoutBlanks({
      format: textOf(sent.edit_format) ?? '',
      version: textOf(sent.aider_version) ?? '',
    }),
  };
}

function costOf(value: unknown, fields: FieldReader): string {
  if (value === undefined || value === null) return '0';
  const cost = decimalOfNumber(value);
  if (cost === null) fields.refuse('the cost is not an amount');
  return cost ?? '0';
}

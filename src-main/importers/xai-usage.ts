import type { LogImporter, RowOutcome } from '../platform/importer.ts';
import { noTokens } from '../platform/record.ts';
import { bucketKey, withoutBlanks } from './dialects/columns.ts';
import { type Read, whole } from './dialects/documents.ts';
import { firstKeys } from './dialects/first-keys.ts';
import { statedCost, utcMoment } from './dialects/gateway-call.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  listOf,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';

/**
 * Daily spend of an xAI team, as its Management API answers a query for the sum of `usd` by day (POST
 * /v1/billing/teams/{team}/usage, docs.x.ai/developers/rest-api-reference/management/billing, 2026): one series per
 * group, with one value per day.
 */
export const xaiUsage = {
  spec: 1,
  kind: 'log',
  id: 'xai-usage',
  label: 'xAI billing usage (JSON)',
  vendor: 'x-ai',
  vendorLabel: 'xAI',
  evidence: 'billed',
  coverage: 'account',
  usage: 'none',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    'What xAI charges the team per day, without tokens; what SuperGrok includes is not in it. Days are UTC, the newest may still grow.',
  howToGet:
    'Save the answer of POST https://management-api.x.ai/v1/billing/teams/<team>/usage (management key; TIME_UNIT_DAY, values usd, timezone Etc/GMT) as .json.',
  hosts: [],
  settings: [],
  locations: () => [],
  fileKind: () => null,
  recognises: (head) => firstKeys(head).has('timeSeries') && head.includes('"dataPoints"'),
  needles: [],
  readDocument,
} as const satisfies LogImporter;

const partial: RowOutcome = {
  kind: 'refuse',
  reason: 'limitReached: xAI left groups out of this answer; ask for fewer days or another group',
};
const nothing: RowOutcome = { kind: 'skip', reason: 'a day without spend' };

function* readDocument(text: string): Generator<Read, void> {
  const answer = parseFields(text);
  if (answer === null) return yield whole({ kind: 'refuse', reason: 'the file is not valid JSON' });
  const series = listOf(answer.timeSeries).map((one) => fieldsOf(one) ?? {});
  const cut = cutOf(series.map(groupOf));
  const [reader, keyOf] = [openFields(), bucketKey];
  if (answer.limitReached === true) yield whole(partial);
  for (const one of series)
    for (const point of listOf(one.dataPoints)) {
      const found = { group: groupOf(one), cut, point: fieldsOf(point) ?? {}, keyOf };
      yield whole(reader.read(() => dayOf(found, reader)));
    }
}

/** The answer does not say what it was grouped by, only the groups: by model, by description (`Chat grok-4-0709`) or by else. */
function cutOf(groups: readonly string[]): string {
  if (groups.every((group) => group === '')) return 'as a whole';
  if (groups.every((group) => /^grok-[\w.-]+$/.test(group))) return 'by model';
  return groups.some((group) => /\bgrok-/.test(group)) ? 'by description' : 'by group';
}

function groupOf(series: Fields): string {
  const names = listOf(series.groupLabels).length > 0 ? series.groupLabels : series.group;
  return listOf(names)
    .filter((name) => typeof name === 'string')
    .join(', ');
}

interface Found {
  readonly group: string;
  readonly cut: string;
  readonly point: Fields;
  readonly keyOf: (dimensions: readonly string[]) => string;
}

function dayOf({ group, cut, point, keyOf }: Found, reader: FieldReader): RowOutcome {
  const at = utcMoment(point.timestamp, reader);
  const [usd, ...more] = listOf(point.values);
  if (more.length > 0) reader.refuse('more than one value per day: ask for usd alone');
  const value = statedCost({ usd }, 'usd', reader);
  if (value === null) reader.refuse('the day has no value');
  if (at % 86_400_000 !== 0)
    reader.refuse('the time is no UTC day: ask for TIME_UNIT_DAY and timezone Etc/GMT');
  if (value === '0') return nothing;
  return {
    kind: 'record',
    record: {
      key: keyOf([String(at), group]),
      at,
      grain: 'day',
      cut,
      provider: 'x-ai',
      // Groups by description read `Chat grok-4-0709`; groups by model are the model.
      model: /\bgrok-[\w.-]+/.exec(group)?.[0] ?? null,
      requests: 0,
      tokens: noTokens,
      amount: { value: value ?? '0', currency: 'USD' },
      extras: withoutBlanks({ group: textOf(group) ?? '' }),
    },
  };
}

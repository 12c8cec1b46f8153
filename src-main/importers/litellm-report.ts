import type { LogImporter, RowOutcome } from '../platform/importer.ts';
import { type ImportedRecord, noTokens } from '../platform/record.ts';
import { bucketKey } from './dialects/columns.ts';
import { sumDecimals } from './dialects/decimal-number.ts';
import type { Read } from './dialects/documents.ts';
import { firstKeys } from './dialects/first-keys.ts';
import { statedCost } from './dialects/gateway-call.ts';
import { gatewayProvider } from './dialects/gateway-provider.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  listOf,
  openFields,
  textOf,
} from './dialects/json-fields.ts';
import { rowsOfDocument } from './dialects/json-rows.ts';

/**
 * Spend report of the LiteLLM proxy, by day and team, broken down by model and key (docs.litellm.ai/docs/proxy/
 * cost_tracking, 2026). States money and total tokens, which do not tell input from output.
 */
export const litellmReport = {
  spec: 1,
  kind: 'log',
  id: 'litellm-report',
  label: 'LiteLLM spend report',
  vendor: 'litellm',
  vendorLabel: 'LiteLLM',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'none',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    "LiteLLM's own costs from its price list, not a bill, without calls and kinds of tokens. The vendor follows from the model's name. It sums up the calls of the spend logs, which would count twice: import one of the two.",
  howToGet: 'Save the answer of your proxy’s /global/spend/report (by team) as .json.',
  hosts: [],
  settings: [],
  locations: () => [],
  fileKind: () => null,
  recognises: (head) => {
    const keys = firstKeys(head);
    return keys.has('group_by_day') && keys.has('teams');
  },
  needles: [],
  readDocument,
} as const satisfies LogImporter;

function* readDocument(text: string): Generator<Read, void> {
  const days: Fields[] = [];
  // Rows of a report are days; each team of a day gets an outcome of its own.
  for (const read of rowsOfDocument(text, (day) => {
    days.push(day);
    return { kind: 'skip', reason: 'a day' };
  }))
    if (read.outcome.kind === 'refuse') yield read;
  const [reader, keyOf] = [openFields(), bucketKey];
  for (const day of days)
    for (const team of listOf(day.teams))
      yield {
        line: 0,
        outcome: reader.read(() => teamOf({ day, team: fieldsOf(team) ?? {}, keyOf }, reader)),
      };
}

interface Team {
  readonly day: Fields;
  readonly team: Fields;
  readonly keyOf: (dimensions: readonly string[]) => string;
}

function teamOf({ day, team, keyOf }: Team, reader: FieldReader): RowOutcome {
  const name = textOf(team.team_name) ?? '';
  const at = dayOf(day.group_by_day, reader);
  const total = statedCost(team, 'total_spend', reader);
  const parts = listOf(team.metadata).map((part) => fieldsOf(part) ?? {});
  const records = parts.map((part) => recordOf({ part, name, at, keyOf }, reader));
  const sum = sumDecimals(records.map((record) => record.amount?.value ?? '0'));
  // Rounding of sums in floats leaves the last digits different.
  if (total !== null && Math.abs(Number(total) - Number(sum)) > 1e-6)
    return {
      kind: 'refuse',
      reason: `the models of team "${name.slice(0, 60)}" add up to ${sum}, its total_spend is ${total}`,
    };
  return records.length === 0
    ? { kind: 'skip', reason: 'a team without spend' }
    : { kind: 'records', records };
}

interface Part {
  readonly part: Fields;
  readonly name: string;
  readonly at: number;
  readonly keyOf: Team['keyOf'];
}

function recordOf({ part, name, at, keyOf }: Part, reader: FieldReader): ImportedRecord {
  const model = textOf(part.model) ?? null;
  const value = statedCost(part, 'spend', reader);
  if (value === null) reader.refuse('a model has no spend');
  const totalTokens = reader.count(part, 'total_tokens');
  return {
    key: keyOf([String(at), name, model ?? '', textOf(part.api_key) ?? '']),
    at,
    grain: 'day',
    provider: gatewayProvider('', model),
    model,
    project: name || null,
    requests: 0,
    tokens: noTokens,
    amount: { value: value ?? '0', currency: 'USD' },
    ...(totalTokens > 0 && { extras: { totalTokens } }),
  };
}

/** `2024-04-30T00:00:00+00:00`, or a bare date: the UTC day. */
function dayOf(value: unknown, reader: FieldReader): number {
  const date = /^\d{4}-\d{2}-\d{2}(?=$|[T ]00:00:00)/.exec(textOf(value) ?? '')?.[0];
  return reader.moment(date === undefined ? value : `${date}T00:00:00Z`);
}

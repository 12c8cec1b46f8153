import type { Charge, Grain, ImportedRecord, PriceFacts, Tokens } from '../platform/record.ts';
import type { StoredRecord } from '../store/records.ts';
import { evidenceLevels } from './evidence.ts';

export const grains: readonly Grain[] = ['instant', 'minute', 'hour', 'day', 'month'];
export const charges: readonly Charge[] = ['usage', 'purchase', 'tax', 'credit', 'adjustment'];
export const costStates = ['unpriced', 'free', 'priced'] as const;

/** What an importer said, with its evidence settled: the part of a row that merging works on. Its key is no part of it. */
export type Content = ImportedRecord & {
  readonly evidence: NonNullable<ImportedRecord['evidence']>;
};

interface Written {
  readonly value: object;
  readonly json: string | null;
}

/** The latest objects and their JSON: records of one session share theirs, and none is changed once it is made. */
const latest: Written[] = [];
const latestKept = 4;
let oldest = 0;

export function jsonOrNull(value: object | undefined): string | null {
  if (value === undefined) return null;
  for (const written of latest) if (written.value === value) return written.json;
  const json = Object.keys(value).length === 0 ? null : JSON.stringify(value);
  latest[oldest] = { value, json };
  oldest = (oldest + 1) % latestKept;
  return json;
}

/** One spelling for one content, so that two sayings of the same compare equal as text. */
export function contentText(content: ImportedRecord): string {
  const { tokens: t } = content;
  return JSON.stringify([
    content.at,
    content.grain,
    content.provider,
    content.model,
    content.project ?? '',
    content.session ?? '',
    content.requests,
    [t.input, t.cacheRead, t.cacheWrite5m, t.cacheWrite1h, t.cacheWriteUnknown, t.output, t.reasoning],
    content.amount === undefined ? null : [content.amount.value, content.amount.currency],
    content.evidence ?? null,
    content.charge ?? 'usage',
    jsonOrNull(content.priceFacts),
    content.vendorCallId ?? null,
    content.status ?? null,
    content.precedence ?? 0,
    jsonOrNull(content.extras),
  ]);
}

export function parseContentText(text: string): Content {
  const [
    at,
    grain,
    provider,
    model,
    project,
    session,
    requests,
    t,
    amount,
    evidence,
    charge,
    facts,
    call,
    status,
    precedence,
    extras,
  ] = JSON.parse(text);
  return {
    at,
    grain,
    provider,
    model,
    project,
    session,
    requests,
    tokens: {
      input: t[0],
      cacheRead: t[1],
      cacheWrite5m: t[2],
      cacheWrite1h: t[3],
      cacheWriteUnknown: t[4],
      output: t[5],
      reasoning: t[6],
    },
    ...(amount === null ? {} : { amount: { value: amount[0], currency: amount[1] } }),
    evidence,
    charge,
    ...(facts === null ? {} : { priceFacts: JSON.parse(facts) as PriceFacts }),
    vendorCallId: call,
    status,
    precedence,
    ...(extras === null ? {} : { extras: JSON.parse(extras) }),
  };
}

/** The token buckets of a stored row. */
export function tokensOf(row: StoredRecord): Tokens {
  return {
    input: row.input,
    cacheRead: row.cache_read,
    cacheWrite5m: row.cache_write_5m,
    cacheWrite1h: row.cache_write_1h,
    cacheWriteUnknown: row.cache_write_unknown,
    output: row.output,
    reasoning: row.reasoning,
  };
}

/** The content a stored row was made from. */
export function contentOf(row: StoredRecord, nameOf: (id: number) => string): Content {
  return {
    at: row.at,
    grain: grains[row.grain] ?? 'instant',
    provider: nameOf(row.provider_id),
    model: row.model_raw_id === 0 ? null : nameOf(row.model_raw_id),
    project: nameOf(row.project_id),
    session: nameOf(row.session_id),
    requests: row.requests,
    tokens: tokensOf(row),
    ...(row.amount === null || row.currency === null
      ? {}
      : { amount: { value: row.amount, currency: row.currency } }),
    evidence: evidenceLevels[row.evidence] ?? 'estimated',
    charge: charges[row.charge] ?? 'usage',
    ...(row.price_facts === null ? {} : { priceFacts: JSON.parse(row.price_facts) as PriceFacts }),
    vendorCallId: row.vendor_call_id,
    status: row.status,
    precedence: row.precedence,
    ...(row.extras === null ? {} : { extras: JSON.parse(row.extras) }),
  };
}

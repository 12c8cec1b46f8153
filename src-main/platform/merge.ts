import type { Importer } from './importer.ts';
import type { Amount, ImportedRecord, PriceFacts, Tokens } from './record.ts';

/**
 * What two records with one key come to: `first` keeps the earlier-read one, `last` the later-read one, `max`
 * takes the larger of each counter, the earlier time and that record's attributes. `max` gives the same in any
 * order and grouping, so that files can be read in any order and read again. Under `last` and `max` a higher
 * precedence wins as a whole.
 */
export function mergeRecords(
  rule: Importer['merge'],
  earlier: ImportedRecord,
  later: ImportedRecord,
): ImportedRecord {
  if (rule === 'first') return earlier;
  const rank = (earlier.precedence ?? 0) - (later.precedence ?? 0);
  if (rank !== 0) return rank > 0 ? earlier : later;
  return rule === 'last' ? later : larger(earlier, later);
}

function larger(a: ImportedRecord, b: ImportedRecord): ImportedRecord {
  // Of two that differ in nothing but counters either will do: every counter is set below.
  const named = before(a, b) ? a : b;
  const merged = {
    at: Math.min(a.at, b.at),
    requests: Math.max(a.requests, b.requests),
    tokens: largerTokens(a.tokens, b.tokens),
    amount: largerAmount(a.amount, b.amount),
    priceFacts: joinFacts(a.priceFacts, b.priceFacts),
    vendorCallId: greater(a.vendorCallId, b.vendorCallId) ?? null,
    // One of them saw the call end well.
    status: a.status && b.status ? (greater(a.status, b.status) ?? null) : null,
  };
  // Most lines of a streamed reply say nothing new, so the record stays as it is.
  if (named === a && says(a, merged)) return a;
  const { amount, priceFacts, ...rest } = merged;
  return { ...named, ...rest, ...(amount && { amount }), ...(priceFacts && { priceFacts }) };
}

type Merged = Pick<ImportedRecord, 'at' | 'requests' | 'tokens' | 'vendorCallId' | 'status'> & {
  readonly amount: Amount | undefined;
  readonly priceFacts: PriceFacts | undefined;
};

function says(record: ImportedRecord, merged: Merged): boolean {
  return (
    record.at === merged.at &&
    record.requests === merged.requests &&
    record.tokens === merged.tokens &&
    record.amount === merged.amount &&
    record.priceFacts === merged.priceFacts &&
    record.vendorCallId === merged.vendorCallId &&
    record.status === merged.status
  );
}

/** Whether `a` names the merged record: by time, then by session, then by a fixed order of all it says. */
function before(a: ImportedRecord, b: ImportedRecord): boolean {
  if (a.at !== b.at) return a.at < b.at;
  const [one, other] = [a.session || null, b.session || null];
  return one === other ? attributes(a) <= attributes(b) : isNamedBefore(one, other);
}

/** Which of two sessions names a reply that both hold, where nothing else tells them apart. */
export function isNamedBefore(one: string | null, other: string | null): boolean {
  return other === null || (one !== null && one < other);
}

/** As the ledger gives them back: what is left out reads as its default, so that a stored record compares the same. */
function attributes(record: ImportedRecord): string {
  const { provider, model, project, grain, charge = 'usage', evidence, extras, key } = record;
  return JSON.stringify([provider, model, project || null, grain, charge, evidence, extras, key]);
}

function largerTokens(a: Tokens, b: Tokens): Tokens {
  const writes = moreWritten(a, b) ? a : b;
  if (writes === a && holdsAll(a, b)) return a;
  return {
    input: Math.max(a.input, b.input),
    cacheRead: Math.max(a.cacheRead, b.cacheRead),
    cacheWrite5m: writes.cacheWrite5m,
    cacheWrite1h: writes.cacheWrite1h,
    cacheWriteUnknown: writes.cacheWriteUnknown,
    output: Math.max(a.output, b.output),
    reasoning: Math.max(a.reasoning, b.reasoning),
  };
}

function holdsAll(a: Tokens, b: Tokens): boolean {
  return (
    a.input >= b.input && a.cacheRead >= b.cacheRead && a.output >= b.output && a.reasoning >= b.reasoning
  );
}

/**
 * The three write buckets divide one counter and go together: a copy that does not state the lifetimes, merged
 * bucket by bucket with one that does, would count every write twice.
 */
function moreWritten(a: Tokens, b: Tokens): boolean {
  const written = (t: Tokens) => t.cacheWrite5m + t.cacheWrite1h + t.cacheWriteUnknown;
  const difference =
    written(a) - written(b) || b.cacheWriteUnknown - a.cacheWriteUnknown || a.cacheWrite1h - b.cacheWrite1h;
  return difference >= 0;
}

function hasSameFacts(a: PriceFacts, b: PriceFacts): boolean {
  return (
    a.serviceTier === b.serviceTier &&
    a.speed === b.speed &&
    a.geo === b.geo &&
    a.longContext === b.longContext &&
    a.webSearches === b.webSearches
  );
}

function joinFacts(a: PriceFacts | undefined, b: PriceFacts | undefined): PriceFacts | undefined {
  if (a === undefined || b === undefined || hasSameFacts(a, b)) return a ?? b;
  const serviceTier = greater(a.serviceTier, b.serviceTier);
  const speed = greater(a.speed, b.speed);
  const geo = greater(a.geo, b.geo);
  const longContext = greater(a.longContext, b.longContext);
  const webSearches = greater(a.webSearches, b.webSearches);
  return {
    ...(serviceTier !== undefined && { serviceTier }),
    ...(speed !== undefined && { speed }),
    ...(geo !== undefined && { geo }),
    ...(longContext !== undefined && { longContext }),
    ...(webSearches !== undefined && { webSearches }),
  };
}

/** What is stated wins over what is not; of two statements the greater, as good as any and the same in any order. */
function greater<T extends string | number | boolean>(
  a: T | null | undefined,
  b: T | null | undefined,
): T | undefined {
  if (a === undefined || a === null) return b ?? undefined;
  return b === undefined || b === null || a >= b ? a : b;
}

function largerAmount(a: Amount | undefined, b: Amount | undefined): Amount | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const difference =
    Number(a.value) - Number(b.value) ||
    (a.currency === b.currency ? 0 : a.currency > b.currency ? 1 : -1) ||
    (a.value >= b.value ? 1 : -1);
  return difference > 0 ? a : b;
}

import { hashSeed, mixInteger, mixText, mixValue } from './row-hash.ts';

/** A ledger row as it is written; what it shares with others is its facet. */
export interface RecordRow {
  readonly key_a: number;
  readonly key_b: number;
  readonly import_id: number;
  readonly facet_id: number;
  /** Path of the log file; 0 for an imported file, which its import names. */
  readonly file_id: number;
  readonly line: number | null;
  readonly at: number;
  readonly session_id: number;
  readonly requests: number;
  readonly input: number;
  readonly cache_read: number;
  readonly cache_write_5m: number;
  readonly cache_write_1h: number;
  readonly cache_write_unknown: number;
  readonly output: number;
  readonly reasoning: number;
  readonly cost_nano_usd: number | null;
  readonly amount: string | null;
  readonly precedence: number;
  readonly vendor_call_id: string | null;
  readonly extras: string | null;
}

/** Columns of a row in the order of the table, which is that of their hash. */
export const recordColumns = [
  'key_a',
  'key_b',
  'import_id',
  'facet_id',
  'file_id',
  'line',
  'at',
  'session_id',
  'requests',
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'cache_write_unknown',
  'output',
  'reasoning',
  'cost_nano_usd',
  'amount',
  'precedence',
  'vendor_call_id',
  'extras',
] as const satisfies readonly (keyof RecordRow)[];

/** The hash written with a row, over its columns in the order of the table. Written out: it runs for every row of every import. */
export function recordHash(r: RecordRow): number {
  let hash = hashSeed;
  hash = mixInteger(hash, r.key_a);
  hash = mixInteger(hash, r.key_b);
  hash = mixInteger(hash, r.import_id);
  hash = mixInteger(hash, r.facet_id);
  hash = mixInteger(hash, r.file_id);
  hash = mixValue(hash, r.line);
  hash = mixInteger(hash, r.at);
  hash = mixInteger(hash, r.session_id);
  hash = mixInteger(hash, r.requests);
  hash = mixInteger(hash, r.input);
  hash = mixInteger(hash, r.cache_read);
  hash = mixInteger(hash, r.cache_write_5m);
  hash = mixInteger(hash, r.cache_write_1h);
  hash = mixInteger(hash, r.cache_write_unknown);
  hash = mixInteger(hash, r.output);
  hash = mixInteger(hash, r.reasoning);
  hash = mixValue(hash, r.cost_nano_usd);
  hash = mixText(hash, r.amount);
  hash = mixInteger(hash, r.precedence);
  hash = mixText(hash, r.vendor_call_id);
  hash = mixText(hash, r.extras);
  return hash >>> 0;
}

import type { ReadDb } from './database.ts';
import { type Presence, presenceSql } from './witnesses.ts';

/** What one source says of one UTC day of its account, as the rollups know it. */
export interface SourceDay extends Presence {
  readonly account_id: number;
  readonly records: number;
  readonly unpriced_records: number;
  readonly counts_cost: number;
}

/** Every UTC day of every source, of one account or of all. */
export function sourceDays(db: ReadDb, accountId?: number): readonly SourceDay[] {
  return db
    .prepare(
      `SELECT s.account_id, r.source_id, r.utc_day, ${presenceSql},
         sum(r.records) AS records, sum(r.unpriced_records) AS unpriced_records, max(r.counts_cost) AS counts_cost
       FROM rollup_source r JOIN sources s ON s.id = r.source_id
       WHERE @account IS NULL OR s.account_id = @account
       GROUP BY r.source_id, r.utc_day`,
    )
    .all({ account: accountId ?? null }) as SourceDay[];
}

/** What one source says of one model on one UTC day. */
export interface ModelDay {
  readonly source_id: number;
  readonly account_id: number;
  readonly utc_day: number;
  readonly provider: string;
  readonly model: string;
  readonly records: number;
  readonly unpriced_records: number;
  readonly requests: number;
  readonly prompt: number;
  readonly output: number;
  readonly cost_nano_usd: unknown;
}

/** By source, UTC day and model, of all accounts: `from`..`to` inclusive. */
export function modelDays(db: ReadDb, from: number, to: number): readonly ModelDay[] {
  return db
    .prepare(
      `SELECT r.source_id, s.account_id, r.utc_day, p.text AS provider, m.text AS model, sum(r.records) AS records,
         sum(r.unpriced_records) AS unpriced_records, sum(r.requests) AS requests,
         sum(r.input + r.cache_read + r.cache_write_5m + r.cache_write_1h + r.cache_write_unknown) AS prompt,
         sum(r.output) AS output, sum(r.cost_nano_usd) AS cost_nano_usd
       FROM rollup_model r JOIN sources s ON s.id = r.source_id
         JOIN names p ON p.id = r.provider_id JOIN names m ON m.id = r.model_id
       WHERE r.local_day BETWEEN ? AND ? AND r.utc_day BETWEEN ? AND ?
       GROUP BY r.source_id, r.utc_day, r.provider_id, r.model_id`,
    )
    .all(from - 1, to + 1, from, to) as ModelDay[];
}

/** Records of one source that are alike in all but time and amount. */
export interface Part {
  readonly source_id: number;
  readonly provider: string;
  readonly model: string;
  readonly model_raw: string;
  readonly project: string;
  readonly charge: number;
  readonly currency: string;
  readonly price_facts: string;
  readonly price_version: string;
  readonly cost_state: number;
  readonly records: number;
  readonly requests: number;
  readonly input: number;
  readonly cache_read: number;
  readonly cache_write_5m: number;
  readonly cache_write_1h: number;
  readonly cache_write_unknown: number;
  readonly output: number;
  readonly cost_nano_usd: unknown;
  /** Most decimals any of their stated amounts has; 9 for one with an exponent, -1 where none is stated. */
  readonly places: number;
}

const placesSql = `CASE WHEN r.amount IS NULL THEN -1 WHEN instr(lower(r.amount), 'e') > 0 THEN 9
  WHEN instr(r.amount, '.') = 0 THEN 0 ELSE length(r.amount) - instr(r.amount, '.') END`;

/** Records of an account on the UTC days `from`..`to`, by what they have in common. */
export function partsOf(db: ReadDb, accountId: number, from: number, to: number): readonly Part[] {
  const name = (column: string): string => `(SELECT text FROM names WHERE id = f.${column})`;
  return db
    .prepare(
      `SELECT f.source_id, ${name('provider_id')} AS provider, ${name('model_id')} AS model,
         ${name('model_raw_id')} AS model_raw, ${name('project_id')} AS project, f.charge, f.currency, f.price_facts,
         ${name('price_version_id')} AS price_version, f.cost_state, t.*
       FROM (SELECT r.facet_id, count(*) AS records, sum(r.requests) AS requests, sum(r.input) AS input,
           sum(r.cache_read) AS cache_read, sum(r.cache_write_5m) AS cache_write_5m, sum(r.cache_write_1h) AS cache_write_1h,
           sum(r.cache_write_unknown) AS cache_write_unknown, sum(r.output) AS output,
           coalesce(sum(r.cost_nano_usd), 0) AS cost_nano_usd, max(${placesSql}) AS places
         FROM records r WHERE r.at >= ? AND r.at < ? AND r.facet_id IN (
           SELECT f.id FROM facets f JOIN sources s ON s.id = f.source_id WHERE s.account_id = ?)
         GROUP BY r.facet_id) t JOIN facets f ON f.id = t.facet_id`,
    )
    .all(from * 86_400_000, (to + 1) * 86_400_000, accountId) as Part[];
}

/** Charges that are no usage: purchases, taxes, credits, adjustments. */
export interface OtherCharge {
  readonly utc_day: number;
  readonly source_id: number;
  /** Index into the kinds of charges. */
  readonly charge: number;
  readonly records: number;
  readonly cost_nano_usd: unknown;
}

export function otherCharges(
  db: ReadDb,
  accountId: number,
  from: number,
  to: number,
): readonly OtherCharge[] {
  return db
    .prepare(
      `SELECT r.at / 86400000 AS utc_day, f.source_id, f.charge, count(*) AS records,
         coalesce(sum(r.cost_nano_usd), 0) AS cost_nano_usd
       FROM records r JOIN facets f ON f.id = r.facet_id
       WHERE r.at >= ? AND r.at < ? AND r.facet_id IN (
         SELECT f.id FROM facets f JOIN sources s ON s.id = f.source_id WHERE s.account_id = ? AND f.charge <> 0)
       GROUP BY 1, 2, 3`,
    )
    .all(from * 86_400_000, (to + 1) * 86_400_000, accountId) as OtherCharge[];
}

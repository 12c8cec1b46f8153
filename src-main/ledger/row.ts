import type { PriceBook } from '../pricing/index.ts';
import type { Names } from '../store/names.ts';
import type { RecordRow } from '../store/records.ts';
import { type Content, charges, costStates, grains, jsonOrNull } from './content.ts';
import type { CostOf } from './cost.ts';
import { utcDay } from './day.ts';
import { evidenceIndex } from './evidence.ts';

/** What a row has besides its content. */
export type RowOwner = Pick<RecordRow, 'key' | 'import_id' | 'source_id' | 'file_id' | 'line'>;

/** Makes stored rows of contents: names as ids, the model understood, the cost settled. */
export function createRowMaker(names: Names, prices: PriceBook, costOf: CostOf) {
  const modelIdOf = ({ provider, model, at }: Content): number =>
    model === null ? 0 : names.idOf(prices.resolve(provider, model, at).canonical);
  return (content: Content, own: RowOwner): RecordRow => {
    const cost = costOf(content);
    const { tokens } = content;
    return {
      key: own.key,
      import_id: own.import_id,
      source_id: own.source_id,
      file_id: own.file_id,
      line: own.line,
      at: content.at,
      grain: grains.indexOf(content.grain),
      utc_day: utcDay(content.at),
      provider_id: names.idOf(content.provider),
      model_id: modelIdOf(content),
      model_raw_id: names.idOf(content.model),
      project_id: names.idOf(content.project),
      session_id: names.idOf(content.session),
      requests: content.requests,
      input: tokens.input,
      cache_read: tokens.cacheRead,
      cache_write_5m: tokens.cacheWrite5m,
      cache_write_1h: tokens.cacheWrite1h,
      cache_write_unknown: tokens.cacheWriteUnknown,
      output: tokens.output,
      reasoning: tokens.reasoning,
      cost_state: costStates.indexOf(cost.state),
      cost_nano_usd: cost.state === 'unpriced' ? null : cost.nanoUsd,
      price_version_id: cost.state === 'unpriced' ? 0 : names.idOf(cost.version),
      evidence: evidenceIndex(content.evidence),
      charge: charges.indexOf(content.charge ?? 'usage'),
      amount: content.amount?.value ?? null,
      currency: content.amount?.currency ?? null,
      precedence: content.precedence ?? 0,
      status: content.status ?? null,
      vendor_call_id: content.vendorCallId ?? null,
      price_facts: jsonOrNull(content.priceFacts),
      extras: jsonOrNull(content.extras),
    };
  };
}

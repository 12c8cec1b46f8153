import { getActivity, listActivity, type NamedRecord, standIns } from '../ledger/activity.ts';
import { contentOf } from '../ledger/content.ts';
import { createCosts } from '../ledger/cost.ts';
import { monthWords } from '../ledger/reconcile/words.ts';
import { monthText } from '../ledger/witness.ts';
import { AppError } from '../platform/error.ts';
import { listChoices } from '../store/choices.ts';
import { createNameReader } from '../store/names.ts';
import type { HandlerContext, Handlers, Namespace } from './context.ts';

/** The month in words where the user chose whose money counts in it. */
function choiceOn(row: NamedRecord, context: HandlerContext): string | null {
  const month = monthText(row.utc_day);
  const isChosen = listChoices(context.db(), row.account_id).some((one) => one.month === month);
  return isChosen ? monthWords(month) : null;
}

function standInNote(row: NamedRecord, context: HandlerContext): string | null {
  if (row.counts_cost === 1 && row.counts_usage === 1) return null;
  const chosenIn = row.counts_cost === 1 ? null : choiceOn(row, context);
  if (chosenIn !== null)
    return `Its money is not counted: in ${chosenIn} you chose another source for this account (Reconcile).${row.counts_usage === 1 ? ' Its tokens are.' : ''}`;
  const { cost, usage } = standIns(context.db(), row);
  const list = (names: readonly string[]): string => names.join(' and ') || 'another source';
  if (row.counts_cost !== 1 && row.counts_usage !== 1)
    return `Not counted: ${list(cost.length > 0 ? cost : usage)} stands for this account on this day.`;
  if (row.counts_cost !== 1)
    return `Its money is not counted: ${list(cost)} stands for this account on this day. Its tokens are.`;
  const hasUsage =
    row.requests +
      row.input +
      row.output +
      row.cache_read +
      row.cache_write_5m +
      row.cache_write_1h +
      row.cache_write_unknown >
    0;
  return hasUsage
    ? `Its tokens are not counted: ${list(usage)} stands for this account on this day. Its money is.`
    : null;
}

/** How the cost came about; empty for stated money. */
function explain(row: NamedRecord, context: HandlerContext) {
  const content = contentOf(row, createNameReader(context.db()));
  if (row.amount !== null || row.cost_state === 0) {
    const cost = createCosts(context.prices(), context.settings.read().fxRates)(content);
    return {
      priceLines: [],
      unpricedReason:
        row.cost_state === 0
          ? cost.state === 'unpriced'
            ? cost.reason
            : 'a price is known now: reprice in Settings'
          : null,
    };
  }
  const { provider, model, at, grain, requests, tokens, priceFacts } = content;
  const result = context
    .prices()
    .price({ provider, model, at, grain, requests, tokens, facts: priceFacts ?? {} });
  return { priceLines: result.state === 'unpriced' ? [] : [...result.lines], unpricedReason: null };
}

export const activityHandlers: Handlers<Namespace<'activity'>> = {
  'activity.list': (input, context) => {
    const { records, total } = listActivity(context.db(), { ...input, ...context.zone() });
    return { records: [...records], total };
  },
  'activity.get': ({ id }, context) => {
    const db = context.db();
    const found = getActivity(db, id, context.zone().zone);
    if (found === undefined)
      throw new AppError('NOT_FOUND', 'That record is gone; its import may have been undone.');
    const { record, row } = found;
    const name = createNameReader(db);
    const file = db.prepare('SELECT file_name FROM imports WHERE id = ?').pluck().get(row.import_id) as
      | string
      | undefined;
    const facts = row.price_facts === null ? {} : (JSON.parse(row.price_facts) as { serviceTier?: string });
    return {
      ...record,
      amount: row.amount,
      currency: row.currency,
      priceVersion: row.price_version_id === 0 ? null : name(row.price_version_id),
      ...explain(row, context),
      vendorCallId: row.vendor_call_id,
      serviceTier: facts.serviceTier ?? null,
      fileName: row.file_id === 0 ? (file ?? null) : name(row.file_id),
      line: row.line,
      extras: row.extras === null ? {} : (JSON.parse(row.extras) as Record<string, unknown>),
      standInNote: standInNote(row, context),
    };
  },
};

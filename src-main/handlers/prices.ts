import { readAliases, readOverrides } from '../jobs/context.ts';
import { contentOf } from '../ledger/content.ts';
import { createCosts } from '../ledger/cost.ts';
import { createNameReader } from '../store/names.ts';
import type { StoredRecord } from '../store/records.ts';
import type { HandlerContext, Handlers, Namespace } from './context.ts';

interface UnpricedRow {
  sample: number;
  provider: string;
  model: string;
  records: number;
  requests: number;
}

function unpricedModels(context: HandlerContext) {
  const db = context.db();
  const rows = db
    .prepare(
      `SELECT max(r.id) AS sample, p.text AS provider, m.text AS model, count(*) AS records, sum(r.requests) AS requests
       FROM record_rows r JOIN names p ON p.id = r.provider_id JOIN names m ON m.id = r.model_raw_id
       WHERE r.cost_nano_usd IS NULL GROUP BY r.provider_id, r.model_raw_id ORDER BY records DESC`,
    )
    .all() as UnpricedRow[];
  const costOf = createCosts(context.prices(), context.settings.read().fxRates);
  const textOf = createNameReader(db);
  const byId = db.prepare('SELECT * FROM record_rows WHERE id = ?');
  return rows.map(({ sample, provider, model, records, requests }) => {
    const cost = costOf(contentOf(byId.get(sample) as StoredRecord, textOf));
    const reason = cost.state === 'unpriced' ? cost.reason : 'a price is known now: reprice';
    return { provider, model: model || null, records, requests, reason };
  });
}

const nameOf = ({ provider, model }: { provider: string; model: string }): string =>
  provider === '' ? model : `${provider}/${model}`;

async function changed<T>(context: HandlerContext, result: Promise<T>): Promise<T> {
  const output = await result;
  context.emit({ kind: 'ledger.changed' });
  return output;
}

const job = { kind: 'reprice', title: 'Pricing records' } as const;

export const pricesHandlers: Handlers<Namespace<'prices'>> = {
  'prices.list': (_, context) => ({
    overrides: [...readOverrides(context.db())],
    aliases: [...readAliases(context.db())],
    unpriced: unpricedModels(context),
    version: context.prices().version,
  }),
  'prices.saveOverride': async (input, context) => {
    const from = readOverrides(context.db()).find(({ id }) => id === input.id) ?? null;
    const output = await changed(context, context.run('saveOverride', input, job));
    await context.audit.record('price.saved', nameOf(input), { from, to: input });
    return output;
  },
  'prices.removeOverride': async ({ id }, context) => {
    const from = readOverrides(context.db()).find((override) => override.id === id) ?? null;
    const repriced = await changed(context, context.run('removePrice', { kind: 'override', id }, job));
    await context.audit.record('price.removed', from === null ? `price ${id}` : nameOf(from), {
      from,
    });
    return { repriced };
  },
  'prices.saveAlias': async (input, context) => {
    const from = readAliases(context.db()).find(({ id }) => id === input.id) ?? null;
    const output = await changed(context, context.run('saveAlias', input, job));
    await context.audit.record('price.alias-saved', input.alias, { from, to: input });
    return output;
  },
  'prices.removeAlias': async ({ id }, context) => {
    const from = readAliases(context.db()).find((alias) => alias.id === id) ?? null;
    const repriced = await changed(context, context.run('removePrice', { kind: 'alias', id }, job));
    await context.audit.record('price.alias-removed', from?.alias ?? `name ${id}`, { from });
    return { repriced };
  },
  'prices.reprice': async (input, context) => ({
    repriced: await changed(context, context.run('reprice', input, job)),
  }),
};

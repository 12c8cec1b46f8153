import type { ModelPrice, VendorModel } from '../../src-preload/contract/calls.ts';
import { AppError } from '../platform/error.ts';
import type { VendorPrice } from '../platform/provider.ts';
import { listPrice } from '../pricing/index.ts';
import { type ConnectionRow, listConnections } from '../store/connections.ts';
import { listModels, type StoredModel } from '../store/vendor-models.ts';
import type { HandlerContext, Handlers, Namespace } from './context.ts';

interface Which {
  readonly provider?: string | undefined;
  readonly connectionId?: number | undefined;
}

function chosen(context: HandlerContext, { provider, connectionId }: Which): readonly ConnectionRow[] {
  const rows = listConnections(context.db()).filter(
    (row) =>
      (provider === undefined || row.provider === provider) &&
      (connectionId === undefined || row.id === connectionId),
  );
  if (connectionId !== undefined && rows.length === 0)
    throw new AppError('NOT_FOUND', 'That connection is gone.');
  if (provider !== undefined && !context.providers.some(({ id }) => id === provider))
    throw new AppError('NOT_FOUND', `LLMLab knows no provider "${provider}".`);
  return rows;
}

function stated(price: VendorPrice | null): ModelPrice | null {
  if (price === null) return null;
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h, request, note } = price;
  return {
    input: input ?? null,
    output: output ?? null,
    cacheRead: cacheRead ?? null,
    cacheWrite5m: cacheWrite5m ?? null,
    cacheWrite1h: cacheWrite1h ?? null,
    request: request ?? null,
    note: note ?? null,
  };
}

function toModel(context: HandlerContext, row: ConnectionRow, { model, asOf }: StoredModel): VendorModel {
  const provider = context.providers.find(({ id }) => id === row.provider);
  const vendor = provider?.vendor ?? row.provider;
  const now = context.ports.clock.now();
  const listed = listPrice(context.prices(), vendor, model.id, now);
  const { price, ...facts } = model;
  // A server of the user's own states no prices: what stands there was said with its connection, and calls cost that.
  const own = listed.price === null && provider?.kind === 'local' ? stated(price) : null;
  return {
    ...facts,
    connectionId: row.id,
    connection: row.name,
    provider: row.provider,
    providerLabel: provider?.label ?? row.provider,
    canonical: context.prices().resolve(vendor, model.id, now).canonical,
    price: listed.price === null ? own : { ...listed.price, request: null, note: null },
    priceFrom: own ? 'set with the connection' : listed.price === null ? listed.reason : listed.from,
    vendorPrice: own ? null : stated(price),
    asOf,
  };
}

async function refresh(context: HandlerContext, row: ConnectionRow) {
  const found = { connectionId: row.id, connection: row.name };
  try {
    const models = await context.vendors.use(
      { connectionId: row.id, purpose: 'check' },
      async ({ provider, context: vendor }) => provider.models?.(vendor) ?? null,
    );
    if (models === null) return { ...found, models: 0, error: 'This vendor has no list of models to read.' };
    await context.run(
      'storeModels',
      { connectionId: row.id, models, at: context.ports.clock.now() },
      { kind: 'sync', title: 'Saving models', isQuiet: true },
    );
    return { ...found, models: models.length, error: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'INTERNAL') throw error;
    return { ...found, models: 0, error: error.message };
  }
}

export const modelsHandlers: Handlers<Namespace<'models'>> = {
  'models.list': (input, context) => {
    const models = Map.groupBy(listModels(context.db()), ({ connectionId }) => connectionId);
    return {
      models: chosen(context, input).flatMap((row) =>
        (models.get(row.id) ?? []).map((model) => toModel(context, row, model)),
      ),
    };
  },
  'models.refresh': async (input, context) => {
    const rows = chosen(context, input);
    if (rows.length === 0)
      throw new AppError('NO_KEY', 'No vendor is connected whose models could be read. Add a key first.');
    const results = await Promise.all(rows.map((row) => refresh(context, row)));
    context.emit({ kind: 'connections.changed' });
    return { results };
  },
};

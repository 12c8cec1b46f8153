import {
  type PriceAlias,
  type PriceOverride,
  priceAlias,
  priceOverride,
} from '../../../../src-preload/contract/prices.ts';
import type { Outcome, Run } from '../command.ts';
import { UsageError } from '../failure.ts';
import { readDate, readId } from '../options.ts';
import { counted, number, plain, table } from '../text.ts';

interface PriceOptions {
  readonly provider?: string;
  readonly from?: string;
  readonly input?: string;
  readonly output?: string;
  readonly cacheRead?: string;
  readonly cacheWrite5m?: string;
  readonly cacheWrite1h?: string;
}

/** `llmlab prices`: what the user set, and what has no price. */
export async function listPrices(run: Run): Outcome {
  const prices = await run.withReader(({ ask }) => ask('prices.list', {}));
  run.print(prices, () =>
    [
      overridesText(prices.overrides),
      aliasesText(prices.aliases),
      unpricedText(prices.unpriced),
      `Built-in prices: ${prices.version}`,
    ].join('\n\n'),
  );
  return undefined;
}

type Listed = PriceOverride & { readonly id: number };

function overridesText(overrides: readonly Listed[]): string {
  if (overrides.length === 0) return 'No prices of your own.';
  const rate = (title: string, pick: (row: Listed) => string | undefined) =>
    ({ title, right: true, cell: (row: Listed) => pick(row) ?? '-' }) as const;
  return `USD per million tokens:\n${table(
    [
      { title: 'Price', right: true, cell: (row) => String(row.id) },
      { title: 'Model', cell: (row) => row.model },
      { title: 'Provider', cell: (row) => row.provider },
      { title: 'From', cell: (row) => row.from },
      rate('Input', (row) => row.input),
      rate('Output', (row) => row.output),
      rate('Cache read', (row) => row.cacheRead),
      rate('Write 5m', (row) => row.cacheWrite5m),
      rate('Write 1h', (row) => row.cacheWrite1h),
    ],
    overrides,
  )}`;
}

function aliasesText(aliases: readonly (PriceAlias & { readonly id: number })[]): string {
  if (aliases.length === 0) return 'No name is priced as another model.';
  return table(
    [
      { title: 'Alias', right: true, cell: (row) => String(row.id) },
      { title: 'Name', cell: (row) => row.alias },
      { title: 'Provider', cell: (row) => row.provider },
      { title: 'Priced as', cell: (row) => row.toModel },
      { title: 'Of', cell: (row) => row.toProvider },
    ],
    aliases,
  );
}

interface Unpriced {
  readonly provider: string;
  readonly model: string | null;
  readonly records: number;
  readonly reason: string;
}

function unpricedText(unpriced: readonly Unpriced[]): string {
  if (unpriced.length === 0) return 'Every model in the ledger has a price.';
  return table(
    [
      { title: 'Unpriced', cell: (row) => row.model ?? '-' },
      { title: 'Provider', cell: (row) => row.provider },
      { title: 'Records', right: true, cell: (row) => number(row.records) },
      { title: 'Why', cell: (row) => row.reason },
    ],
    unpriced,
  );
}

/** `llmlab prices set MODEL`: a price for the same model, provider and first day is replaced. */
export async function setPrice(run: Run, options: PriceOptions, model: string): Outcome {
  const provider = options.provider ?? '';
  const from = options.from === undefined ? undefined : readDate(options.from, '--from');
  readPrice({ ...options, provider, model, from: from ?? '2026-01-01' });
  const saved = await run.withCore(async ({ ask }) => {
    const { today } = await ask('app.info', {});
    // as in the window: a price holds for the running year unless told otherwise
    const price = readPrice({ ...options, provider, model, from: from ?? `${today.slice(0, 4)}-01-01` });
    const { overrides } = await ask('prices.list', {});
    const old = overrides.find(
      (one) => one.model === model && one.provider === provider && one.from === price.from,
    );
    const { id, repriced } = await ask('prices.saveOverride', old ? { ...price, id: old.id } : price);
    return { price: { id, ...price }, repriced };
  });
  run.print(
    saved,
    () => `${plain(model)} has its price from ${saved.price.from} on: ${repricedWords(saved.repriced)}.`,
  );
  return undefined;
}

function readPrice(given: Partial<PriceOverride>): PriceOverride {
  const { provider, model, from, input, output, cacheRead, cacheWrite5m, cacheWrite1h } = given;
  const stated = { provider, model, from, input, output, cacheRead, cacheWrite5m, cacheWrite1h };
  const present = Object.fromEntries(Object.entries(stated).filter(([, text]) => text !== undefined));
  const parsed = priceOverride.safeParse(present);
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0]);
  const flag = rateFlags[field];
  throw new UsageError(
    flag === undefined
      ? `The ${field} is not one a price can have.`
      : `${flag} is USD per million tokens with a decimal point, such as 0.25; 0 means free.`,
  );
}

const rateFlags: Readonly<Record<string, string>> = {
  input: '--input',
  output: '--output',
  cacheRead: '--cache-read',
  cacheWrite5m: '--cache-write-5m',
  cacheWrite1h: '--cache-write-1h',
};

/** `llmlab prices remove PRICE`. */
export async function removePrice(run: Run, _options: object, price: string): Outcome {
  const id = readId(price, 'a price (see llmlab prices)');
  const answer = await run.withCore(({ ask }) => ask('prices.removeOverride', { id }));
  run.print(answer, () => `The price is gone: ${repricedWords(answer.repriced)}.`);
  return undefined;
}

interface AliasOptions {
  readonly provider?: string;
  readonly toProvider?: string;
}

/** `llmlab prices alias NAME MODEL`: an alias of the same name and provider is replaced. */
export async function setAlias(run: Run, options: AliasOptions, name: string, model: string): Outcome {
  const provider = options.provider ?? '';
  const given = { provider, alias: name, toProvider: options.toProvider ?? provider, toModel: model };
  const parsed = priceAlias.safeParse(given);
  if (!parsed.success) throw new UsageError('Names of models have up to 200 characters, providers up to 60.');
  const alias = parsed.data;
  if (alias.alias === alias.toModel && alias.provider === alias.toProvider)
    throw new UsageError('That is the same model.');
  const saved = await run.withCore(async ({ ask }) => {
    const { aliases } = await ask('prices.list', {});
    const old = aliases.find((one) => one.alias === alias.alias && one.provider === alias.provider);
    const { id, repriced } = await ask('prices.saveAlias', old ? { ...alias, id: old.id } : alias);
    return { alias: { id, ...alias }, repriced };
  });
  run.print(saved, () => `${plain(name)} is priced as ${plain(model)}: ${repricedWords(saved.repriced)}.`);
  return undefined;
}

/** `llmlab prices unalias ALIAS`. */
export async function removeAlias(run: Run, _options: object, alias: string): Outcome {
  const id = readId(alias, 'an alias (see llmlab prices)');
  const answer = await run.withCore(({ ask }) => ask('prices.removeAlias', { id }));
  run.print(answer, () => `The alias is gone: ${repricedWords(answer.repriced)}.`);
  return undefined;
}

function repricedWords(records: number): string {
  return `${counted(records, 'record')} priced anew`;
}

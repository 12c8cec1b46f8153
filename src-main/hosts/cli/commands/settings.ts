import type { Settings } from '../../../../src-preload/contract/settings.ts';
import type { Outcome, Run } from '../command.ts';
import { UsageError } from '../failure.ts';
import { readChoice, readDate, readZone } from '../options.ts';
import type { Ask } from '../session.ts';
import { plain } from '../text.ts';

interface SetOptions {
  readonly rate?: string;
  readonly rateFrom?: string;
}

/** `llmlab settings`. */
export async function showSettings(run: Run): Outcome {
  const { settings, systemZone } = await run.withReader(({ ask }) => ask('settings.get', {}));
  run.print({ settings, systemZone }, () =>
    Object.entries(settings)
      .map(
        ([name, value]) =>
          `${name}: ${shown(value)}${value === 'system' && name === 'zone' ? ` (${systemZone})` : ''}`,
      )
      .join('\n'),
  );
  return undefined;
}

/** `llmlab settings get NAME`. */
export async function getSetting(run: Run, _options: object, name: string): Outcome {
  const { settings } = await run.withReader(({ ask }) => ask('settings.get', {}));
  if (!Object.hasOwn(settings, name)) throw unknown(name, Object.keys(settings));
  const value = settings[name as keyof Settings];
  run.print({ [name]: value }, () => shown(value));
  return undefined;
}

/** `llmlab settings set NAME VALUE`. */
export async function setSetting(run: Run, options: SetOptions, name: string, text: string): Outcome {
  if (!Object.hasOwn(setters, name)) throw unknown(name, Object.keys(setters));
  const change = setters[name as keyof typeof setters](text, options);
  const { settings } = await run.withCore(async ({ ask }) => ask('settings.save', await change(ask)));
  run.print({ settings }, () => `${name} is now ${shown(settings[name as keyof Settings])}.`);
  return undefined;
}

type Change = (ask: Ask) => Promise<Partial<Settings>>;

/** What the command line can change; each checks its value before anything is opened. */
const setters = {
  zone: (text) => {
    const zone = text === 'system' ? text : readZone(text, 'zone');
    return async () => ({ zone });
  },
  currency: (text, { rate, rateFrom }) => {
    const currency = text.toUpperCase();
    if (!/^[A-Z]{3}$/.test(currency))
      throw new UsageError(`${text} is not a currency. Write its code, such as EUR.`);
    const from = rateFrom === undefined ? undefined : readDate(rateFrom, '--rate-from');
    if (rate !== undefined && !/^\d{1,9}(\.\d{1,12})?$/.test(rate)) {
      throw new UsageError(
        `--rate ${rate} is not a rate. Write how many USD one ${currency} is worth, such as 1.17.`,
      );
    }
    return async (ask) => {
      if (rate !== undefined) return { currency, fxRates: await ratesWith(ask, currency, rate, from) };
      await checkRate(ask, currency);
      return { currency };
    };
  },
  weekStart: (text) => {
    const weekStart = readChoice(text, ['monday', 'sunday'] as const, 'weekStart');
    return async () => ({ weekStart });
  },
  backups: (text) => {
    const enabled = readChoice(text, ['on', 'off'] as const, 'backups') === 'on';
    return async () => ({ backups: { enabled } });
  },
  debugLog: (text) => {
    const debugLog = readChoice(text, ['off', 'redacted', 'with-text'] as const, 'debugLog');
    return async () => ({ debugLog });
  },
  modelAliases: (text) => {
    const found = /^([^/=]+)=([^/=]+)\/(.*)$/.exec(text);
    const [, name = '', provider = '', model = ''] = found ?? [];
    if (found === null)
      throw new UsageError(
        `${text} names no model. Write name=PROVIDER/MODEL; without a MODEL, the name is taken back there.`,
      );
    return async (ask) => ({ modelAliases: await aliasesWith(ask, { name, provider, model }) });
  },
} satisfies Readonly<Record<string, (text: string, options: SetOptions) => Change>>;

async function aliasesWith(
  ask: Ask,
  { name, provider, model }: { readonly name: string; readonly provider: string; readonly model: string },
): Promise<Settings['modelAliases']> {
  const { modelAliases } = (await ask('settings.get', {})).settings;
  const { [name]: models = {}, ...others } = modelAliases;
  const { [provider]: _, ...left } = models;
  const next = model === '' ? left : { ...left, [provider]: model };
  return Object.keys(next).length === 0 ? others : { ...others, [name]: next };
}

async function ratesWith(ask: Ask, currency: string, usdPerUnit: string, since: string | undefined) {
  const [{ settings }, { today }] = await Promise.all([ask('settings.get', {}), ask('app.info', {})]);
  const from = since ?? today;
  const others = settings.fxRates.filter((rate) => rate.currency !== currency || rate.from !== from);
  return [...others, { currency, usdPerUnit, from }];
}

/** Without a rate nothing could be shown in the currency. */
async function checkRate(ask: Ask, currency: string): Promise<void> {
  const { settings } = await ask('settings.get', {});
  if (currency === 'USD' || settings.fxRates.some((rate) => rate.currency === currency)) return;
  throw new UsageError(
    `There is no exchange rate for ${currency}. Give one: llmlab settings set currency ${currency} --rate USD, where USD is what one ${currency} is worth, such as 1.17.`,
  );
}

function unknown(name: string, known: readonly string[]): UsageError {
  return new UsageError(`${name} is no setting that can be named here. Choose from ${known.join(', ')}.`);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? plain(value) : plain(JSON.stringify(value));
}

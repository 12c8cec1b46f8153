import { add, type Decimal, decimalText, multiply, parseDecimal } from '../../platform/money.ts';
import type { CallUsage, ProviderContext, VendorPrice } from '../../platform/provider.ts';
import type { Amount, Tokens } from '../../platform/record.ts';
import { amountText } from '../dialects/amount.ts';

type Fields = ProviderContext['fields'];

const free: Amount = { value: '0', currency: 'USD' };
const millionth: Decimal = { units: 1n, scale: 6 };
/** One kWh is 3,600,000,000 watt-milliseconds; its inverse has no end, so the division comes last, to 12 places. */
const wattMsPerKwh = 3_600_000_000n;
const costPlaces = 12;

/** Prices as the user set them: nothing unless told otherwise, unknown where the prices are left empty. */
export function priceOf(fields: Fields): VendorPrice | null {
  if ((fields.priceMode ?? 'free') === 'free') return { input: '0', output: '0' };
  if (fields.priceMode !== 'token') return null;
  const [input, output, cacheRead] = [fields.inputPrice, fields.outputPrice, fields.cacheReadPrice].map(
    (text) => amountText(text),
  );
  if (!input && !output) return null;
  return {
    ...(input && { input }),
    ...(output && { output }),
    ...(cacheRead && { cacheRead }),
  };
}

/** What a call costs by the user's own word; null where a price it takes is not set: that is not zero. */
export function costOf(
  fields: Fields,
  { tokens }: Pick<CallUsage, 'tokens'>,
  elapsedMs: number,
): Amount | null {
  switch (fields.priceMode ?? 'free') {
    case 'free':
      return free;
    case 'token':
      return tokenCost(fields, tokens);
    case 'electricity':
      return powerCost(fields, elapsedMs);
    default:
      return null;
  }
}

function tokenCost(fields: Fields, tokens: Tokens): Amount | null {
  const price = (name: string) => parseDecimal(amountText(fields[name]) ?? '');
  const [input, output] = [price('inputPrice'), price('outputPrice')];
  if (input === null || output === null) return null;
  const written = tokens.cacheWrite5m + tokens.cacheWrite1h + tokens.cacheWriteUnknown;
  const parts: readonly (readonly [number, Decimal])[] = [
    [tokens.input + written, input],
    [tokens.cacheRead, price('cacheReadPrice') ?? input],
    [tokens.output, output],
  ];
  const sum = parts
    .map(([count, each]) => multiply(multiply({ units: BigInt(count), scale: 0 }, each), millionth))
    .reduce(add, { units: 0n, scale: 0 });
  return { value: decimalText(sum), currency: 'USD' };
}

function powerCost(fields: Fields, elapsedMs: number): Amount | null {
  const [watts, tariff] = [parseDecimal(fields.watts ?? ''), parseDecimal(fields.usdPerKwh ?? '')];
  if (watts === null || tariff === null) return null;
  const ms = { units: BigInt(Math.max(0, Math.round(elapsedMs))), scale: 0 };
  const { units, scale } = multiply(multiply(watts, tariff), ms);
  const cost = (units * 10n ** BigInt(costPlaces)) / (wattMsPerKwh * 10n ** BigInt(scale));
  return {
    value: decimalText(parseDecimal(`${cost}e-${costPlaces}`) ?? { units: 0n, scale: 0 }),
    currency: 'USD',
  };
}

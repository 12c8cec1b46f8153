import '../../testing/property-seed.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNanoUsd } from '../../platform/money.ts';
import { amountOf, amountText, negated, perMillion, sumText, unitPlaces, unitsAndNanos } from './amount.ts';
import { parseJson } from './json.ts';

/** The vectors of the vendors' units: a slip of a place would make every total wrong by ten. */
describe('amounts in vendors’ units', () => {
  it.each<[string, string | null, number]>([
    ['Anthropic cents', amountText('123.78912', unitPlaces.cents), 1_237_891_200],
    ['OpenAI dollars as text', amountText('12.50'), 12_500_000_000],
    ['OpenAI dollars as a number', amountText(12.5), 12_500_000_000],
    ['a number written with an exponent', amountText(1e-7), 100],
    ['OpenRouter usage', amountText(0.015), 15_000_000],
    ['xAI ticks', amountText(37_756_000, unitPlaces.ticks), 3_775_600],
    ['xAI prepaid cents, inverted', amountText(negated('-1000'), unitPlaces.cents), 10_000_000_000],
    ['Fireworks units and nanos', unitsAndNanos('12', 340_000_000), 12_340_000_000],
    ['nano-USD as text', amountText('420', unitPlaces.nano), 420],
    ['DeepInfra cents', amountText(21, unitPlaces.cents), 210_000_000],
    ['Novita', amountText('25000', unitPlaces.tenThousandths), 2_500_000_000],
  ])('%s', (_what, text, nano) => {
    expect(toNanoUsd(text ?? 'none')).toBe(nano);
  });

  it('prices per token become prices per million', () => {
    expect(perMillion('0.0000025')).toBe('2.5');
    expect(perMillion(1.5e-7)).toBe('0.15');
    expect(perMillion('0')).toBe('0');
    expect(perMillion('-1')).toBeNull();
    expect(perMillion(undefined)).toBeNull();
  });

  it('what is no amount is null, not zero', () => {
    for (const value of [null, undefined, '', 'free', Number.NaN, {}, true, '1,5'])
      expect(amountText(value)).toBeNull();
    expect(amountOf('1', 0, 'dollars')).toBeNull();
    expect(amountOf('1', 0, 'usd')).toEqual({ value: '1', currency: 'USD' });
    expect(unitsAndNanos(undefined, undefined)).toBeNull();
  });

  it('sums are exact', () => {
    expect(sumText(['0.1', '0.2', '1e-9'])).toBe('0.300000001');
    expect(negated('0.00')).toBe('0');
  });
});

describe('always', () => {
  it('a number and its text are the same amount, at every shift', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), fc.nat(12), (units, places) => {
        const value = units / 10 ** places;
        expect(amountText(value)).toBe(amountText(String(value)));
        expect(amountText(amountText(value, places), -places)).toBe(amountText(value));
      }),
    );
  });

  it('JSON keeps every digit of a decimal', () => {
    const digits = fc.bigInt({ min: 1n, max: 10n ** 30n });
    fc.assert(
      fc.property(digits, fc.nat(20), (units, scale) => {
        const padded = units.toString().padStart(scale + 1, '0');
        const text = scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
        const parsed = parseJson(`{"amount":${text}}`);
        expect(amountText((parsed as { amount: unknown }).amount)).toBe(amountText(text));
      }),
    );
  });
});

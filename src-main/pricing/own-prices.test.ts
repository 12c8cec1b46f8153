import { describe, expect, it } from 'vitest';
import { bundledPrices, callOf } from '../testing/price-book.ts';

const from = (date: string, input: string) => ({
  provider: 'anthropic',
  model: 'claude-opus-4-8',
  from: date,
  input,
  output: '10',
});

describe('overrides', () => {
  const book = bundledPrices({ overrides: [from('2026-09-01', '2'), from('2026-10-01', '1.5')] });
  const cost = (at: number, tokens: object, facts = {}) => {
    const result = book.price(callOf('claude-opus-4-8', { at, tokens, facts }));
    return result.state === 'unpriced' ? result.reason : [result.costNanoUsd, result.version];
  };

  it('hold from their date on, newest first; before them the bundled price holds', () => {
    const input = { input: 1000 };
    expect(cost(Date.UTC(2026, 7, 31, 23, 59), input)).toEqual([5_000_000, 'genai-prices 0.1.8']);
    expect(cost(Date.UTC(2026, 8, 1), input)).toEqual([2_000_000, 'own price from 2026-09-01']);
    expect(cost(Date.UTC(2026, 9, 1), input)).toEqual([1_500_000, 'own price from 2026-10-01']);
  });

  it('do not depend on the order they were written in', () => {
    const turned = bundledPrices({ overrides: [from('2026-10-01', '1.5'), from('2026-09-01', '2')] });
    const call = callOf('claude-opus-4-8', { at: Date.UTC(2026, 10, 1), tokens: { input: 1000 } });
    expect(turned.price(call)).toEqual(book.price(call));
  });

  it('have no price for a bucket left out, and "0" is free', () => {
    expect(cost(Date.UTC(2026, 9, 2), { cacheRead: 1 })).toBe(
      'no price is known for cache reads of claude-opus-4-8',
    );
    const free = bundledPrices({
      overrides: [{ provider: 'acme', model: 'm', from: '2026-01-01', input: '0', output: '0' }],
    });
    expect(free.price(callOf('m', { provider: 'acme', tokens: { input: 9 } }))).toMatchObject({
      state: 'free',
      costNanoUsd: 0,
    });
    expect(free.resolve('acme', 'm', 0)).toEqual({ canonical: 'm', known: true });
  });

  it('are batched where the factor is known, and are the last word where none is', () => {
    expect(cost(Date.UTC(2026, 9, 2), { input: 1000 }, { serviceTier: 'batch' })).toEqual([
      750_000,
      'own price from 2026-10-01, supplement 2026-11-20',
    ]);
    expect(cost(Date.UTC(2026, 9, 2), { input: 1000 }, { serviceTier: 'priority' })).toEqual([
      1_500_000,
      'own price from 2026-10-01',
    ]);
  });

  it('reach a model under every name it is written in, at its own provider only', () => {
    const input = { input: 1000 };
    const at = Date.UTC(2026, 9, 2);
    expect(book.price(callOf('Claude Opus 4.8', { at, tokens: input }))).toMatchObject({
      costNanoUsd: 1_500_000,
    });
    expect(book.price(callOf('claude-opus-4-8[1m]', { at, tokens: input }))).toMatchObject({
      costNanoUsd: 1_500_000,
    });
    expect(
      book.price(callOf('anthropic/claude-opus-4.8', { at, provider: 'openrouter', tokens: input })),
    ).toMatchObject({ costNanoUsd: 5_000_000 });
  });

  it('never reach a sibling that shares the price list of their model', () => {
    const book = bundledPrices({
      overrides: [{ provider: 'openai', model: 'gpt-5', from: '2026-01-01', input: '7', output: '7' }],
    });
    const versionOf = (model: string) => {
      const result = book.price(callOf(model, { provider: 'openai', tokens: { input: 1000 } }));
      return result.state === 'unpriced' ? result.reason : result.version;
    };
    expect(versionOf('gpt-5')).toBe('own price from 2026-01-01');
    expect(versionOf('GPT-5-2025-08-07')).toBe('own price from 2026-01-01');
    expect(versionOf('gpt-5-codex')).toBe('genai-prices 0.1.8');
    expect(book.own('openai', 'gpt-5-codex')).toEqual([]);
  });
});

describe('aliases', () => {
  const alias = {
    provider: 'acme',
    alias: 'house-model',
    toProvider: 'anthropic',
    toModel: 'claude-haiku-4-5',
  };

  it('price a name as another model, and group it with that model', () => {
    const book = bundledPrices({ aliases: [alias] });
    expect(book.price(callOf('House-Model', { provider: 'acme', tokens: { input: 1000 } }))).toMatchObject({
      costNanoUsd: 1_000_000,
    });
    expect(book.resolve('acme', 'house-model', 0)).toEqual({ canonical: 'claude-haiku-4-5', known: true });
  });

  it('hold for their provider only', () => {
    const book = bundledPrices({ aliases: [alias] });
    expect(book.price(callOf('house-model', { provider: 'other', tokens: { input: 1 } }))).toMatchObject({
      state: 'unpriced',
    });
  });

  it('come before the bundled price and after an override', () => {
    const own = { provider: 'acme', alias: 'gpt-5.4', toProvider: 'anthropic', toModel: 'claude-haiku-4-5' };
    const override = { provider: 'acme', model: 'gpt-5.4', from: '2026-06-01', input: '7', output: '7' };
    const book = bundledPrices({ aliases: [own, { ...own, provider: 'openai' }], overrides: [override] });
    const price = (provider: string, at: number) =>
      book.price(callOf('gpt-5.4', { provider, at, tokens: { input: 1000 } }));
    expect(price('openai', Date.UTC(2026, 6, 1))).toMatchObject({ costNanoUsd: 1_000_000 });
    expect(price('acme', Date.UTC(2026, 6, 1))).toMatchObject({ costNanoUsd: 7_000_000 });
    expect(price('acme', Date.UTC(2026, 4, 1))).toMatchObject({ costNanoUsd: 1_000_000 });
  });

  it('that point at each other end', () => {
    const book = bundledPrices({
      aliases: [
        { provider: 'acme', alias: 'a', toProvider: 'acme', toModel: 'b' },
        { provider: 'acme', alias: 'b', toProvider: 'acme', toModel: 'a' },
      ],
    });
    expect(book.price(callOf('a', { provider: 'acme', tokens: { input: 1 } }))).toMatchObject({
      state: 'unpriced',
    });
  });
});

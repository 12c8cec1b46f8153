import { describe, expect, it } from 'vitest';
import type { PriceFacts, Tokens } from '../platform/record.ts';
import { bundledPrices, callOf } from '../testing/price-book.ts';

const book = bundledPrices();

function costOf(call: ReturnType<typeof callOf>): number | string {
  const result = book.price(call);
  return result.state === 'unpriced' ? result.reason : result.costNanoUsd;
}

interface Golden {
  readonly sum: string;
  readonly provider?: string;
  readonly model: string;
  readonly tokens: Partial<Tokens>;
  readonly facts?: PriceFacts;
  readonly at?: number;
  readonly nanoUsd: number;
}

/** Rates are USD per million tokens, as the vendors publish them; sums worked out by hand. */
const goldens: readonly Golden[] = [
  {
    sum: 'Haiku 4.5: 1,000 x $1 + 500 x $5 = $0.0035',
    model: 'claude-haiku-4-5-20251001',
    tokens: { input: 1000, output: 500 },
    nanoUsd: 3_500_000,
  },
  {
    sum: 'Opus 4.8: 4 x $5 + 12,000 x $10 (one hour) + 420 x $25 = $0.13052',
    model: 'claude-opus-4-8',
    tokens: { input: 4, cacheWrite1h: 12_000, output: 420 },
    nanoUsd: 130_520_000,
  },
  {
    sum: 'Opus 4.8: 2 x $5 + 900 x $10 + 12,000 x $0.50 + 800 x $25 = $0.03501',
    model: 'claude-opus-4-8',
    tokens: { input: 2, cacheWrite1h: 900, cacheRead: 12_000, output: 800 },
    nanoUsd: 35_010_000,
  },
  {
    sum: 'prompt of 1,000 with 40 written (1.25x) and 860 read (0.1x) at Sonnet 5: 100 x $2 + 40 x $2.50 + 860 x $0.20 + 50 x $10 = $0.000972',
    model: 'claude-sonnet-5',
    tokens: { input: 100, cacheWrite5m: 40, cacheRead: 860, output: 50 },
    nanoUsd: 972_000,
  },
  {
    sum: 'cache writes of unknown lifetime cost the 5-minute rate: 1,000 x $6.25 = $0.00625',
    model: 'claude-opus-4-8',
    tokens: { cacheWriteUnknown: 1000 },
    nanoUsd: 6_250_000,
  },
  {
    sum: 'reasoning is part of output and is not charged twice: 100 x $25 = $0.0025',
    model: 'claude-opus-4-8',
    tokens: { output: 100, reasoning: 90 },
    nanoUsd: 2_500_000,
  },
  {
    sum: 'two web searches at $10 per 1,000: 1,000 x $1 + $0.02 = $0.021',
    model: 'claude-haiku-4-5',
    tokens: { input: 1000 },
    facts: { webSearches: 2 },
    nanoUsd: 21_000_000,
  },
  {
    sum: 'batch halves tokens, not searches: (1,000 x $1 + 2,000 x $0.10 + 500 x $5) / 2 + $0.01 = $0.01185',
    model: 'claude-haiku-4-5',
    tokens: { input: 1000, cacheRead: 2000, output: 500 },
    facts: { serviceTier: 'batch', webSearches: 1 },
    nanoUsd: 11_850_000,
  },
  {
    sum: 'fast mode of Opus 4.8 is 2x: 900 x $10 + 30,000 x $12.50 + 500,000 x $1 + 20,000 x $50 = $1.884',
    model: 'claude-opus-4-8',
    tokens: { input: 900, cacheWrite5m: 30_000, cacheRead: 500_000, output: 20_000 },
    facts: { speed: 'fast', geo: 'not_available' },
    nanoUsd: 1_884_000_000,
  },
  {
    sum: 'US residency is 1.1x on every bucket: (1,000 x $5 + 1,000 x $0.50 + 1,000 x $6.25 + 1,000 x $25) x 1.1 = $0.040425',
    model: 'claude-opus-4-8',
    tokens: { input: 1000, cacheRead: 1000, cacheWrite5m: 1000, output: 1000 },
    facts: { geo: 'us' },
    nanoUsd: 40_425_000,
  },
  {
    sum: 'modes stack: batch in the US, 1,000 x $25 x 0.5 x 1.1 = $0.01375',
    model: 'claude-opus-4-8',
    tokens: { output: 1000 },
    facts: { serviceTier: 'batch', geo: 'us' },
    nanoUsd: 13_750_000,
  },
  {
    sum: 'uncached 500 of a prompt of 1,000 at GPT-5.4: 500 x $2.50 + 400 x $0.25 + 100 written at the input rate = $0.0016',
    provider: 'openai',
    model: 'gpt-5.4',
    tokens: { input: 500, cacheRead: 400, cacheWriteUnknown: 100 },
    nanoUsd: 1_600_000,
  },
  {
    sum: 'GPT-5.6 Sol charges writes at 1.25x: 1,000 x $5 (1.25 x $4 since 21 August 2026) = $0.005',
    provider: 'openai',
    model: 'gpt-5.6-sol',
    tokens: { cacheWriteUnknown: 1000 },
    nanoUsd: 5_000_000,
  },
  {
    sum: 'priority GPT-5.5 is $12.50 in, $1.25 cached, $75 out: 1,000 each = $0.08875',
    provider: 'openai',
    model: 'gpt-5.5',
    tokens: { input: 1000, cacheRead: 1000, output: 1000 },
    facts: { serviceTier: 'priority' },
    nanoUsd: 88_750_000,
  },
  {
    sum: 'Gemini 2.5 Flash: 10 candidates and 90 thoughts are 100 x $2.50 = $0.00025',
    provider: 'google',
    model: 'models/gemini-2.5-flash',
    tokens: { output: 100, reasoning: 90 },
    nanoUsd: 250_000,
  },
  {
    sum: 'sub-nano parts are rounded once, at the end: 1 x $0.0028 + 1 x $0.14 + 1 x $0.28 per million = 0.4228 nano each 1,000th -> 423 nano per 1,000',
    provider: 'deepseek',
    model: 'deepseek-v4-flash',
    at: Date.UTC(2026, 5, 1),
    tokens: { cacheRead: 1, input: 1, output: 1 },
    nanoUsd: 423,
  },
];

describe('published prices', () => {
  it.each(goldens)('$sum', ({ provider = 'anthropic', model, tokens, facts = {}, at, nanoUsd }) => {
    expect(costOf(callOf(model, { provider, tokens, facts, ...(at === undefined ? {} : { at }) }))).toBe(
      nanoUsd,
    );
  });

  it('come with one line per bucket that adds up to the cost, and with the version used', () => {
    const result = book.price(
      callOf('claude-opus-4-8', { tokens: { input: 4, cacheWrite1h: 12_000, output: 420 } }),
    );
    expect(result).toEqual({
      state: 'priced',
      costNanoUsd: 130_520_000,
      version: 'genai-prices 0.1.8',
      lines: [
        { bucket: 'input', units: 4, usdPerMillion: '5', costNanoUsd: 20_000 },
        { bucket: 'cacheWrite1h', units: 12_000, usdPerMillion: '10', costNanoUsd: 120_000_000 },
        { bucket: 'output', units: 420, usdPerMillion: '25', costNanoUsd: 10_500_000 },
      ],
    });
  });
});

describe('long context', () => {
  const sonnet = (tokens: Partial<Tokens>, rest: Partial<ReturnType<typeof callOf>> = {}) =>
    costOf(callOf('claude-sonnet-4-5', { ...rest, tokens }));

  it('begins above 200,000 tokens of prompt, cache included, and then holds for the whole request', () => {
    // 200,000 x $0.30 + 100 x $15
    expect(sonnet({ cacheRead: 200_000, output: 100 })).toBe(61_500_000);
    // 200,001 x $0.60 + 100 x $22.50
    expect(sonnet({ cacheRead: 200_001, output: 100 })).toBe(122_250_600);
    // 1 x $6 + 100,000 x $12 + 100,000 x $0.60
    expect(sonnet({ input: 1, cacheWrite1h: 100_000, cacheRead: 100_000 })).toBe(1_260_006_000);
  });

  it('is a matter of one request: a sum of many never reaches it by size', () => {
    expect(sonnet({ cacheRead: 5_000_000 }, { grain: 'day', requests: 900 })).toBe(1_500_000_000);
    expect(sonnet({ cacheRead: 5_000_000 }, { grain: 'hour', requests: 1 })).toBe(1_500_000_000);
    expect(sonnet({ cacheRead: 300_000 }, { requests: 2 })).toBe(90_000_000);
  });

  it('holds for a sum where the vendor says so, and does not where it says not', () => {
    expect(sonnet({ cacheRead: 1000 }, { grain: 'day', requests: 9, facts: { longContext: true } })).toBe(
      600_000,
    );
    expect(sonnet({ cacheRead: 300_000 }, { facts: { longContext: false } })).toBe(90_000_000);
  });

  it('of GPT-5.4 begins at 272,000 and is batched at half of its own rate', () => {
    const gpt = (input: number, facts: PriceFacts = {}) =>
      costOf(callOf('gpt-5.4', { provider: 'openai', tokens: { input }, facts }));
    expect(gpt(271_999)).toBe(679_997_500);
    expect(gpt(272_000)).toBe(1_360_000_000);
    expect(gpt(272_000, { serviceTier: 'batch' })).toBe(680_000_000);
    expect(gpt(272_000, { serviceTier: 'priority' })).toBe(
      'no price is known for input tokens of gpt-5.4 with service tier "priority" at the long-context rate',
    );
  });
});

describe('prices change with time', () => {
  const million = { input: 1_000_000 };

  it('on the date the vendor set, in UTC', () => {
    const luna = (at: number) =>
      costOf(callOf('gpt-5.6-luna', { provider: 'openai', at, grain: 'day', requests: 9, tokens: million }));
    expect(luna(Date.UTC(2026, 6, 29))).toBe(1_000_000_000);
    expect(luna(Date.UTC(2026, 6, 30))).toBe(200_000_000);
  });

  it.each([
    ['Wednesday 02:30 is peak', '2026-11-18T02:30:00Z', 440_000_000],
    ['Wednesday 05:00 is off-peak', '2026-11-18T05:00:00Z', 220_000_000],
    ['Wednesday 10:00 is off-peak: a window excludes its end', '2026-11-18T10:00:00Z', 220_000_000],
    ['Saturday 02:30 is off-peak', '2026-11-21T02:30:00Z', 220_000_000],
    ['the last minute of the flat price', '2026-08-16T15:59:00Z', 140_000_000],
    ['a peak hour before there were peaks', '2026-07-01T02:30:00Z', 140_000_000],
  ])('within the week, DeepSeek: %s', (_name, time, nanoUsd) => {
    expect(
      costOf(callOf('deepseek-v4-flash', { provider: 'deepseek', at: Date.parse(time), tokens: million })),
    ).toBe(nanoUsd);
  });

  it('and a sum over hours of different price has no price, where a weekend has', () => {
    const day = (date: string) =>
      costOf(
        callOf('deepseek-v4-flash', {
          provider: 'deepseek',
          at: Date.parse(date),
          grain: 'day',
          requests: 9,
          tokens: million,
        }),
      );
    expect(day('2026-11-18')).toBe(
      'the price of deepseek-v4-flash changes within the day this record stands for',
    );
    expect(day('2026-11-21')).toBe(220_000_000);
  });

  it('and the version says from when', () => {
    const result = book.price(
      callOf('gpt-5.6-luna', { provider: 'openai', tokens: million, facts: { serviceTier: 'flex' } }),
    );
    expect(result).toMatchObject({ version: 'genai-prices 0.1.8 from 2026-07-30, supplement 2026-11-20' });
  });
});

describe('what is not known is unpriced, never guessed', () => {
  it.each([
    ['a new model next to a known prefix', 'anthropic', 'claude-sonnet-5-5', {}],
    ['a smaller sibling of a prefix', 'google', 'gemini-3.6-flash-lite', {}],
    ['another vendor’s model', 'openai', 'claude-opus-4-8', {}],
    ['an unknown provider', 'acme', 'gpt-5.4', {}],
    ['a provider that merely contains a known name', 'my-openai-proxy', 'gpt-5.4', {}],
    ['a tier without a factor', 'anthropic', 'claude-opus-4-8', { serviceTier: 'priority' }],
    ['a speed without a factor', 'anthropic', 'claude-haiku-4-5', { speed: 'fast' }],
    ['a region without a factor', 'anthropic', 'claude-haiku-4-5', { geo: 'us' }],
    ['a region nobody prices', 'anthropic', 'claude-opus-4-8', { geo: 'eu' }],
    ['searches of a model without search', 'anthropic', 'claude-3-haiku', { webSearches: 1 }],
    ['a model the catalogue lists without a price', 'cerebras', 'qwen-3-coder-480b', {}],
  ])('%s', (_name, provider, model, facts) => {
    expect(book.price(callOf(model, { provider, facts, tokens: { input: 1000 } }))).toMatchObject({
      state: 'unpriced',
    });
  });

  it('also for one bucket of a mode: cached input in a Gemini batch', () => {
    const gemini = (tokens: Partial<Tokens>) =>
      costOf(callOf('gemini-3.5-flash', { provider: 'google', tokens, facts: { serviceTier: 'batch' } }));
    expect(gemini({ input: 1000 })).toBe(750_000);
    expect(gemini({ input: 1000, cacheRead: 1 })).toBe(
      'no price is known for cache reads of gemini-3.5-flash with service tier "batch"',
    );
  });

  it('where no model is named', () => {
    expect(book.price({ ...callOf(''), model: null })).toMatchObject({ state: 'unpriced' });
  });

  it('where the cost could not be held exactly', () => {
    expect(costOf(callOf('claude-opus-4-8', { tokens: { output: Number.MAX_SAFE_INTEGER } }))).toMatch(
      /larger than/,
    );
  });

  it.each(['standard', 'default', 'auto', 'on_demand', 'ON_DEMAND', ' ', 'global', 'not_available'])(
    'but %j is the ordinary way of being served',
    (word) => {
      const facts = { serviceTier: word, speed: word, geo: word };
      expect(costOf(callOf('claude-haiku-4-5', { tokens: { input: 1 }, facts }))).toBe(1000);
    },
  );
});

describe('free is a price, not an absence', () => {
  it.each([
    ['ollama', 'qwen3:8b'],
    ['LMStudio', 'anything'],
    ['openrouter', 'meta-llama/llama-3.3-70b-instruct:free'],
    ['openrouter', 'acme/not-in-the-catalogue:free'],
  ])('%s %s', (provider, model) => {
    expect(
      book.price(callOf(model, { provider, tokens: { input: 10 ** 9, output: 10 ** 9 } })),
    ).toMatchObject({ state: 'free', costNanoUsd: 0 });
  });

  it('a paid model used for nothing is priced at zero', () => {
    expect(book.price(callOf('claude-opus-4-8'))).toMatchObject({
      state: 'priced',
      costNanoUsd: 0,
      lines: [],
    });
  });
});

import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll, summary } from '../testing/vendors/open-provider.ts';
import { deepinfra } from './deepinfra.ts';
import recorded from './fixtures/deepinfra.json' with { type: 'json' };

const usage = 'GET https://api.deepinfra.com/payment/usage';
const model = {
  provider: 'deepseek-ai',
  model_name: 'DeepSeek-V4-Pro',
  task: 'text-generation',
  plan_id: 'p',
};

/** What it answers when a month is asked for: items that reach from the first to the twentieth. */
const wholeMonth = {
  months: [
    {
      period: '2026.11',
      interval: { fr: Date.UTC(2026, 10, 1) / 1000, to: Date.UTC(2026, 11, 1) / 1000 - 1 },
      items: [
        {
          model,
          units: 123456,
          rate: 0.000174,
          cost: 21,
          pricing_type: 'x',
          interval: { fr: Date.UTC(2026, 10, 1) / 1000, to: Date.UTC(2026, 10, 20) / 1000 },
        },
      ],
      total_cost: 21,
      invoice_id: 'NOT_FINAL',
    },
  ],
};

describe('deepinfra', () => {
  it('calls where it answers, with the cost it states', async () => {
    await using opened = await openProvider(deepinfra, recorded);
    on(opened.vendor, 'POST https://api.deepinfra.com/v1/openai/chat/completions', {
      json: chatReply({ estimated_cost: 0.0000123 }),
    });
    const reply = await deepinfra.complete(hello, opened.context);
    expect(reply).toMatchObject({
      text: 'Hello',
      usage: { tokens: chatTokens, cost: { value: '0.0000123', currency: 'USD' } },
    });
    expect(opened.vendor.seen.at(-1)?.headers.authorization).toBe('Bearer not-a-key');
  });

  it('reads each day on its own, in cents, and adds rows that nothing visible tells apart', async () => {
    await using opened = await openProvider(deepinfra, recorded);
    const { vendor, context } = opened;
    on(vendor, usage, ({ url }) => {
      const [fr, to] = ['from', 'to'].map((name) => Number(url.searchParams.get(name)));
      const item = { model, cost: 0.125, pricing_type: 'x', interval: { fr, to } };
      return { json: { months: [{ period: '2026.11', items: [item, item, { ...item, cost: 0 }] }] } };
    });
    const { records, pages } = await readAll(deepinfra, 'costs', november(1, 11), context);
    expect(records).toHaveLength(10);
    expect(summary(records).slice(0, 2)).toEqual([
      '1 deepseek-ai/DeepSeek-V4-Pro 0.0025 USD',
      '2 deepseek-ai/DeepSeek-V4-Pro 0.0025 USD',
    ]);
    // A back-fill that is cut goes on with the eighth day.
    expect(pages).toBe(2);
  });

  it('takes an answer for the whole month as a month, once', async () => {
    await using opened = await openProvider(deepinfra, recorded);
    const { vendor, context } = opened;
    on(vendor, usage, { json: wholeMonth });
    const { records } = await readAll(deepinfra, 'costs', november(10, 30), context);
    expect(records).toMatchObject([
      { at: Date.UTC(2026, 10, 1), grain: 'month', amount: { value: '0.21', currency: 'USD' } },
    ]);
    expect(vendor.seen).toHaveLength(1);
  });

  it('leaves out an item of another day, which that day states itself', async () => {
    await using opened = await openProvider(deepinfra, recorded);
    const [fr, to] = [Date.UTC(2026, 10, 18) / 1000, Date.UTC(2026, 10, 19) / 1000 - 1];
    on(opened.vendor, usage, { json: { months: [{ items: [{ model, cost: 5, interval: { fr, to } }] }] } });
    const { records } = await readAll(deepinfra, 'costs', november(17, 20), opened.context);
    expect(summary(records)).toEqual(['18 deepseek-ai/DeepSeek-V4-Pro 0.05 USD']);
  });

  it('keeps an item without a cost as a problem, not as zero', async () => {
    await using opened = await openProvider(deepinfra, recorded);
    const { vendor, context } = opened;
    on(vendor, usage, { json: { months: [{ items: [{ model, cost: 'soon' }] }] } });
    const { records, problems } = await readAll(deepinfra, 'costs', november(10, 11), context);
    expect([records, problems.map(({ reason }) => reason)]).toEqual([[], ['the item has no cost']]);
  });

  it('shows prepaid credit, which Stripe keeps as a negative debt, less what is not yet invoiced', async () => {
    await using opened = await openProvider(deepinfra, recorded);
    const { vendor, context } = opened;
    expect((await deepinfra.balance(context))[0]?.available).toEqual({ value: '3.8', currency: 'USD' });
    on(vendor, 'GET https://api.deepinfra.com/payment/checklist', {
      json: { stripe_balance: 2.5, recent: 0 },
    });
    expect(await deepinfra.balance(context)).toMatchObject([
      {
        available: { value: '-2.5' },
        parts: [{ label: 'Owed', amount: { value: '-2.5' } }, { amount: { value: '0' } }],
      },
    ]);
  });

  it('lists prices per million, and none where none are stated', async () => {
    await using opened = await openProvider(deepinfra, recorded);
    const { context } = opened;
    expect(await deepinfra.models(context)).toMatchObject([
      {
        price: { input: '0.66', output: '1.98', cacheRead: '0.022' },
        contextTokens: 163840,
        maxOutputTokens: 16384,
      },
      { kind: 'embedding', price: { input: '0.01' } },
      { kind: 'image', price: null },
    ]);
  });

  it('tells a key that may call but not read the bill', async () => {
    await using opened = await openProvider(deepinfra, recorded);
    const { vendor, context } = opened;
    on(vendor, 'GET https://api.deepinfra.com/payment/checklist', {
      status: 403,
      json: { detail: 'no billing' },
    });
    expect(
      (await deepinfra.validate(context)).map(({ capability, state }) => `${capability} ${state}`),
    ).toEqual(['calls ok', 'models ok', 'costs failed', 'balance failed']);
  });
});

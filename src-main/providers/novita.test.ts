import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll, summary } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/novita.json' with { type: 'json' };
import { novita } from './novita.ts';

const bill = 'GET https://api.novita.ai/openapi/v1/billing/bill/list';

describe('novita', () => {
  it('calls where it answers, with its key', async () => {
    await using opened = await openProvider(novita, recorded);
    on(opened.vendor, 'POST https://api.novita.ai/openai/v1/chat/completions', { json: chatReply() });
    const reply = await novita.complete(hello, opened.context);
    expect(reply).toMatchObject({ text: 'Hello', usage: { tokens: chatTokens } });
    expect(opened.vendor.seen.at(-1)?.headers.authorization).toBe('Bearer not-a-key');
  });

  it('reads balances in 1/10,000 USD, and what is owed as money that is missing', async () => {
    await using opened = await openProvider(novita, recorded);
    const { context } = opened;
    expect(await novita.balance(context)).toEqual([
      {
        available: { value: '2.5', currency: 'USD' },
        parts: [
          { label: 'Cash', amount: { value: '3', currency: 'USD' } },
          { label: 'Pending charges', amount: { value: '-0.5', currency: 'USD' } },
        ],
      },
    ]);
  });

  it('lists prices in USD per million', async () => {
    await using opened = await openProvider(novita, recorded);
    const { context } = opened;
    expect(await novita.models(context)).toMatchObject([
      { id: 'deepseek/deepseek-v4', price: { input: '0.57', output: '2.3' }, contextTokens: 163840 },
      { id: 'baai/bge-m3', kind: 'embedding', price: { input: '0.01', output: '0' } },
    ]);
  });

  it('takes rows with an amount it knows, and shows the others as they came', async () => {
    await using opened = await openProvider(novita, recorded);
    const { context } = opened;
    const { records, problems } = await readAll(novita, 'costs', november(17, 20), context);
    expect(summary(records)).toEqual([
      '18 deepseek/deepseek-v4 1.2345 USD',
      '19 deepseek/deepseek-v4 0.5 USD',
    ]);
    expect(problems).toMatchObject([{ reason: 'the row has no payAmountDisplay' }]);
    expect(problems[0]?.raw).toContain('mystery');
  });

  it.each([
    ['a bare list', [{ startTime: '2026-11-18', payAmountDisplay: 1 }]],
    [
      'a list one level down',
      { data: { bills: [{ startTime: '2026-11-18 00:00:00', payAmountDisplay: 1 }] } },
    ],
  ])('finds the rows in %s', async (_name, json) => {
    await using opened = await openProvider(novita, recorded);
    const { vendor, context } = opened;
    on(vendor, bill, { json });
    expect(summary((await readAll(novita, 'costs', november(17, 20), context)).records)).toEqual([
      '18 - 1 USD',
    ]);
  });

  it('takes an empty answer as no spend, and one without a list as unreadable', async () => {
    await using opened = await openProvider(novita, recorded);
    const { vendor, context } = opened;
    on(vendor, bill, { json: { data: null, total: 0 } });
    expect((await readAll(novita, 'costs', november(17, 20), context)).records).toEqual([]);
    on(vendor, bill, { json: { message: 'hello' } });
    await expect(readAll(novita, 'costs', november(17, 20), context)).rejects.toMatchObject({
      code: 'BAD_RESPONSE',
    });
  });

  it('says when rows are missing from the answer', async () => {
    await using opened = await openProvider(novita, recorded);
    const { vendor, context } = opened;
    on(vendor, bill, { json: { data: [], total: 120 } });
    expect((await readAll(novita, 'costs', november(17, 20), context)).problems).toMatchObject([
      { reason: 'Novita sent 0 of 120 rows: these days are too low' },
    ]);
  });
});

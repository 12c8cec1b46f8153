import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { openProvider } from '../testing/vendors/open-provider.ts';
import { deepseek } from './deepseek.ts';
import recorded from './fixtures/deepseek.json' with { type: 'json' };

describe('deepseek', () => {
  it('calls where it answers, with its key', async () => {
    await using opened = await openProvider(deepseek, recorded);
    on(opened.vendor, 'POST https://api.deepseek.com/chat/completions', { json: chatReply() });
    const reply = await deepseek.complete(hello, opened.context);
    expect(reply).toMatchObject({ text: 'Hello', usage: { tokens: chatTokens } });
    expect(opened.vendor.seen.at(-1)?.headers.authorization).toBe('Bearer not-a-key');
  });

  it('keeps the currencies of a balance apart, and granted money from topped-up', async () => {
    await using opened = await openProvider(deepseek, recorded);
    const { context } = opened;
    expect(await deepseek.balance(context)).toEqual([
      {
        available: { value: '41.2', currency: 'USD' },
        parts: [
          { label: 'Granted', amount: { value: '1.2', currency: 'USD' } },
          { label: 'Topped up', amount: { value: '40', currency: 'USD' } },
        ],
      },
      {
        available: { value: '0.1', currency: 'CNY' },
        parts: [
          { label: 'Granted', amount: { value: '0', currency: 'CNY' } },
          { label: 'Topped up', amount: { value: '0.1', currency: 'CNY' } },
        ],
      },
    ]);
  });

  it('says that a good key with an empty balance cannot call', async () => {
    await using opened = await openProvider(deepseek, recorded);
    const { vendor, context } = opened;
    on(vendor, 'GET https://api.deepseek.com/user/balance', {
      json: { is_available: false, balance_infos: [] },
    });
    expect(
      (await deepseek.validate(context)).map(({ capability, state }) => `${capability} ${state}`),
    ).toEqual(['calls failed', 'models ok', 'balance ok']);
  });

  it('refuses a balance that is no amount instead of showing zero', async () => {
    await using opened = await openProvider(deepseek, recorded);
    const { vendor, context } = opened;
    on(vendor, 'GET https://api.deepseek.com/user/balance', {
      json: { balance_infos: [{ currency: 'USD', total_balance: 'n/a' }] },
    });
    await expect(deepseek.balance(context)).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
  });

  it('lists models without inventing prices', async () => {
    await using opened = await openProvider(deepseek, recorded);
    const { context } = opened;
    expect(await deepseek.models(context)).toMatchObject([
      { id: 'deepseek-flash', kind: 'chat', price: null },
      { id: 'deepseek-v4-pro', price: null },
    ]);
  });
});

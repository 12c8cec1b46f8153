import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll, summary } from '../testing/vendors/open-provider.ts';
import { fireworks } from './fireworks.ts';
import recorded from './fixtures/fireworks.json' with { type: 'json' };

const bill = 'GET https://api.fireworks.ai/v1/accounts/acme/billing/summary';

describe('fireworks', () => {
  it('calls where it answers, with its key', async () => {
    await using opened = await openProvider(fireworks, recorded);
    on(opened.vendor, 'POST https://api.fireworks.ai/inference/v1/chat/completions', { json: chatReply() });
    const reply = await fireworks.complete(hello, opened.context);
    expect(reply).toMatchObject({ text: 'Hello', usage: { tokens: chatTokens } });
    expect(opened.vendor.seen.at(-1)?.headers.authorization).toBe('Bearer not-a-key');
  });

  it('adds units and nanos, and finds the account by the key', async () => {
    await using opened = await openProvider(fireworks, recorded);
    const { vendor, context } = opened;
    const { records } = await readAll(fireworks, 'costs', november(17, 20), context);
    expect(summary(records)).toEqual(['18 kimi-k3 12.34 USD', '18 - 9 USD']);
    const asked = vendor.seen.at(-1)?.url.searchParams;
    expect([asked?.get('startTime'), asked?.get('endTime')]).toEqual([
      '2026-11-17T00:00:00Z',
      '2026-11-20T00:00:00Z',
    ]);
  });

  it('asks day by day where the days are not told apart, so that no day gets the sum of all', async () => {
    await using opened = await openProvider(fireworks, recorded);
    const { vendor, context } = opened;
    on(vendor, bill, ({ url }) => {
      const days =
        Date.parse(url.searchParams.get('endTime') ?? '') -
        Date.parse(url.searchParams.get('startTime') ?? '');
      const units = String(days / 86_400_000);
      return {
        json: {
          lineItems: [{ category: 'Serverless', totalCost: { currencyCode: 'USD', units, nanos: 0 } }],
        },
      };
    });
    const { records } = await readAll(fireworks, 'costs', november(11, 20), context);
    expect(summary(records)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19].map((day) => `${day} - 1 USD`));
  });

  it('reads tokens and nano-USD past the safe integers, by model and key', async () => {
    await using opened = await openProvider(fireworks, recorded);
    const { context } = opened;
    const { records } = await readAll(fireworks, 'usage', november(17, 20), context);
    expect(summary(records)).toEqual(['18 kimi-k3 0.00000042 USD', '18 kimi-k3 9007199.254740993 USD']);
    expect(records.map(({ tokens, extras }) => [tokens.input, tokens.output, extras?.apiKey])).toEqual([
      [1000, 20, 'laptop'],
      [5, 1, 'server'],
    ]);
  });

  it('ranks the bill above the usage, which leaves deployments out', () => {
    expect(fireworks.costs.map(({ id, evidence }) => `${id} ${evidence}`)).toEqual([
      'costs billed',
      'usage recorded',
    ]);
  });

  it('uses the stated account, and says when the key reaches none', async () => {
    await using stated = await openProvider(fireworks, recorded, { fields: { accountId: 'accounts/acme' } });
    expect((await fireworks.validate(stated.context))[0]?.message).toBe(
      'Fireworks accepts the key, of account acme.',
    );
    await using opened = await openProvider(fireworks, recorded);
    const { vendor, context } = opened;
    on(vendor, 'GET https://api.fireworks.ai/v1/accounts', { json: { accounts: [] } });
    await expect(fireworks.validate(context)).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
  });
});

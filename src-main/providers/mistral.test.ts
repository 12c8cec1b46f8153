import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll, summary } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/mistral.json' with { type: 'json' };
import { mistral } from './mistral.ts';

const secrets = { apiKey: 'not-a-key', adminKey: 'not-an-admin-key' };
const usage = 'GET https://api.mistral.ai/v1/admin/usage';

describe('mistral', () => {
  it('calls where it answers, with its key', async () => {
    await using opened = await openProvider(mistral, recorded);
    on(opened.vendor, 'POST https://api.mistral.ai/v1/chat/completions', { json: chatReply() });
    const reply = await mistral.complete(hello, opened.context);
    expect(reply).toMatchObject({ text: 'Hello', usage: { tokens: chatTokens } });
    expect(opened.vendor.seen.at(-1)?.headers.authorization).toBe('Bearer not-a-key');
  });

  it('multiplies paid units with the stated price, exactly, in the currency of the account', async () => {
    await using opened = await openProvider(mistral, recorded, { secrets });
    const { context } = opened;
    const { records, problems } = await readAll(mistral, 'usage', november(17, 20), context);
    expect(summary(records)).toEqual([
      '18 mistral-large-2611 0.17 EUR',
      '18 mistral-large-2611 0.00017 EUR',
      '18 mistral-large-2611 0.0153 EUR',
    ]);
    expect(records.map(({ tokens }) => [tokens.input, tokens.cacheRead, tokens.output])).toEqual([
      [120_000, 0, 0],
      [0, 1000, 0],
      [0, 0, 3000],
    ]);
    // Pages have no price in this answer: that is a problem, not a free page.
    expect(problems.map(({ reason }) => reason)).toEqual(['no price is stated for mistral-ocr pages']);
  });

  it('asks for each month of a window that spans two', async () => {
    await using opened = await openProvider(mistral, recorded, { secrets });
    const { vendor, context } = opened;
    on(vendor, usage, { json: { currency: 'EUR', prices: [] } });
    const window = { from: Date.UTC(2026, 9, 20), to: Date.UTC(2026, 10, 20), cursor: null };
    expect((await readAll(mistral, 'usage', window, context)).pages).toBe(2);
    expect(vendor.seen.map(({ url }) => url.search)).toEqual(['?month=10&year=2026', '?month=11&year=2026']);
  });

  it('keeps tokens without a price as recorded usage, and takes no price where two fit', async () => {
    await using opened = await openProvider(mistral, recorded, { secrets });
    const { vendor, context } = opened;
    const price = { billing_metric: 'm', billing_group: 'input' };
    const entry = { ...price, event_type: 'api_tokens', timestamp: '2026-11-18', value: 10 };
    on(vendor, usage, {
      json: {
        currency: 'USD',
        completion: { models: { m: { input: [entry] } } },
        prices: [
          { ...price, price: '1' },
          { ...price, price: '2' },
        ],
      },
    });
    const { records } = await readAll(mistral, 'usage', november(17, 20), context);
    expect(records).toMatchObject([{ model: 'm', evidence: 'recorded', tokens: { input: 10 } }]);
    expect(records[0]).not.toHaveProperty('amount');
  });

  it('tries the key as a Bearer where x-api-key is not taken', async () => {
    await using opened = await openProvider(mistral, recorded, { secrets });
    const { vendor, context } = opened;
    on(vendor, usage, ({ headers }) =>
      headers['x-api-key'] === undefined
        ? { json: { currency: 'EUR' } }
        : { status: 401, json: { detail: 'Unauthorized' } },
    );
    expect((await readAll(mistral, 'usage', november(17, 20), context)).records).toEqual([]);
    expect(vendor.seen.at(-1)?.headers.authorization).toBe(`Bearer ${secrets.adminKey}`);
  });

  it('says that the admin API is not part of the plan', async () => {
    await using opened = await openProvider(mistral, recorded, { secrets });
    const { vendor, context } = opened;
    on(vendor, usage, { status: 404, json: { message: 'no Route matched' } });
    await expect(readAll(mistral, 'usage', november(17, 20), context)).rejects.toMatchObject({
      code: 'NOT_ENABLED',
    });
    expect(await mistral.validate(context)).toMatchObject([
      { state: 'ok' },
      { state: 'ok' },
      { capability: 'costs', state: 'failed' },
    ]);
  });

  it('knows when a model is retired', async () => {
    await using opened = await openProvider(mistral, recorded);
    const { context } = opened;
    expect(await mistral.models(context)).toMatchObject([
      { id: 'mistral-large-2611', contextTokens: 262144, retiresAt: Date.UTC(2027, 4, 1), kind: 'chat' },
      { id: 'mistral-embed', kind: 'embedding', retiresAt: null },
    ]);
  });
});

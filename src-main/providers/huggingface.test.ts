import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll, summary } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/huggingface.json' with { type: 'json' };
import { huggingface } from './huggingface.ts';

const usage = 'GET https://huggingface.co/api/settings/billing/usage-v2';

describe('huggingface', () => {
  it('calls with the organisation that pays', async () => {
    await using opened = await openProvider(huggingface, recorded, {
      fields: { billTo: 'acme' },
      secrets: { apiKey: 'not-a-key' },
    });
    on(opened.vendor, 'POST https://router.huggingface.co/v1/chat/completions', { json: chatReply() });
    const reply = await huggingface.complete(hello, opened.context);
    expect(reply).toMatchObject({ text: 'Hello', usage: { tokens: chatTokens } });
    expect(opened.vendor.seen.at(-1)?.headers['x-hf-bill-to']).toBe('acme');
  });

  it('charges what was used less what is included, and never less than nothing', async () => {
    await using opened = await openProvider(huggingface, recorded);
    const { vendor, context } = opened;
    const day = await readAll(huggingface, 'costs', november(18, 19), context);
    expect(summary(day.records)).toEqual(['18 - 2.5 USD', '18 - -2 USD credit']);
    on(vendor, usage, {
      json: { usage: { inferenceProviders: { usedNanoUsd: '5', includedNanoUsd: 2e9 } } },
    });
    const covered = await readAll(huggingface, 'costs', november(18, 19), context);
    expect(summary(covered.records)).toEqual(['18 - 0.000000005 USD', '18 - -0.000000005 USD credit']);
  });

  it('asks each UTC day on its own in UNIX seconds, and writes nothing for empty ones', async () => {
    await using opened = await openProvider(huggingface, recorded);
    const { vendor, context } = opened;
    on(vendor, usage, { json: { usage: { inferenceProviders: {} } } });
    const { records } = await readAll(huggingface, 'costs', november(18, 20), context);
    expect(records).toEqual([]);
    expect(vendor.seen.map(({ url }) => url.search)).toEqual([
      `?startDate=${Date.UTC(2026, 10, 18) / 1000}&endDate=${Date.UTC(2026, 10, 19) / 1000}`,
      `?startDate=${Date.UTC(2026, 10, 19) / 1000}&endDate=${Date.UTC(2026, 10, 20) / 1000}`,
    ]);
  });

  it('prices a model by its provider, and leaves the price open where providers differ', async () => {
    await using opened = await openProvider(huggingface, recorded);
    const { context } = opened;
    expect((await huggingface.models(context)).map(({ id, price }) => [id, price])).toEqual([
      [
        'openai/gpt-oss-120b',
        { note: 'Depends on the provider: input $0.15 to $0.15, output $0.6 to $0.75 per million tokens.' },
      ],
      ['openai/gpt-oss-120b:groq', { input: '0.15', output: '0.6' }],
      ['openai/gpt-oss-120b:together', { input: '0.15', output: '0.75' }],
      ['acme/one', { input: '0.1', output: '0.2' }],
      ['acme/one:novita', { input: '0.1', output: '0.2' }],
      ['acme/free', { input: '0', output: '0' }],
      ['acme/free:x', { input: '0', output: '0' }],
    ]);
  });

  it('tells a token that may call from one that may read the billing', async () => {
    await using opened = await openProvider(huggingface, recorded);
    const { vendor, context } = opened;
    on(vendor, usage, { status: 403, json: { error: 'missing billing.read' } });
    expect((await huggingface.validate(context)).map(({ state }) => state)).toEqual(['ok', 'ok', 'failed']);
  });
});

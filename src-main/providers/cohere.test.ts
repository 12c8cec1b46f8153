import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { hello } from '../testing/vendors/chat.ts';
import { openProvider } from '../testing/vendors/open-provider.ts';
import { cohere } from './cohere.ts';
import recorded from './fixtures/cohere.json' with { type: 'json' };

describe('cohere', () => {
  it('prices billed units, and knows that a trial key costs nothing', async () => {
    const message = {
      id: 'c1',
      finish_reason: 'COMPLETE',
      message: { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] },
      usage: {
        billed_units: { input_tokens: 119, output_tokens: 44 },
        tokens: { input_tokens: 1549, output_tokens: 95 },
      },
    };
    for (const keyKind of ['trial', 'production']) {
      await using opened = await openProvider(cohere, recorded, {
        fields: { keyKind },
        secrets: { apiKey: 'not-a-key' },
      });
      on(opened.vendor, 'POST https://api.cohere.com/v2/chat', { json: message });
      const { usage } = await cohere.complete(hello, opened.context);
      expect(usage?.tokens).toMatchObject({ input: 119, output: 44 });
      expect(usage?.cost).toEqual(keyKind === 'trial' ? { value: '0', currency: 'USD' } : undefined);
    }
  });

  it('believes what Cohere says of the key, though it says so with 200', async () => {
    await using opened = await openProvider(cohere, recorded);
    const { vendor, context } = opened;
    expect((await cohere.validate(context))[0]?.state).toBe('ok');
    on(vendor, 'POST https://api.cohere.com/v1/check-api-key', { json: { valid: false } });
    expect((await cohere.validate(context))[0]?.state).toBe('failed');
  });

  it('lists models page by page with their kinds, deprecated ones left out', async () => {
    await using opened = await openProvider(cohere, recorded);
    const { vendor, context } = opened;
    const list = recorded['GET https://api.cohere.com/v1/models'];
    on(vendor, 'GET https://api.cohere.com/v1/models', ({ url }) =>
      url.searchParams.has('page_token')
        ? { json: { models: [{ name: 'aya-expanse', endpoints: ['chat'] }], next_page_token: '' } }
        : { json: { ...list, next_page_token: 'two' } },
    );
    expect((await cohere.models(context)).map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'command-a-03-2026 chat',
      'embed-v4.0 embedding',
      'rerank-v4 rerank',
      'aya-expanse chat',
    ]);
  });
});

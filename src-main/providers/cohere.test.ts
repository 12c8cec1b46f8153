import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { openProvider } from '../testing/vendors/open-provider.ts';
import { cohere } from './cohere.ts';
import recorded from './fixtures/cohere.json' with { type: 'json' };

describe('cohere', () => {
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

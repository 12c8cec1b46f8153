import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { openProvider } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/perplexity.json' with { type: 'json' };
import { perplexity } from './perplexity.ts';

const check = 'GET https://api.perplexity.ai/async/chat/completions';

describe('perplexity', () => {
  it('takes the whole cost of a call, with the fee of the request, from the reply', async () => {
    await using opened = await openProvider(perplexity, recorded);
    on(opened.vendor, 'POST https://api.perplexity.ai/chat/completions', {
      json: chatReply({ cost: { input_tokens_cost: 0.0001, request_cost: 0.005, total_cost: 0.0051 } }),
    });
    const reply = await perplexity.complete(hello, opened.context);
    expect(reply).toMatchObject({
      text: 'Hello',
      usage: { tokens: chatTokens, cost: { value: '0.0051', currency: 'USD' } },
    });
    expect(opened.vendor.seen.at(-1)?.headers.authorization).toBe('Bearer not-a-key');
  });

  it('says ok, refused or not known, and never guesses from an address that is not there', async () => {
    await using opened = await openProvider(perplexity, recorded);
    const { vendor, context } = opened;
    const state = async () => (await perplexity.validate(context))[0]?.state;
    expect(await state()).toBe('ok');
    on(vendor, check, { status: 401, json: { error: { message: 'Invalid API key' } } });
    expect(await state()).toBe('failed');
    on(vendor, check, { status: 404, json: {} });
    expect(await state()).toBe('unknown');
    on(vendor, check, { status: 405, text: '' });
    expect(await state()).toBe('unknown');
    on(vendor, check, { status: 503, json: {} });
    await expect(perplexity.validate(context)).rejects.toMatchObject({ code: 'OVERLOADED' });
  });
});

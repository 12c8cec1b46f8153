import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { openProvider } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/perplexity.json' with { type: 'json' };
import { perplexity } from './perplexity.ts';

const check = 'GET https://api.perplexity.ai/async/chat/completions';

describe('perplexity', () => {
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

import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/replicate.json' with { type: 'json' };
import { replicate } from './replicate.ts';

const model = 'meta/llama-4-maverick-instruct';
describe('replicate', () => {
  it('keeps finished runs of the window, with tokens where there are any and never a guessed price', async () => {
    await using opened = await openProvider(replicate, recorded);
    const { records } = await readAll(replicate, 'predictions', november(17, 20), opened.context);
    expect(records).toMatchObject([
      { key: 'p2', model, tokens: { input: 120, output: 30 }, extras: { predictSeconds: '1.25' } },
      { key: 'p1', model: 'black-forest-labs/flux-2', status: 'error', tokens: { input: 0, output: 0 } },
    ]);
    expect(records.some((record) => 'amount' in record)).toBe(false);
  });

  it('follows the pages up to the window, also where the range is ignored', async () => {
    await using opened = await openProvider(replicate, recorded);
    const row = (day: number) => ({
      id: `d${day}`,
      status: 'succeeded',
      created_at: `2026-11-${day}T10:00:00Z`,
      completed_at: `2026-11-${day}T10:00:01Z`,
    });
    on(opened.vendor, 'GET https://api.replicate.com/v1/predictions', ({ url }) => {
      const day = Number(url.searchParams.get('cursor') ?? 19);
      return {
        json: { results: [row(day)], next: `https://api.replicate.com/v1/predictions?cursor=${day - 1}` },
      };
    });
    const { records } = await readAll(replicate, 'predictions', november(17, 19), opened.context);
    expect(records.map(({ key }) => key)).toEqual(['d18', 'd17']);
  });

  it('does not follow a next page to another host, which would get the token', async () => {
    await using opened = await openProvider(replicate, recorded);
    on(opened.vendor, 'GET https://api.replicate.com/v1/models', {
      json: { results: [], next: 'https://evil.example/' },
    });
    await expect(replicate.models(opened.context)).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
  });

  it('tells models that talk from the others', async () => {
    await using opened = await openProvider(replicate, recorded);
    expect((await replicate.models(opened.context)).map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      `${model} chat`,
      'black-forest-labs/flux-2 image',
      'someone/upscaler other',
    ]);
  });

  it('calls a model at its address, with the token', async () => {
    await using opened = await openProvider(replicate, recorded);
    const reply = await replicate.complete({ ...hello, model }, opened.context);
    expect(reply).toMatchObject({
      text: 'Hello',
      vendorCallId: 'p9',
      usage: { tokens: { input: 12, output: 2 } },
    });
    expect(opened.vendor.seen[0]?.headers.authorization).toBe('Bearer not-a-key');
  });

  it('names whose token it is', async () => {
    await using opened = await openProvider(replicate, recorded);
    expect((await replicate.validate(opened.context))[0]?.message).toBe(
      'Replicate accepts the token of someone.',
    );
  });
});

import '../testing/property-seed.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamPart } from '../platform/provider.ts';
import { noTokens } from '../platform/record.ts';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { openProvider } from '../testing/vendors/open-provider.ts';
import { costOf } from './custom/price.ts';
import { custom } from './custom.ts';
import recorded from './fixtures/custom.json' with { type: 'json' };

const { baseUrl } = recorded.context;
const open = (more: object = {}) => openProvider(custom, recorded, { baseUrl, secrets: {}, ...more });
const usage = { tokens: { ...noTokens, input: 1000, cacheRead: 500, output: 200 } };

describe('a server of one’s own', () => {
  it('is found, without a key where it asks for none', async () => {
    await using opened = await open();
    expect(await custom.validate(opened.context)).toMatchObject([
      { state: 'ok', message: /has 2 models/ },
      { state: 'ok' },
    ]);
    expect(opened.vendor.seen[0]?.headers.authorization).toBeUndefined();
    expect(
      (await custom.models(opened.context)).map(({ contextTokens, price }) => [contextTokens, price?.input]),
    ).toEqual([
      [40_960, '0'],
      [131_072, '0'],
    ]);
  });

  it('that answers under /v1 is said to do so; one without a list may take calls all the same', async () => {
    await using opened = await open({ baseUrl: 'https://models.acme.example' });
    expect(await custom.validate(opened.context)).toMatchObject([
      { state: 'failed', message: /set the base URL to https:\/\/models\.acme\.example\/v1/ },
      { state: 'failed' },
    ]);
    on(opened.vendor, `GET ${baseUrl}/models`, { text: '<html>' });
    expect((await custom.validate(opened.context)).map(({ state }) => state)).toEqual(['unknown', 'unknown']);
  });

  it('that wants a key says so', async () => {
    await using opened = await open();
    on(opened.vendor, `GET ${baseUrl}/models`, { status: 401 });
    expect((await custom.validate(opened.context)).map(({ state }) => state)).toEqual(['failed', 'failed']);
  });

  it('is called with the header the user added, and costs nothing unless told otherwise', async () => {
    await using opened = await open({
      fields: { headerName: 'X-Team' },
      secrets: { headerSecret: 'not-a-secret' },
    });
    on(opened.vendor, `POST ${baseUrl}/chat/completions`, { json: chatReply() });
    const reply = await custom.complete(hello, opened.context);
    expect(reply.usage).toMatchObject({ tokens: chatTokens, cost: { value: '0', currency: 'USD' } });
    expect(opened.vendor.seen[0]?.headers).toMatchObject({ 'x-team': 'not-a-secret' });
  });

  it('that does not know of usage in streams is asked again without it', async () => {
    await using opened = await open();
    on(opened.vendor, `POST ${baseUrl}/chat/completions`, ({ body }) =>
      body.includes('stream_options')
        ? { status: 400, json: { error: { message: 'Unknown parameter: stream_options' } } }
        : {
            headers: { 'content-type': 'text/event-stream' },
            chunks: [
              `data: ${JSON.stringify({ id: 'c1', choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] })}\n\n`,
              'data: [DONE]\n\n',
            ],
          },
    );
    const parts: StreamPart[] = [];
    for await (const part of custom.stream(hello, opened.context)) parts.push(part);
    expect(parts.at(-1)).toMatchObject({ kind: 'end', reply: { text: 'Hi', usage: null } });
  });

  it('may speak like Anthropic', async () => {
    await using opened = await open({ fields: { wire: 'anthropic' } });
    on(opened.vendor, `POST ${baseUrl}/messages`, {
      json: {
        ...{ id: 'msg_1', type: 'message', role: 'assistant', model: 'm', stop_reason: 'end_turn' },
        ...{ content: [{ type: 'text', text: 'Hello' }], usage: { input_tokens: 3, output_tokens: 2 } },
      },
    });
    expect(await custom.complete(hello, opened.context)).toMatchObject({
      text: 'Hello',
      usage: { tokens: { input: 3, output: 2 } },
    });
    expect(opened.vendor.seen[0]?.headers).not.toHaveProperty('x-api-key');
  });
});

describe('what it costs', () => {
  it('by token', () => {
    const fields = { priceMode: 'token', inputPrice: '0.3', outputPrice: '1.2' };
    expect(costOf(fields, usage, 0)?.value).toBe('0.00069');
    expect(costOf({ ...fields, cacheReadPrice: '0' }, usage, 0)?.value).toBe('0.00054');
    expect(costOf({ priceMode: 'token', inputPrice: '0.3' }, usage, 0)).toBeNull();
  });

  it('also where a call told nothing of its use, unless that hangs on how long the machine was at work', () => {
    const tokens = { ...noTokens, input: 2_000, output: 1_000 };
    const own = (fields: Record<string, string>) => custom.ownCost(tokens, { fields })?.value;
    expect(own({})).toBe('0');
    expect(own({ priceMode: 'token', inputPrice: '1', outputPrice: '2' })).toBe('0.004');
    expect(own({ priceMode: 'electricity', watts: '300', usdPerKwh: '0.40' })).toBeUndefined();
  });

  it('by electricity: 300 W for 12 s at 0.40 USD are 0.0004 USD', () => {
    const fields = { priceMode: 'electricity', watts: '300', usdPerKwh: '0.40' };
    expect(costOf(fields, usage, 12_000)?.value).toBe('0.0004');
    expect(costOf({ priceMode: 'electricity', watts: '300' }, usage, 12_000)).toBeNull();
  });

  it('always grows with use, and is never more than a trillionth off', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(5000), fc.nat(1000), (ms, watts, cents) => {
        const fields = { priceMode: 'electricity', watts: `${watts}`, usdPerKwh: (cents / 100).toFixed(2) };
        const cost = Number(costOf(fields, usage, ms)?.value);
        expect(cost).toBeCloseTo((ms * watts * cents) / 3.6e11, 9);
        expect(Number(costOf(fields, usage, ms + 60_000)?.value)).toBeGreaterThanOrEqual(cost);
      }),
    );
  });
});

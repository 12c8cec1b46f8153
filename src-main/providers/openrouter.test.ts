import { describe, expect, it } from 'vitest';
import { toNanoUsd } from '../platform/money.ts';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll } from '../testing/vendors/open-provider.ts';
import { startOfDay } from './dialects/days.ts';
import recorded from './fixtures/openrouter.json' with { type: 'json' };
import { openrouter } from './openrouter.ts';

const secrets = { managementKey: 'not-a-management-key' };
const base = 'https://openrouter.ai/api/v1';
const open = (more: object = {}) => openProvider(openrouter, recorded, { secrets, ...more });

describe('OpenRouter', () => {
  it('reads days as dollars, one record for each endpoint, and leaves out what others bill', async () => {
    await using opened = await open();
    const { records } = await readAll(openrouter, 'activity', november(17, 20), opened.context);
    expect(records.map(({ amount }) => toNanoUsd(amount?.value ?? ''))).toEqual([15_000_000, 100]);
    expect(records[0]).toMatchObject({ requests: 5, tokens: { input: 5012, output: 1250, reasoning: 250 } });
    expect(records[1]).toMatchObject({ requests: 1, extras: { byokUsd: '0.4', servedBy: 'Azure' } });
    expect(new Set(records.map(({ key }) => key)).size).toBe(2);
  });

  it('reaches to the end of yesterday, whatever the time of day', async () => {
    await using opened = await open();
    const { asOf } = await readAll(openrouter, 'activity', november(17, 20), opened.context);
    expect(asOf).toBe(startOfDay(opened.context.clock.now()));
  });

  it('keeps money that was paid to another vendor out of the amount', async () => {
    await using opened = await open();
    const { records } = await readAll(openrouter, 'activity', november(17, 20), opened.context);
    expect(records[1]?.amount?.value).toBe('0.0000001');
  });

  it('states what is left of the credit', async () => {
    await using opened = await open();
    expect(await openrouter.balance(opened.context)).toMatchObject([
      { available: { value: '74.75', currency: 'USD' } },
    ]);
  });

  it('prices models by the million, with what the prices leave open', async () => {
    await using opened = await open();
    const [gpt, auto, free, night] = await openrouter.models(opened.context);
    expect(gpt).toMatchObject({ contextTokens: 400_000, maxOutputTokens: 128_000, kind: 'chat' });
    expect(gpt?.price).toEqual({
      ...{ input: '2.5', output: '10', cacheRead: '0.25', cacheWrite5m: '3.125' },
      note: 'prompts over 272,000 tokens: $5 in, $15 out per million; $0.003613 for an image in; $0.01 for a web search',
    });
    expect(auto?.price).toBeNull();
    expect(free).toMatchObject({
      price: { input: '0', output: '0' },
      kind: 'image',
      retiresAt: Date.UTC(2027, 0, 1),
    });
    expect(night?.price).toMatchObject({
      input: '0.75',
      output: '1.5',
      note: '01:00 to 09:30 UTC: $0.5 in per million',
    });
    expect(opened.vendor.seen[0]?.headers.authorization).toBeUndefined();
  });

  it('tells the two kinds of keys apart, which look alike', async () => {
    await using opened = await open({
      secrets: { apiKey: 'not-a-key', managementKey: 'not-a-management-key' },
    });
    const states = async () =>
      (await openrouter.validate(opened.context)).map(({ capability, state }) => `${capability} ${state}`);
    expect(await states()).toEqual(['calls failed', 'costs ok', 'balance ok']);
    on(opened.vendor, `GET ${base}/key`, {
      json: { data: { label: 'x', limit_remaining: 4.5, is_management_key: false } },
    });
    expect(await states()).toEqual(['calls ok', 'costs failed', 'balance failed']);
  });

  it('takes what a call cost from the reply', async () => {
    await using opened = await open({ secrets: { apiKey: 'not-a-key' } });
    const reply = chatReply();
    on(opened.vendor, `POST ${base}/chat/completions`, {
      json: {
        ...reply,
        id: 'gen-1',
        provider: 'OpenAI',
        usage: { ...fieldsOf(reply.usage), cost: 0.00014, is_byok: false },
      },
    });
    const { usage, vendorCallId } = await openrouter.complete(hello, opened.context);
    expect(vendorCallId).toBe('gen-1');
    expect(usage).toMatchObject({ tokens: chatTokens, cost: { value: '0.00014', currency: 'USD' } });
  });
});

const fieldsOf = (value: unknown) => value as Readonly<Record<string, unknown>>;

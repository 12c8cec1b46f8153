import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll, summary } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/portkey.json' with { type: 'json' };
import { portkey } from './portkey.ts';

const cost = 'GET https://api.portkey.ai/v1/analytics/graphs/cost';

describe('portkey', () => {
  it('calls where it answers, with its key', async () => {
    await using opened = await openProvider(portkey, recorded);
    on(opened.vendor, 'POST https://api.portkey.ai/v1/chat/completions', { json: chatReply() });
    const reply = await portkey.complete(hello, opened.context);
    expect(reply).toMatchObject({ text: 'Hello', usage: { tokens: chatTokens } });
    expect(opened.vendor.seen.at(-1)?.headers['x-portkey-api-key']).toBe('not-a-key');
  });

  it('reads each day’s total in cents, with the key in Portkey’s own header', async () => {
    await using opened = await openProvider(portkey, recorded, { fields: { workspace: 'mine' } });
    const { vendor, context } = opened;
    const { records } = await readAll(portkey, 'analytics', november(18, 20), context);
    expect(summary(records)).toEqual(['18 - 1.2345 USD', '19 - 1.2345 USD']);
    const [first] = vendor.seen;
    expect(first?.headers['x-portkey-api-key']).toBe('not-a-key');
    expect([...(first?.url.searchParams ?? [])]).toEqual([
      ['workspace_slug', 'mine'],
      ['time_of_generation_min', '2026-11-18T00:00:00Z'],
      ['time_of_generation_max', '2026-11-18T23:59:59Z'],
    ]);
  });

  it('writes nothing for a day without calls', async () => {
    await using opened = await openProvider(portkey, recorded);
    const { vendor, context } = opened;
    on(vendor, cost, { json: { object: 'analytics-graph', summary: {}, data_points: [] } });
    expect(await readAll(portkey, 'analytics', november(18, 19), context)).toMatchObject({
      records: [],
      problems: [],
    });
  });

  it('says that analytics are not part of the plan, though the key is good', async () => {
    await using opened = await openProvider(portkey, recorded);
    const { vendor, context } = opened;
    on(vendor, cost, { status: 403, json: { message: 'Forbidden' } });
    await expect(readAll(portkey, 'analytics', november(18, 19), context)).rejects.toMatchObject({
      code: 'NOT_ENABLED',
    });
    expect((await portkey.validate(context)).map(({ state }) => state)).toEqual(['ok', 'ok', 'failed']);
  });
});

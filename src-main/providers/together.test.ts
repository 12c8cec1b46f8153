import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { november, openProvider, readAll, summary } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/together.json' with { type: 'json' };
import { together } from './together.ts';

const bill = 'GET https://api.together.ai/v1/billing/usage';

describe('together', () => {
  it('calls where it answers, with its key', async () => {
    await using opened = await openProvider(together, recorded);
    on(opened.vendor, 'POST https://api.together.ai/v1/chat/completions', { json: chatReply() });
    const reply = await together.complete(hello, opened.context);
    expect(reply).toMatchObject({ text: 'Hello', usage: { tokens: chatTokens } });
    expect(opened.vendor.seen.at(-1)?.headers.authorization).toBe('Bearer not-a-key');
  });

  it('reads lines with their tokens and keys, and up to when the bill is complete', async () => {
    await using opened = await openProvider(together, recorded);
    const { context } = opened;
    const { records, asOf } = await readAll(together, 'costs', november(17, 20), context);
    expect(summary(records)).toEqual([
      '18 meta-llama/x 0.1056 USD',
      '18 meta-llama/x 0.00088 USD',
      '18 - 3.75 USD',
    ]);
    expect(records.map(({ tokens }) => [tokens.input, tokens.output])).toEqual([
      [120_000, 0],
      [0, 1000],
      [0, 0],
    ]);
    expect(records[0]?.extras).toMatchObject({ apiKeyId: 'key_1' });
    expect(asOf).toBe(Date.UTC(2026, 10, 19));
  });

  it('follows the pages of a month, then goes on with the next month', async () => {
    await using opened = await openProvider(together, recorded);
    const { vendor, context } = opened;
    on(vendor, bill, ({ url }) => {
      const isFirst = url.searchParams.get('month') === '2026-10' && !url.searchParams.has('after');
      const end = url.searchParams.get('month') === '2026-10' ? '2026-11-01' : '2026-11-04';
      const latest_window_end = `${end}T00:00:00Z`;
      return { json: { currency: 'USD', data: [], next_cursor: isFirst ? 'c1' : null, latest_window_end } };
    });
    const window = { from: Date.UTC(2026, 9, 25), to: Date.UTC(2026, 10, 5), cursor: null };
    const [report] = together.costs;
    const first = await report.read(window, context);
    // The end of October says nothing of the days of November.
    expect(first.asOf).toBeNull();
    const { asOf } = await readAll(together, 'costs', { ...window, cursor: first.cursor }, context);
    expect(asOf).toBe(Date.UTC(2026, 10, 4));
    const asked = vendor.seen.map(
      ({ url }) => `${url.searchParams.get('month')} ${url.searchParams.get('after') ?? ''}`,
    );
    expect(asked).toEqual(['2026-10 ', '2026-10 c1', '2026-11 ']);
  });

  it('says that the bill is a beta where Together has not opened it, though the key is good', async () => {
    await using opened = await openProvider(together, recorded);
    const { vendor, context } = opened;
    on(vendor, bill, {
      status: 404,
      json: { error: { message: 'Not found', type: 'invalid_request_error' } },
    });
    await expect(readAll(together, 'costs', november(17, 20), context)).rejects.toMatchObject({
      code: 'NOT_ENABLED',
    });
    expect((await together.validate(context)).map(({ state }) => state)).toEqual(['ok', 'ok', 'failed']);
  });

  it('tells a free model from one that runs by the hour and from one without a price', async () => {
    await using opened = await openProvider(together, recorded);
    const { context } = opened;
    expect((await together.models(context)).map(({ price }) => price)).toEqual([
      { input: '0.27', output: '0.85', cacheRead: '0.1' },
      { note: '$2.5 per hour' },
      { input: '0', output: '0', cacheRead: undefined },
      null,
    ]);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { datesOf, openaiBill, openaiUsage } from '../../../testing/bills.ts';
import { testBox } from '../test-box.ts';

const box = testBox();
const { json, llmlab } = box;

async function importBoth(): Promise<void> {
  const days = datesOf('2026-07', 1, 5);
  writeFileSync(join(box.dir, 'bill.csv'), openaiBill(days.map((day) => ({ day, usd: '0.5' }))));
  writeFileSync(join(box.dir, 'usage.csv'), openaiUsage(days.map((day) => ({ day, input: 4_000_000 }))));
  await llmlab('import', 'bill.csv', 'usage.csv');
}

describe('reconcile', () => {
  it('lists months, and one of them with its witnesses and causes', async () => {
    expect((await llmlab('reconcile')).out).toContain('Nothing to compare yet');
    await importBoth();
    const list = await llmlab('reconcile');
    expect(list.out).toMatch(/2026-07 +OpenAI API +\$2\.50 +\$5\.00 +-\$2\.50 +-100\.0 % +gap/);
    const one = await llmlab('reconcile', 'openai api', '--month', '2026-07');
    expect(one.out).toContain('One model is billed at another tier or cache price (possible, -$2.50)');
    expect(one.out).toContain('5 of 5 days');
    const { data } = await json('reconcile', 'OpenAI API', '--month', '2026-07');
    expect(data).toMatchObject({ month: { gapNanoUsd: -2_500_000_000, verdict: 'gap' }, findings: [{}] });
  });

  it('lets a source count for a month and goes back to the rule', async () => {
    await importBoth();
    const { data } = await json('sources');
    const own = data.sources.find((one: { importer: string }) => one.importer === 'openai-usage').id;
    const chosen = await llmlab('reconcile', 'OpenAI API', '--month', '2026-07', '--choose', String(own));
    expect(chosen.out).toContain('your choice');
    expect((await llmlab('report', '--by', 'account', '--to', '2026-07-31')).out).toContain('$5.00');
    await llmlab('reconcile', 'OpenAI API', '--month', '2026-07', '--choose', 'rule');
    expect((await llmlab('report', '--by', 'account', '--to', '2026-07-31')).out).toContain('$2.50');
  });

  it('says what is wrong with what it was asked', async () => {
    await importBoth();
    expect((await llmlab('reconcile', '--month', 'July')).code).toBe(2);
    expect((await llmlab('reconcile', '--choose', '1')).err).toContain('wants an account and a month');
    expect((await llmlab('reconcile', 'Nobody')).err).toContain('There is no account Nobody');
    expect((await llmlab('reconcile', 'OpenAI API', '--month', '2025-01')).code).toBe(1);
  });
});

describe('plans', () => {
  it('puts a fee beside the usage it paid for, never into one sum', async () => {
    await importBoth();
    const api = await llmlab('plans');
    expect(api.out).toContain('OpenAI API (api)');
    expect(api.out).toContain('ChatGPT Plus');
    await llmlab('accounts', 'set', 'OpenAI API', '--kind', 'plan', '--fee', '20', '--start', '2026-07-01');
    const { data } = await json('plans');
    const first = data.accounts[0].cycles.at(-1);
    expect(first).toMatchObject({
      from: '2026-07-01',
      to: '2026-07-31',
      feeNanoUsd: 20_000_000_000,
      usageNanoUsd: 2_500_000_000,
    });
    expect(data.accounts[0].alternatives[0]).toMatchObject({ name: 'ChatGPT Plus', isCurrent: true });
  });
});

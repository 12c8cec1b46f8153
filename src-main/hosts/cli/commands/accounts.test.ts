import { describe, expect, it } from 'vitest';
import { sample, testBox } from '../test-box.ts';

const box = testBox();
const { json, llmlab } = box;

describe('accounts and settings', () => {
  it('turns an account into a plan: usage becomes API-equivalent, the fee is the cash', async () => {
    await llmlab('import', sample('claude_code_session.jsonl'), '--account', 'Claude');
    const args = ['--kind', 'plan', '--fee', '19.99', '--cycle', 'month', '--start', '2026-07-01'];
    const { code, data } = await json('accounts', 'set', 'Claude', ...args);
    expect(code).toBe(0);
    expect(data.account).toMatchObject({
      kind: 'plan',
      assumed: false,
      fee: { nanoUsd: 19_990_000_000, cycle: 'month', start: '2026-07-01', end: null },
    });
    await llmlab('accounts', 'set', 'Claude', '--fee', '25');
    const { data: changed } = await json('accounts');
    const account = changed.accounts.find((one: { name: string }) => one.name === 'Claude');
    expect(account).toMatchObject({ kind: 'plan', fee: { nanoUsd: 25_000_000_000, start: '2026-07-01' } });
    expect((await llmlab('accounts', 'set', 'Nobody', '--kind', 'api')).code).toBe(1);
    expect((await llmlab('accounts', 'add', 'Claude')).code).toBe(2);
  });

  it('keeps settings', async () => {
    expect((await llmlab('settings', 'set', 'zone', 'Asia/Kolkata')).code).toBe(0);
    expect((await llmlab('settings', 'get', 'zone')).out).toBe('Asia/Kolkata\n');
    expect((await json('settings', 'set', 'currency', 'eur', '--rate', '1.17')).data.settings).toMatchObject({
      currency: 'EUR',
      zone: 'Asia/Kolkata',
      fxRates: [{ currency: 'EUR', usdPerUnit: '1.17' }],
    });
    expect((await llmlab('settings', 'set', 'zone', 'Nowhere')).code).toBe(2);
  });

  it('takes no currency without a rate, and says that it prints USD all the same', async () => {
    const refused = await llmlab('settings', 'set', 'currency', 'EUR');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('settings set currency EUR --rate');
    expect((await llmlab('settings', 'get', 'currency')).out).toBe('USD\n');
    await llmlab('settings', 'set', 'currency', 'EUR', '--rate', '1.17');
    await llmlab('accounts', 'add', 'Flat', '--kind', 'plan', '--fee', '20', '--start', '2026-07-01');
    const report = await llmlab('report', '--to', '2026-07-31');
    expect(report.out).toContain('Money is in USD');
    expect(report.err).not.toContain('Nothing is counted');
    expect((await llmlab('accounts')).out).toContain('Money is in USD');
  });

  it('lists formats and sources', async () => {
    await llmlab('import', sample('openai_cost.csv'));
    const formats = (await json('formats')).data.formats.map((format: { id: string }) => format.id);
    expect(formats).toEqual(expect.arrayContaining(['openai-cost', 'claude-code']));
    const { sources } = (await json('sources')).data;
    expect(sources).toHaveLength(1);
    await llmlab('accounts', 'add', 'Work', '--kind', 'api', '--provider', 'openai');
    expect((await llmlab('sources', 'assign', String(sources[0].id), 'Work')).code).toBe(0);
    expect((await json('sources')).data.sources[0].account).toBe('Work');
  });
});

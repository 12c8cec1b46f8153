import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { samplesDir, startTestCore, type TestCore } from '../testing/core.ts';

/** Two files that tell of the same calls count once, and two that tell of different ones count twice. */

async function totals(t: TestCore) {
  return (await t.call('report.run', { by: [], filters: {} })).totals;
}

async function drop(t: TestCore, name: string, lines: readonly string[], account?: string) {
  const path = join(t.dir, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${lines.join('\n')}\n`);
  return t.call('imports.commit', { file: { path }, ...(account !== undefined && { account }) });
}

const usd = (dollars: number): number => dollars * 1e9;

const litellmDay = (entity: string) => [
  `Date,${entity},${entity} ID,Spend ($),Requests,Successful Requests,Failed Requests,Total Tokens,Prompt Tokens,Completion Tokens`,
  '2026-07-01,core,id-1,10.0000,5,5,0,100,90,10',
];
const anthropicBill = (day: string, dollars: string) => [
  'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type',
  `${day},Claude Sonnet 4.5,Default,key,message,≤ 200k,output,${dollars},token`,
];
const openaiBill = (amount: string) => [
  'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id',
  `1782864000,1782950400,2026-07-01T00:00:00+00:00,2026-07-02T00:00:00+00:00,${amount},usd,"gpt-5-mini, input",`,
];
const openaiUsage = [
  'start_time,end_time,start_time_iso,end_time_iso,num_model_requests,model,input_tokens,output_tokens,input_cached_tokens',
  '1782864000,1782950400,2026-07-01T00:00:00+00:00,2026-07-02T00:00:00+00:00,3,gpt-5-mini,1000000,1000,0',
];

test('a gateway’s days by team and by user are the same calls', async () => {
  await using t = await startTestCore();
  await drop(t, 'team.csv', litellmDay('Team'));
  await drop(t, 'user.csv', litellmDay('User'));
  expect(await totals(t)).toMatchObject({ cashNanoUsd: usd(10), requests: 5 });
});

test('a gateway’s month gives way to the vendor’s bill as a whole, also on days the bill has nothing for', async () => {
  await using t = await startTestCore();
  await drop(t, 'coder.csv', [
    'user_id,group_id,group_name,model,provider,provider_name,period_start,period_end,input_tokens,output_tokens,cost_micros',
    'u,g,core,claude-sonnet-4-5,anthropic,anthropic,2026-07-01T00:00:00Z,2026-08-01T00:00:00Z,1000,100,100000000',
  ]);
  await drop(t, 'bill.csv', anthropicBill('2026-07-05', '99.00'));
  expect(await totals(t)).toMatchObject({ cashNanoUsd: usd(99), tokens: { input: 1000 } });
});

test('what a plan covered and what it did not both count where they belong to one account', async () => {
  await using t = await startTestCore();
  await t.call('accounts.save', { name: 'My Cursor', kind: 'plan', provider: 'cursor', fee: null });
  const columns = 'Date,Kind,Model,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens';
  const rows = [
    `${columns},Total Tokens,Cost`,
    '2026-07-01T10:00:00.000Z,Included,auto,0,10,0,1,11,Included',
    '2026-07-01T11:00:00.000Z,On-Demand,auto,0,20,0,2,22,0.50',
  ];
  await drop(t, 'cursor.csv', rows, 'My Cursor');
  expect(await totals(t)).toMatchObject({ requests: 2, equivalentNanoUsd: usd(0.5), tokens: { input: 30 } });
});

const focusRow = (cost: string, provider: string, invoice = '') =>
  `${cost},acc,USD,Usage,tokens,2026-07-03T00:00:00Z,2026-07-04T00:00:00Z,${provider},AI and Machine Learning,${provider},${invoice}`;
const focusHeader =
  'BilledCost,BillingAccountId,BillingCurrency,ChargeCategory,ChargeDescription,ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceCategory,ServiceName,InvoiceId';

test('bills of two vendors in one account both count', async () => {
  await using t = await startTestCore();
  await drop(t, 'focus.csv', [focusHeader, focusRow('1', 'ExampleAI'), focusRow('2', 'OtherAI')], 'Work');
  await drop(t, 'openai.csv', openaiBill('4'), 'Work');
  await drop(t, 'anthropic.csv', anthropicBill('2026-07-01', '8.00'), 'Work');
  expect((await totals(t)).cashNanoUsd).toBe(usd(15));
});

test('bill and usage of a vendor meet in its account, whatever the user named it', async () => {
  await using t = await startTestCore();
  await drop(t, 'cost.csv', openaiBill('1'));
  const { accounts } = await t.call('accounts.list', {});
  const account = { name: 'Work', kind: 'api', provider: 'openai', fee: null } as const;
  await t.call('accounts.save', { id: accounts[0]?.id, ...account });
  await drop(t, 'usage.csv', openaiUsage);
  expect(await totals(t)).toMatchObject({ cashNanoUsd: usd(1), requests: 3 });
});

test('real records never go to an account of the sample data', async () => {
  await using t = await startTestCore();
  await t.call('sample.load', {});
  copyFileSync(join(samplesDir, 'portkey_logs_export.jsonl'), join(t.dir, 'portkey.jsonl'));
  const { files } = await t.call('imports.commit', { file: { path: join(t.dir, 'portkey.jsonl') } });
  expect(files[0]?.account).toBe('OpenAI API');
});

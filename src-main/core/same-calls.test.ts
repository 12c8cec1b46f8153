import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { samplesDir, startTestCore, type TestCore } from '../testing/core.ts';

/** Two files that tell of the same calls count once, and two that tell of different ones count twice. */

async function totals(t: TestCore) {
  return (await t.call('report.run', { by: [], filters: {} })).totals;
}

function writeLines(t: TestCore, name: string, lines: readonly string[]): string {
  const path = join(t.dir, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

async function drop(t: TestCore, name: string, lines: readonly string[], account?: string) {
  const path = writeLines(t, name, lines);
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

test('a FOCUS export of the running month takes the place of the one before, its invoice included', async () => {
  await using t = await startTestCore();
  await drop(t, 'early.csv', [focusHeader, focusRow('1', 'ExampleAI'), focusRow('1', 'ExampleAI')]);
  await drop(t, 'later.csv', [focusHeader, focusRow('1.5', 'ExampleAI'), focusRow('1', 'ExampleAI')]);
  const closed = [focusRow('1.5', 'ExampleAI', 'INV-1'), focusRow('1', 'ExampleAI', 'INV-1')];
  await drop(t, 'closed.csv', [focusHeader, ...closed]);
  expect((await totals(t)).cashNanoUsd).toBe(usd(2.5));
});

const bigqueryRow = {
  service: { id: 'S', description: 'Gemini API' },
  sku: { id: 'K', description: 'Generate content input token count gemini 3 pro short text' },
  usage_start_time: '2026-07-02 07:00:00 UTC',
  usage_end_time: '2026-07-02 08:00:00 UTC',
  cost: 1.5,
  currency: 'USD',
  export_time: '2026-07-02 12:00:00 UTC',
};

test('Google’s standard and detailed exports state the same charges', async () => {
  await using t = await startTestCore();
  await drop(t, 'standard.jsonl', [JSON.stringify(bigqueryRow)]);
  const detailed = { ...bigqueryRow, export_time: '2026-07-02 12:10:00 UTC', price: { unit: 'count' } };
  await drop(t, 'detailed.jsonl', [JSON.stringify(detailed)]);
  expect((await totals(t)).cashNanoUsd).toBe(usd(1.5));
});

test('days and hours of one report state the same calls', async () => {
  await using t = await startTestCore();
  const row = { model: 'openai/gpt-5', total_cost: 1, input_tokens: 100, output_tokens: 5, request_count: 3 };
  await drop(t, 'day.json', [JSON.stringify({ results: [{ day: '2026-09-01', ...row }] })]);
  await drop(t, 'hour.json', [JSON.stringify({ results: [{ hour: '2026-09-01T10:00:00Z', ...row }] })]);
  expect(await totals(t)).toMatchObject({ cashNanoUsd: usd(1), requests: 3 });
  await drop(t, 'days.csv', anthropicBill('2026-07-01', '2.00'));
  await drop(t, 'hours.csv', anthropicBill('2026-07-01 10:00', '2.00'));
  expect((await totals(t)).cashNanoUsd).toBe(usd(3));
  const usage = (date: string) => [
    'usage_date_utc,model_version,api_key,workspace,usage_type,usage_input_tokens_no_cache,usage_output_tokens',
    `${date},claude-sonnet-4-5,key,Default,standard,1000,10`,
  ];
  await drop(t, 'usage-days.csv', usage('2026-07-01'));
  await drop(t, 'usage-hours.csv', usage('2026-07-01 10:00'));
  expect((await totals(t)).tokens.input).toBe(1100);
});

test('a Cursor event is the same in a re-saved file, and in one of the oldest with dates alone', async () => {
  await using t = await startTestCore();
  const header =
    'Date,Kind,Model,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost';
  for (const date of ['2026-07-01T11:00:00.123Z', '2026-07-01 11:00:00', '2026-07-01'])
    await drop(t, `${date.length}.csv`, [header, `${date},On-Demand,auto,0,20,0,2,22,0.50`]);
  expect((await totals(t)).cashNanoUsd).toBe(usd(0.5));
});

test('xAI’s answers by model and by key state the same spend', async () => {
  await using t = await startTestCore();
  const dataPoints = [{ timestamp: '2026-07-01T00:00:00Z', values: [1.25] }];
  for (const group of ['grok-4-0709', 'Chat grok-4-0709', 'my key'])
    await drop(t, `${group}.json`, [JSON.stringify({ timeSeries: [{ group: [group], dataPoints }] })]);
  expect((await totals(t)).cashNanoUsd).toBe(usd(1.25));
});

test('an Amp message that states its usage after the ledger did is the same call', async () => {
  await using t = await startTestCore();
  const tokens = { input: 10, output: 5 };
  const event = { timestamp: '2026-07-01T10:00:00Z', model: 'claude-sonnet-4-5', tokens, toMessageId: 5 };
  const usage = { model: 'claude-sonnet-4-5', inputTokens: 10, outputTokens: 5, cacheReadInputTokens: 7 };
  for (const more of [{}, { usage }]) {
    const messages = [{ role: 'assistant', messageId: 5, ...more }];
    const usageLedger = {
      events: [
        { id: 'e1', ...event },
        { id: 'e2', ...event },
      ],
    };
    const thread = { id: 'T-1', created: 1_782_900_000_000, messages, usageLedger };
    await drop(t, `T-${Object.keys(more).length}.json`, [JSON.stringify(thread)]);
  }
  expect(await totals(t)).toMatchObject({ requests: 2, tokens: { input: 20, cacheRead: 7 } });
});

test('a task of Roo Code found by a scan and a copy of it that is dropped are one', async () => {
  await using t = await startTestCore();
  const found = join(t.home, '.config/Code/User/globalStorage/rooveterinaryinc.roo-cline/tasks/t1');
  mkdirSync(found, { recursive: true });
  copyFileSync(join(samplesDir, 'roo_ui_messages.json'), join(found, 'ui_messages.json'));
  await t.call('scan.run', { tools: ['roo-code'] });
  const before = await totals(t);
  copyFileSync(join(samplesDir, 'roo_ui_messages.json'), join(t.dir, 'copy.json'));
  const { files } = await t.call('imports.commit', { file: { path: join(t.dir, 'copy.json') } });
  expect(files[0]?.counts).toMatchObject({ accepted: 0, duplicate: 3 });
  await t.call('imports.commit', { file: { path: join(t.dir, 'copy.json') }, as: 'kilo-code' });
  expect(await totals(t)).toEqual(before);
});

test('of a line that is refused no prompt is kept, whichever tool wrote it', async () => {
  await using t = await startTestCore();
  const lines = {
    'claude.jsonl': {
      sessionId: 's',
      isSidechain: false,
      type: 'assistant',
      message: { usage: { input_tokens: -1 }, content: 'SECRET' },
    },
    'codex.jsonl': { type: 'session_meta', payload: { id: 's', base_instructions: 'SECRET' } },
    'gemini.jsonl': {
      sessionId: 's',
      projectHash: 'h',
      startTime: 't',
      type: 'gemini',
      content: 'SECRET',
      tokens: { input: -1 },
    },
  };
  for (const [name, line] of Object.entries(lines)) {
    const broken = JSON.stringify(line).slice(0, -1);
    const { files } = await t.call('imports.commit', {
      file: { path: writeLines(t, name, [JSON.stringify(line), `${broken},"usage"`]) },
    });
    expect(files[0]?.counts.refused).toBeGreaterThan(0);
    expect(JSON.stringify(files)).not.toContain('SECRET');
    const { problems } = await t.call('imports.problems', { importId: files[0]?.importId ?? 0 });
    expect(JSON.stringify(problems)).not.toContain('SECRET');
  }
});

const codexUsage = (input: number, output: number) => ({ input_tokens: input, output_tokens: output });
const codexCall = (second: number, total: object, last: object) => ({
  timestamp: `2026-07-01T10:00:0${second}.000Z`,
  type: 'event_msg',
  payload: { type: 'token_count', info: { total_token_usage: total, last_token_usage: last } },
});

test('what codex exec printed of a turn and the session’s own file are the same calls, in any order', async () => {
  const id = '019f0000-aaaa-7000-8000-000000000001';
  const timestamp = '2026-07-01T10:00:00.000Z';
  const rollout = [
    { timestamp, type: 'session_meta', payload: { id, timestamp, cwd: '/x' } },
    codexCall(1, codexUsage(100, 10), codexUsage(100, 10)),
    codexCall(2, codexUsage(300, 30), codexUsage(200, 20)),
  ];
  const printed = [
    { type: 'thread.started', thread_id: id },
    { type: 'turn.completed', usage: codexUsage(300, 30) },
  ];
  for (const order of [
    [rollout, printed],
    [printed, rollout],
  ]) {
    await using t = await startTestCore();
    for (const [i, lines] of order.entries())
      await drop(
        t,
        `${i}.jsonl`,
        lines.map((line) => JSON.stringify(line)),
      );
    expect(await totals(t)).toMatchObject({ requests: 2, tokens: { input: 300, output: 30 } });
  }
});

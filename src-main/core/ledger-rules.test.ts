import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { samplesDir, startTestCore, type TestCore } from '../testing/core.ts';

const sample = (name: string): { path: string } => ({ path: join(samplesDir, name) });

async function totals(t: TestCore, filters = {}) {
  return (await t.call('report.run', { by: [], filters })).totals;
}

function write(t: TestCore, name: string, lines: readonly string[]): { path: string } {
  const path = join(t.dir, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return { path };
}

const costHeader =
  'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id,organization_id,organization_name';
const costRow = (day: string, amount: string, currency = 'usd'): string => {
  const start = Date.parse(`${day}T00:00:00Z`) / 1000;
  return `${start},${start + 86_400},${day}T00:00:00+00:00,,${amount},${currency},"gpt-5-mini, input",,org,Org`;
};

test('the bill and the usage export of one account are never added: money from one, requests from the other', async () => {
  await using t = await startTestCore();
  await t.call('imports.commit', { file: sample('openai_completions_usage.csv') });
  const recorded = await totals(t);
  expect(recorded.cashByEvidence.recorded).toBeGreaterThan(0);
  await t.call('imports.commit', { file: sample('openai_cost.csv') });
  const both = await totals(t);
  expect(both.cashByEvidence).toEqual({ billed: 38_120_000, metered: 0, recorded: 0, estimated: 0 });
  expect(both.requests).toBe(17);
  expect(both.tokens).toEqual(recorded.tokens);
});

test('a record that does not count says who stands for it', async () => {
  await using t = await startTestCore();
  await t.call('imports.commit', { file: sample('openai_completions_usage.csv') });
  await t.call('imports.commit', { file: sample('openai_cost.csv') });
  const { records } = await t.call('activity.list', { filters: { evidence: ['recorded'] } });
  const covered = records.find((record) => !record.countsCost);
  const detail = await t.call('activity.get', { id: covered?.id ?? 0 });
  expect(detail.standInNote).toMatch(/OpenAI cost export stands for this account on this day/);
});

test('plan usage is API-equivalent, its fee is cash, and the two are never one sum', async () => {
  await using t = await startTestCore();
  await t.call('imports.commit', { file: sample('openai_cost_2025.csv') });
  const { accounts } = await t.call('accounts.list', {});
  const account = accounts[0];
  const before = await totals(t);
  await t.call('accounts.save', {
    id: account?.id,
    name: 'A plan',
    kind: 'plan',
    provider: 'openai',
    fee: { nanoUsd: 20_000_000_000, cycle: 'month', start: '2025-09-15', end: null },
  });
  const october = await totals(t, { from: '2025-10-01', to: '2025-10-31' });
  expect(october).toMatchObject({
    cashNanoUsd: 20_000_000_000,
    planFeeNanoUsd: 20_000_000_000,
    equivalentNanoUsd: before.cashNanoUsd,
  });
  const { rows } = await t.call('report.run', {
    by: ['day'],
    filters: { from: '2025-10-01', to: '2025-10-31' },
  });
  expect(rows.find((row) => row.day === '2025-10-15')).toMatchObject({
    planFeeNanoUsd: 20_000_000_000,
    records: 0,
  });
  // The fee and the usage of one account are one row, not two.
  const perAccount = await t.call('report.run', { by: ['account', 'day'], filters: { to: '2025-10-01' } });
  expect(perAccount.rows.filter((row) => row.day === '2025-10-01')).toHaveLength(1);
  const { rows: accountRows } = await t.call('report.run', {
    by: ['account'],
    filters: { to: '2025-10-31' },
  });
  expect(accountRows).toMatchObject([{ account: 'A plan', equivalentNanoUsd: before.cashNanoUsd }]);
});

test('money in another currency is unpriced until a rate is known, then exact; the stated amount stays', async () => {
  await using t = await startTestCore();
  await t.call('imports.commit', {
    file: write(t, 'eur.csv', [costHeader, costRow('2026-07-01', '0.123456789', 'eur')]),
  });
  expect(await totals(t)).toMatchObject({ cashNanoUsd: 0, unpricedRequests: 1 });
  const { unpriced } = await t.call('prices.list', {});
  expect(unpriced[0]?.reason).toMatch(/no exchange rate for EUR/);
  await t.call('settings.save', { fxRates: [{ currency: 'EUR', usdPerUnit: '1.1', from: '2026-01-01' }] });
  expect(await totals(t)).toMatchObject({ cashNanoUsd: 135_802_468, unpricedRequests: 0 });
  const { records } = await t.call('activity.list', { filters: {} });
  expect(await t.call('activity.get', { id: records[0]?.id ?? 0 })).toMatchObject({
    amount: '0.123456789',
    currency: 'EUR',
  });
});

test('a bucket that grew replaces its earlier slice; an older export imported late does not shrink it; each can be undone', async () => {
  await using t = await startTestCore();
  const header =
    'usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed';
  const row = (input: number): string =>
    `2026-07-01,claude-haiku-4-5-20251001,k,Default,standard,≤ 200k,${input},0,0,0,10,0,global,standard`;
  const at = async (): Promise<number> => (await totals(t)).tokens.input;
  const noon = await t.call('imports.commit', { file: write(t, 'noon.csv', [header, row(500)]) });
  const night = await t.call('imports.commit', { file: write(t, 'night.csv', [header, row(900)]) });
  expect(night.files[0]?.counts).toMatchObject({ accepted: 1, updated: 1, duplicate: 0 });
  expect(await at()).toBe(900);
  const morning = await t.call('imports.commit', { file: write(t, 'morning.csv', [header, row(100)]) });
  expect(morning.files[0]).toMatchObject({ importId: null, counts: { duplicate: 1 } });
  expect(await at()).toBe(900);
  await t.call('imports.undo', { importId: night.files[0]?.importId ?? 0 });
  expect(await at()).toBe(500);
  await t.call('imports.undo', { importId: noon.files[0]?.importId ?? 0 });
  expect(await at()).toBe(0);
});

test('two identical rows of one file are two charges; the file again adds none', async () => {
  await using t = await startTestCore();
  const lines = readFileSync(sample('focus_1.4_generic.csv').path, 'utf8').trimEnd().split('\n');
  const twins = write(t, 'twins.csv', [lines[0] ?? '', lines[1] ?? '', lines[1] ?? '']);
  const first = await t.call('imports.commit', { file: twins });
  expect(first.files[0]?.counts).toMatchObject({ accepted: 2, duplicate: 0 });
  const again = await t.call('imports.commit', { file: twins });
  expect(again.files[0]?.counts).toMatchObject({ accepted: 0, duplicate: 2 });
});

test('refused rows are kept with their line and reason, and everything adds up', async () => {
  await using t = await startTestCore();
  const file = write(t, 'bad.csv', [
    costHeader,
    costRow('2026-07-01', '1.5'),
    costRow('2026-07-02', 'n0t-money'),
    costRow('2026-07-03', '0x10'),
  ]);
  const { files } = await t.call('imports.commit', { file });
  expect(files[0]?.counts).toMatchObject({ accepted: 1, duplicate: 0, refused: 2 });
  await t.restart();
  const { problems } = await t.call('imports.problems', { importId: files[0]?.importId ?? 0 });
  expect(problems.map((problem) => problem.line)).toEqual([3, 4]);
  expect(problems[0]?.reason).toMatch(/n0t-money/);
  expect(problems[0]?.raw).toContain('n0t-money');
});

test('a price of one’s own prices what had none, and taking it back makes it unknown again', async () => {
  await using t = await startTestCore();
  const rows = readFileSync(sample('openai_completions_usage.csv').path, 'utf8').replaceAll(
    'gpt-5.4-2026-03-05',
    'my-own-model',
  );
  await t.call('imports.commit', { file: write(t, 'own.csv', rows.trimEnd().split('\n')) });
  const before = await totals(t);
  expect(before.unpricedRequests).toBe(2);
  const { id, repriced } = await t.call('prices.saveOverride', {
    provider: 'openai',
    model: 'my-own-model',
    from: '2026-01-01',
    input: '1',
    output: '10',
  });
  expect(repriced).toBe(1);
  expect((await totals(t)).cashNanoUsd - before.cashNanoUsd).toBe(41_000 * 1_000 + 2_600 * 10_000);
  await t.call('prices.removeOverride', { id });
  expect(await totals(t)).toEqual(before);
});

test('the same file under two accounts is two bills, and the preview warns of it', async () => {
  await using t = await startTestCore();
  await t.call('imports.commit', { file: sample('openai_cost.csv') });
  const preview = await t.call('imports.preview', { file: sample('openai_cost.csv'), account: 'Other org' });
  expect(preview.files[0]).toMatchObject({
    kind: 'ready',
    warnings: [expect.stringContaining('counts it twice')],
  });
});

test('a preview writes nothing and says exactly what the commit then does', async () => {
  await using t = await startTestCore();
  await t.call('imports.commit', { file: sample('openai_completions_usage.csv') });
  const before = await totals(t);
  const { files } = await t.call('imports.preview', { file: sample('openai_cost.csv') });
  expect(await totals(t)).toEqual(before);
  expect((await t.call('imports.list', {})).imports).toHaveLength(1);
  const [ready] = files;
  if (ready?.kind !== 'ready') throw new Error('not ready');
  await t.call('imports.commit', { file: sample('openai_cost.csv'), sha256: ready.sha256 });
  expect((await totals(t)).cashNanoUsd).toBe(ready.cashAfterNanoUsd);
});

test('a file that changed between preview and commit is not imported', async () => {
  await using t = await startTestCore();
  const file = write(t, 'moving.csv', [costHeader, costRow('2026-07-01', '1')]);
  const { files } = await t.call('imports.preview', { file });
  write(t, 'moving.csv', [costHeader, costRow('2026-07-01', '2')]);
  const sha256 = files[0] !== undefined && 'sha256' in files[0] ? files[0].sha256 : '';
  await expect(t.call('imports.commit', { file, sha256 })).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  expect((await totals(t)).records).toBe(0);
});

test('heavy work in its thread gives the same figures, reports progress and can be cancelled with nothing kept', async () => {
  await using t = await startTestCore({ heavyWork: 'thread' });
  const rows = Array.from({ length: 40_000 }, (_, i) =>
    costRow(new Date(Date.UTC(2020, 0, 1 + (i % 2_000))).toISOString().slice(0, 10), `0.${i + 1}`),
  );
  const file = write(t, 'big.csv', [costHeader, ...rows]);
  const seen: string[] = [];
  let cancel = true;
  const quiet = t.core.events.listen((event) => {
    if (event.kind !== 'job.changed' || event.job.kind !== 'import') return;
    seen.push(event.job.state);
    if (cancel && event.job.done > 0) void t.call('jobs.cancel', { id: event.job.id });
  });
  await expect(t.call('imports.commit', { file })).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(seen.at(-1)).toBe('cancelled');
  expect((await totals(t)).records).toBe(0);
  cancel = false;
  const { files } = await t.call('imports.commit', { file });
  expect(files[0]?.counts.accepted).toBe(40_000);
  quiet();
});

test('backup, damage to the plan, restore: the figures of the backup are back and what was replaced is kept', async () => {
  await using t = await startTestCore();
  await t.call('imports.commit', { file: sample('openai_cost.csv') });
  const before = await totals(t);
  const { backup } = await t.call('backups.create', {});
  await t.call('imports.commit', { file: sample('openrouter_activity.csv') });
  const { kept } = await t.call('backups.restore', { path: backup.path });
  expect(await totals(t)).toEqual(before);
  expect(readFileSync(kept).length).toBeGreaterThan(0);
  await t.restart();
  expect(await totals(t)).toEqual(before);
});

test('exports hold every record, keep negative money a number and no formula alive', async () => {
  await using t = await startTestCore();
  const lines = readFileSync(sample('focus_1.2_generic.csv').path, 'utf8')
    .replaceAll('alpha', '=HYPERLINK(1)')
    .trimEnd()
    .split('\n');
  await t.call('imports.commit', { file: write(t, 'focus.csv', lines) });
  const made = await t.call('exports.create', { format: 'csv', filters: {} });
  const file = t.core.exportFile(made.exportId);
  const text = readFileSync(file?.path ?? '', 'utf8');
  expect(made.rows).toBe(5);
  expect(text).toContain(',-0.1,');
  expect(text).toContain("'=HYPERLINK(1)");
  expect(text).not.toMatch(/(^|,)"?=/m);
  expect(t.core.exportFile(made.exportId)).toBeNull();
});

test('an own log folder in settings is looked at, and undoing a scan lets the next one bring it again', async () => {
  await using t = await startTestCore();
  const folder = join(t.dir, 'logs', 'project');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 's.jsonl'), readFileSync(sample('claude_code_session.jsonl').path));
  await t.call('settings.save', { logFolders: { 'claude-code': [join(t.dir, 'logs')] } });
  const first = await t.call('scan.run', { tools: ['claude-code'] });
  const { accepted, importId } = first.tools[0] ?? { accepted: 0, importId: 0 };
  expect(accepted).toBeGreaterThan(0);
  const before = await totals(t);
  expect((await t.call('scan.run', {})).tools.find((tool) => tool.tool === 'claude-code')).toMatchObject({
    accepted: 0,
    bytesRead: 0,
  });
  await t.call('imports.undo', { importId: importId ?? 0 });
  expect((await totals(t)).records).toBe(0);
  await t.call('scan.run', {});
  expect(await totals(t)).toEqual(before);
});

test('sample data comes through the same pipeline and leaves without a trace', async () => {
  await using t = await startTestCore();
  await t.call('imports.commit', { file: sample('openai_cost.csv') });
  const mine = await t.call('report.run', { by: ['account', 'model'], filters: {} });
  await t.call('sample.load', {});
  expect((await t.call('app.info', {})).sampleData).toBe(true);
  expect((await totals(t)).records).toBeGreaterThan(100);
  await t.call('sample.remove', {});
  expect(await t.call('report.run', { by: ['account', 'model'], filters: {} })).toMatchObject({
    rows: mine.rows,
    totals: mine.totals,
  });
  expect((await t.call('imports.list', {})).imports).toHaveLength(1);
  expect((await t.call('accounts.list', {})).accounts).toHaveLength(1);
});

test('an untrusted caller and a malformed input are answered, never served', async () => {
  await using t = await startTestCore();
  expect(await t.core.call('app.info', {}, { trusted: false, label: 'stranger' })).toMatchObject({
    ok: false,
    error: { code: 'FORBIDDEN' },
  });
  expect(await t.core.call('imports.undo', { importId: -1 }, { trusted: true, label: 'test' })).toMatchObject(
    { ok: false, error: { code: 'BAD_INPUT' } },
  );
  const wild = t.core.call as (route: string, input: unknown, caller: object) => Promise<unknown>;
  expect(await wild('__proto__', {}, { trusted: true, label: 'test' })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  });
});

test('an import says the money it brought, later lines of a streamed reply included', async () => {
  await using t = await startTestCore();
  await t.call('imports.commit', { file: sample('claude_code_session.jsonl') });
  const [row] = (await t.call('imports.list', {})).imports;
  expect(row?.costNanoUsd).toBe((await totals(t)).equivalentNanoUsd);
});

test('calls through opencode belong to the account of the vendor that bills them; calls a plan covers never become cash', async () => {
  await using t = await startTestCore();
  const message = JSON.parse(readFileSync(sample('opencode_message.json').path, 'utf8'));
  const own = write(t, 'msg_02.json', [JSON.stringify({ ...message, id: 'msg_02', cost: 0 })]);
  await t.call('imports.commit', { file: sample('opencode_message.json') });
  await t.call('imports.commit', { file: own });
  const { accounts } = await t.call('accounts.list', {});
  expect(accounts.map(({ name, kind, assumed }) => ({ name, kind, assumed }))).toEqual([
    { name: 'Anthropic API', kind: 'api', assumed: false },
    { name: 'Anthropic plan', kind: 'plan', assumed: true },
  ]);
  const { cashNanoUsd, equivalentNanoUsd } = await totals(t);
  expect(cashNanoUsd).toBe(12_600_000);
  expect(equivalentNanoUsd).toBeGreaterThan(0);
});

test('a daily and an hourly export of one day are two sayings of the same usage, not a sum', async () => {
  await using t = await startTestCore();
  await t.call('imports.commit', { file: sample('anthropic_usage_v2.csv') });
  const daily = await totals(t);
  const hourly = readFileSync(sample('anthropic_usage_hourly_v2.csv').path, 'utf8').replaceAll(
    /2026-\d\d-\d\d/g,
    '2026-07-01',
  );
  await t.call('imports.commit', { file: write(t, 'hourly.csv', hourly.trimEnd().split('\n')) });
  const both = await totals(t);
  expect({ ...both, records: daily.records, evidence: daily.evidence }).toEqual(daily);
});

test('a source stays in the account the user moved it to when more of it arrives', async () => {
  await using t = await startTestCore();
  await t.call('imports.commit', { file: sample('openai_cost_2025.csv') });
  const { id } = await t.call('accounts.save', { name: 'Work', kind: 'api', provider: 'openai', fee: null });
  const { sources } = await t.call('sources.list', {});
  await t.call('sources.assign', { sourceId: sources[0]?.id ?? 0, accountId: id });
  await t.call('imports.commit', { file: write(t, 'more.csv', [costHeader, costRow('2025-11-01', '1')]) });
  const after = await t.call('sources.list', {});
  expect(new Set(after.sources.map((source) => source.account))).toEqual(new Set(['Work']));
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Mapping } from '../../src-preload/contract/imports.ts';
import { renderSampleData } from '../jobs/sample-data.ts';
import { samplesDir, startTestCore, type TestCore } from '../testing/core.ts';

const sample = (name: string): { path: string } => ({ path: join(samplesDir, name) });
const session = readFileSync(sample('claude_code_session.jsonl').path, 'utf8').trimEnd().split('\n');

function write(t: TestCore, name: string, lines: readonly string[]): { path: string } {
  const path = join(t.dir, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return { path };
}

async function totals(t: TestCore, filters = {}) {
  return (await t.call('report.run', { by: [], filters })).totals;
}

const mapping = (evidence: Mapping['evidence']): Mapping => ({
  name: evidence,
  columns: { date: 'when', cost: 'usd' },
  dateFormat: 'iso',
  zone: 'UTC',
  decimal: '.',
  inputIncludesCache: false,
  currency: 'USD',
  provider: 'acme',
  evidence,
});

test("a bill and somebody's own figures, both read through mapped columns, are two witnesses", async () => {
  for (const order of [
    ['recorded', 'billed'],
    ['billed', 'recorded'],
  ] as const) {
    await using t = await startTestCore();
    for (const evidence of order) {
      const usd = evidence === 'billed' ? ['2026-07-01,7.10'] : ['2026-07-01,3', '2026-07-01,4'];
      await t.call('imports.commit', {
        file: write(t, `${evidence}.csv`, ['when,usd', ...usd]),
        mapping: mapping(evidence),
      });
    }
    expect((await totals(t)).cashNanoUsd).toBe(7_100_000_000);
  }
});

test('a copy that raises a reply is an import of its own: shown, and undone with its raise', async () => {
  await using t = await startTestCore();
  const line = JSON.parse(session[1] ?? '');
  const low = { ...line, message: { ...line.message, usage: { ...line.message.usage, output_tokens: 5 } } };
  const high = {
    ...line,
    message: { ...line.message, usage: { ...line.message.usage, output_tokens: 500 } },
  };
  const [first, last] = [JSON.stringify(low), JSON.stringify(high)];
  await t.call('imports.commit', { file: write(t, 'a.jsonl', [first]) });
  const before = await totals(t);
  const { files } = await t.call('imports.commit', { file: write(t, 'b.jsonl', [first, last]) });
  expect(files[0]?.counts).toMatchObject({ accepted: 1, updated: 1, duplicate: 1 });
  expect((await totals(t)).tokens.output).toBe(500);
  await t.call('imports.undo', { importId: files[0]?.importId ?? 0 });
  expect(await totals(t)).toEqual(before);
});

test('a reply repeated far apart in another folder leaves no empty group behind', async () => {
  await using t = await startTestCore();
  const line = JSON.parse(session[1] ?? '');
  const filler = Array.from({ length: 1_100 }, (_, i) =>
    JSON.stringify({ ...line, requestId: `r${i}`, message: { ...line.message, id: `msg_filler_${i}` } }),
  );
  const moved = JSON.stringify({ ...line, cwd: '/home/dev/else', timestamp: '2026-06-30T09:00:00.000Z' });
  await t.call('imports.commit', { file: write(t, 'far.jsonl', [JSON.stringify(line), ...filler, moved]) });
  const { rows } = await t.call('report.run', { by: ['day', 'project'], filters: {} });
  expect(rows.filter((row) => row.records === 0)).toEqual([]);
});

test('the ledger stays whole while the machine travels between zones', async () => {
  let zone = 'America/Los_Angeles';
  await using t = await startTestCore({ zoneOf: () => zone });
  const at = (name: string, output: number): { path: string } => {
    const line = JSON.parse(session[1] ?? '');
    const message = {
      ...line.message,
      id: `msg_${name}`,
      usage: { ...line.message.usage, output_tokens: output },
    };
    return write(t, `${name}.jsonl`, [JSON.stringify({ ...line, message })]);
  };
  const first = await t.call('imports.commit', { file: at('a', 5) });
  zone = 'Asia/Tokyo';
  await t.call('imports.commit', { file: at('b', 7) });
  await t.call('imports.undo', { importId: first.files[0]?.importId ?? 0 });
  zone = 'America/Los_Angeles';
  expect(await totals(t)).toMatchObject({ records: 1, tokens: { output: 7 } });
  expect(await t.call('ledger.verify', {})).toMatchObject({ wrongSums: 0 });
});

test('a credit that grew takes the place of the smaller one', async () => {
  await using t = await startTestCore();
  const header =
    'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id,organization_id,organization_name';
  const credit = (usd: string): string =>
    `1782864000,1782950400,2026-07-01T00:00:00+00:00,2026-07-02T00:00:00+00:00,${usd},usd,credit,,org,Org`;
  await t.call('imports.commit', { file: write(t, 'a.csv', [header, credit('-2.00')]) });
  await t.call('imports.commit', { file: write(t, 'b.csv', [header, credit('-5.00')]) });
  expect((await totals(t)).cashNanoUsd).toBe(-5_000_000_000);
});

test('empty lists in a filter ask for everything, plan fees included; pace knows the fee still due', async () => {
  await using t = await startTestCore({ now: Date.UTC(2026, 10, 20, 12) });
  const fee = { nanoUsd: 20_000_000_000, cycle: 'month', start: '2026-10-25', end: null } as const;
  await t.call('accounts.save', { name: 'Plan', kind: 'plan', provider: 'openai', fee });
  const all = await totals(t);
  expect(all.planFeeNanoUsd).toBe(20_000_000_000);
  for (const list of ['models', 'providers', 'projects', 'evidence', 'accounts'])
    expect(await totals(t, { [list]: [] })).toEqual(all);
  const pace = await t.call('report.pace', { filters: {} });
  expect(pace.projectedNanoUsd).toBe(20_000_000_000);
});

test('a pace stands on the days the ledger knows: before its first record, nothing is known to have been free', async () => {
  await using t = await startTestCore({ now: Date.UTC(2026, 10, 21, 12) });
  const days = (from: number) =>
    Array.from({ length: 21 - from }, (_, i) => `2026-11-${from + i}T10:00:00Z,3`);
  const commit = (name: string, lines: readonly string[]) =>
    t.call('imports.commit', { file: write(t, name, ['when,usd', ...lines]), mapping: mapping('billed') });
  await commit('two.csv', days(19));
  expect(await t.call('report.pace', { filters: {} })).toMatchObject({ daysSeen: 3, projectedNanoUsd: null });
  await commit('three.csv', ['2026-11-18T09:00:00Z,3']);
  // 9 spent on three days, ten days of 3 to come, today's included
  expect(await t.call('report.pace', { filters: {} })).toMatchObject({
    ...{ daysSeen: 4, spentNanoUsd: 9_000_000_000, projectedNanoUsd: 39_000_000_000 },
  });
});

test('undoing an import hands a shared record to the account of the one that stands', async () => {
  await using t = await startTestCore();
  const first = await t.call('imports.commit', { file: sample('claude_code_session.jsonl') });
  const line = JSON.parse(session[1] ?? '');
  const extra = JSON.stringify({ ...line, message: { ...line.message, id: 'msg_extra' } });
  await t.call('imports.commit', { file: write(t, 'more.jsonl', [...session, extra]), account: 'Work API' });
  await t.call('imports.undo', { importId: first.files[0]?.importId ?? 0 });
  const { rows } = await t.call('report.run', { by: ['account'], filters: {} });
  expect(rows.map((row) => row.account)).toEqual(['Work API']);
});

test('sample data that a real file repeats can still be removed, and the real records stay', async () => {
  await using t = await startTestCore();
  await t.call('sample.load', {});
  const log = renderSampleData(t.now).find((file) => file.format === 'claude-code');
  const { files } = await t.call('imports.commit', {
    file: write(t, 'own.jsonl', [log?.content.trimEnd() ?? '', session[1] ?? '']),
  });
  expect(files[0]?.counts.accepted).toBe(1);
  await t.call('sample.remove', {});
  const { rows } = await t.call('report.run', { by: ['account'], filters: {} });
  expect(rows.map((row) => row.account)).toEqual(['Claude Code']);
  expect(rows[0]?.records).toBeGreaterThan(1);
});

test('re-reading a document is no claim of its own: undoing the scan that brought it removes it', async () => {
  await using t = await startTestCore();
  const folder = join(t.dir, 'store');
  mkdirSync(folder);
  const message = JSON.parse(readFileSync(sample('opencode_message.json').path, 'utf8'));
  const path = join(folder, 'msg_01.json');
  writeFileSync(path, JSON.stringify(message));
  await t.call('settings.save', { logFolders: { opencode: [folder] } });
  const first = await t.call('scan.run', { tools: ['opencode'] });
  writeFileSync(path, `${JSON.stringify(message)}\n\n`);
  writeFileSync(join(folder, 'msg_02.json'), JSON.stringify({ ...message, id: 'msg_02' }));
  await t.call('scan.run', { tools: ['opencode'] });
  await t.call('imports.undo', { importId: first.tools[0]?.importId ?? 0 });
  expect((await totals(t)).records).toBe(1);
});

test('a record of a scan names the file and line it stands in', async () => {
  await using t = await startTestCore();
  const folder = join(t.dir, 'logs');
  mkdirSync(folder);
  writeFileSync(join(folder, 's.jsonl'), `${session.join('\n')}\n`);
  await t.call('settings.save', { logFolders: { 'claude-code': [folder] } });
  await t.call('scan.run', { tools: ['claude-code'] });
  const { records } = await t.call('activity.list', { filters: {} });
  const detail = await t.call('activity.get', { id: records[0]?.id ?? 0 });
  expect(detail.fileName).toBe(join(folder, 's.jsonl'));
  expect(detail.line).toBeGreaterThan(0);
});

test('a bill without an exchange rate does not hide what is known, and says what is missing', async () => {
  await using t = await startTestCore();
  await t.call('imports.commit', { file: sample('openai_completions_usage.csv') });
  const known = (await totals(t)).cashNanoUsd;
  const lines = readFileSync(sample('openai_cost.csv').path, 'utf8')
    .replaceAll(',usd,', ',eur,')
    .trimEnd()
    .split('\n');
  const { files } = await t.call('imports.commit', { file: write(t, 'eur.csv', lines) });
  expect(files[0]?.warnings.join(' ')).toMatch(/No exchange rate for EUR: 4 rows/);
  expect((await totals(t)).cashNanoUsd).toBe(known);
});

test('more tokens than a row can hold are refused with their line', async () => {
  await using t = await startTestCore();
  const rows = readFileSync(sample('anthropic_usage_v1.csv').path, 'utf8').trimEnd().split('\n');
  const huge = (rows[1] ?? '').replace(/,(\d+),/, ',99999999999,');
  const { files } = await t.call('imports.commit', {
    file: write(t, 'huge.csv', [rows[0] ?? '', huge, rows[2] ?? '']),
  });
  expect(files[0]?.counts).toMatchObject({ accepted: 1, refused: 1 });
});

test('the history of imports follows when prices become known', async () => {
  await using t = await startTestCore();
  const lines = readFileSync(sample('openai_cost.csv').path, 'utf8')
    .replaceAll(',usd,', ',eur,')
    .trimEnd()
    .split('\n');
  await t.call('imports.commit', { file: write(t, 'eur.csv', lines) });
  await t.call('settings.save', { fxRates: [{ currency: 'EUR', usdPerUnit: '2', from: '2026-01-01' }] });
  const [row] = (await t.call('imports.list', {})).imports;
  expect(row).toMatchObject({ costNanoUsd: 76_240_000, counts: { unpriced: 0 } });
});

test('a bill for a month speaks for every day of it, and no longer once it is moved away', async () => {
  await using t = await startTestCore();
  const [header = '', row = ''] = readFileSync(sample('focus_1.4_generic.csv').path, 'utf8')
    .trimEnd()
    .split('\n');
  const names = header.split(',');
  const cells = row.split(',');
  cells[names.indexOf('ChargePeriodStart')] = '2026-07-01T00:00:00Z';
  cells[names.indexOf('ChargePeriodEnd')] = '2026-08-01T00:00:00Z';
  cells[names.indexOf('ServiceProviderName')] = 'OpenRouter';
  await t.call('imports.commit', { file: write(t, 'month.csv', [header, cells.join(',')]), account: 'One' });
  const billed = await totals(t);
  const router = readFileSync(sample('openrouter_activity.csv').path, 'utf8').replaceAll(
    '2026-08-01',
    '2026-07-10',
  );
  await t.call('imports.commit', {
    file: write(t, 'days.csv', router.trimEnd().split('\n')),
    account: 'One',
  });
  expect((await totals(t)).cashNanoUsd).toBe(billed.cashNanoUsd);
  const two = await t.call('accounts.save', { name: 'Two', kind: 'api', provider: 'x', fee: null });
  const { sources } = await t.call('sources.list', {});
  const bill = sources.find((source) => source.importer === 'focus');
  await t.call('sources.assign', { sourceId: bill?.id ?? 0, accountId: two.id });
  expect((await totals(t)).cashNanoUsd).toBe(billed.cashNanoUsd + 38_979_000);
});

test('an export adds up to the cash of the report, plan fees included', async () => {
  await using t = await startTestCore();
  await t.call('imports.commit', { file: sample('openrouter_activity.csv') });
  const fee = { nanoUsd: 20_000_000_000, cycle: 'month', start: '2026-11-01', end: null } as const;
  await t.call('accounts.save', { name: 'Plan', kind: 'plan', provider: 'openai', fee });
  const made = await t.call('exports.create', { format: 'focus', filters: {} });
  const text = readFileSync(t.core.exportFile(made.exportId)?.path ?? '', 'utf8');
  const nano = text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => Math.round(Number(line.split(',')[0]) * 1e9));
  expect(nano.reduce((sum, one) => sum + one, 0)).toBe((await totals(t)).cashNanoUsd);
  expect(text).toContain('Purchase');
});

test('the preview of an archive says what its commit does: a row in two of its files is new once', async () => {
  await using t = await startTestCore();
  const [header = '', one = '', two = ''] = readFileSync(
    sample('openrouter_activity.csv').path,
    'utf8',
  ).split('\n');
  const path = join(t.dir, 'two.zip');
  const csv = (...rows: string[]) => strToU8(`${[header, ...rows].join('\n')}\n`);
  writeFileSync(path, zipSync({ 'a.csv': csv(one), 'b.csv': csv(one, two) }));
  const counts = (files: readonly object[]) => files.map((file) => ('counts' in file ? file.counts : null));
  const preview = await t.call('imports.preview', { file: { path } });
  const commit = await t.call('imports.commit', { file: { path } });
  expect(counts(preview.files)).toEqual(counts(commit.files));
  expect(counts(commit.files)).toMatchObject([{ accepted: 1 }, { accepted: 1, duplicate: 1 }]);
});

test('a preview counts what it raises: the money it adds is the step from before to after', async () => {
  await using t = await startTestCore();
  const line = JSON.parse(session[1] ?? '');
  const said = (output: number): string =>
    JSON.stringify({
      ...line,
      message: { ...line.message, usage: { ...line.message.usage, output_tokens: output } },
    });
  await t.call('imports.commit', { file: write(t, 'low.jsonl', [said(5)]) });
  const { files } = await t.call('imports.preview', { file: write(t, 'high.jsonl', [said(500)]) });
  const [ready] = files;
  if (ready?.kind !== 'ready') throw new Error('not ready');
  expect(ready.addsNanoUsd).toBeGreaterThan(0);
  expect(ready.addsNanoUsd).toBe(ready.equivalentAfterNanoUsd - ready.equivalentBeforeNanoUsd);
});

test('a log line or a rate that states more money than a row can hold costs that row, not the whole import', async () => {
  await using t = await startTestCore();
  const line = JSON.parse(session[1] ?? '');
  const dear = JSON.stringify({
    ...{ ...line, costUSD: 9_007_199_254_740_991 },
    message: { ...line.message, id: 'msg_dear' },
  });
  const { files } = await t.call('imports.commit', { file: write(t, 'a.jsonl', [...session, dear]) });
  expect(files[0]?.problems).toMatchObject([{ reason: '"9007199254740991": the amount is too large' }]);
  expect((await totals(t)).records).toBeGreaterThan(0);

  await t.call('imports.undo', { importId: files[0]?.importId ?? 0 });
  const own = { ...mapping('billed'), currency: 'EUR' };
  await t.call('imports.commit', {
    file: write(t, 'b.csv', ['when,usd', '2026-07-01,8000000', '2026-07-02,5']),
    mapping: own,
  });
  await t.call('settings.save', { fxRates: [{ currency: 'EUR', usdPerUnit: '1.2', from: '2026-01-01' }] });
  expect(await totals(t)).toMatchObject({ cashNanoUsd: 6_000_000_000, records: 2 });
});

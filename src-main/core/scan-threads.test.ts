import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { worthThreadsBytes } from '../jobs/reading/pool.ts';
import { startTestCore, type TestCore } from '../testing/core.ts';

const files = 6;

/** Lines of replies: streamed ones, ones another file has as well, and some nobody can use. */
function logOf(file: number): string {
  const line = (id: string, output: number): string =>
    JSON.stringify({
      type: 'assistant',
      isSidechain: false,
      sessionId: `s${file}`,
      cwd: '/home/dev/shop',
      requestId: `req_${id}`,
      uuid: `${id}-${output}`,
      timestamp: new Date(Date.UTC(2026, 6, 1 + (file % 3), file)).toISOString(),
      message: {
        id: `msg_${id}`,
        type: 'message',
        role: 'assistant',
        model: 'claude-sonnet-4-5-20250929',
        usage: { input_tokens: 7, output_tokens: output },
      },
    });
  const replies = Array.from({ length: 40 }, (_, i) => `${file}-${i}`);
  return [
    ...replies.flatMap((id, i) => [line(id, 1), line(id, 5 + i)]),
    line('shared', file),
    line('spoilt', 3),
    line('spoilt', 1e15),
    '{"type":"assistant","message":{"usage":{',
    '',
  ].join('\n');
}

/** Writes the logs; one is so long that reading them is worth threads, though the rest of it is nothing. */
function writeLogs(t: TestCore, isLong: boolean): void {
  const folder = join(t.home, '.claude', 'projects', '-home-dev-shop');
  mkdirSync(folder, { recursive: true });
  for (let file = 0; file < files; file++) writeFileSync(join(folder, `${file}.jsonl`), logOf(file));
  if (!isLong) return;
  const filler = `${'x'.repeat(1024 ** 2 - 1)}\n`;
  for (let bytes = 0; bytes < worthThreadsBytes; bytes += filler.length)
    appendFileSync(join(folder, '0.jsonl'), filler);
}

const scan = (t: TestCore) => t.call('scan.run', { tools: ['claude-code'] });

async function ledgerOf(t: TestCore) {
  const [tool] = (await scan(t)).tools;
  const { imports } = await t.call('imports.list', {});
  const { problems } = await t.call('imports.problems', { importId: tool?.importId ?? 0 });
  const report = await t.call('report.run', { by: ['day', 'model', 'project'], filters: {} });
  return {
    bytesRead: tool?.bytesRead ?? 0,
    counts: imports.map(({ counts }) => counts),
    money: imports.map(({ costNanoUsd }) => costNanoUsd),
    problems: problems.map((problem) => ({ ...problem, reason: problem.reason.replace(t.home, '') })),
    rows: report.rows,
  };
}

test('a scan by threads leaves the ledger one thread leaves, counts and refused lines included, and reads nothing twice', async () => {
  await using long = await startTestCore();
  await using short = await startTestCore();
  writeLogs(long, true);
  writeLogs(short, false);
  const ledger = await ledgerOf(long);
  expect(ledger.bytesRead).toBeGreaterThan(worthThreadsBytes);
  expect({ ...ledger, bytesRead: 0 }).toEqual({ ...(await ledgerOf(short)), bytesRead: 0 });
  expect(ledger.counts).toMatchObject([{ accepted: files * 40 + 2, refused: files * 2 }]);
  expect((await scan(long)).tools[0]).toMatchObject({ bytesRead: 0, accepted: 0, importId: null });
});

test('a scan by threads that is cancelled leaves nothing, and the next one is whole', async () => {
  await using t = await startTestCore();
  writeLogs(t, true);
  const silence = t.core.events.listen((event) => {
    if (event.kind === 'job.changed' && event.job.state === 'running' && event.job.done > 0)
      void t.call('jobs.cancel', { id: event.job.id });
  });
  await expect(scan(t)).rejects.toMatchObject({ code: 'CANCELLED' });
  silence();
  expect((await t.call('app.info', {})).records).toBe(0);
  await scan(t);
  expect((await t.call('app.info', {})).records).toBe(files * 40 + 2);
});

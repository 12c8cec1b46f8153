import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { worthThreadBytes } from '../jobs/rows/read-in-thread.ts';
import { startTestCore, type TestCore } from '../testing/core.ts';

const header =
  'generation_id,created_at,cost_total,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,cancelled';

/** Calls, some of which nobody can use and some of which stand twice; blank lines can make the file a large one. */
function callsOf(rows: number, isLong: boolean): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    // Every seventeenth row says more of the call before it.
    const id = `gen-${i % 17 === 0 ? i - 1 : i}`;
    const cost = i % 101 === 0 ? 'none at all' : `0.0${i}`;
    return `${id},2026-0${1 + (Math.trunc(i / 1700) % 9)}-10 0${i % 10}:00:00.000,${cost},${i},7,0,0,openai/gpt-5-mini,false`;
  });
  const blanks = isLong ? '\n'.repeat(worthThreadBytes) : '';
  return `${[header, ...lines].join('\n')}\n${blanks}`;
}

/** All that is told of a file before and after it was imported, whatever its size. */
async function ledgerOf(t: TestCore, content: string | Buffer, name = 'activity.csv') {
  const path = join(t.dir, name);
  writeFileSync(path, content);
  const file = { path };
  const preview = await t.call('imports.preview', { file });
  const committed = await t.call('imports.commit', { file });
  const again = await t.call('imports.commit', { file });
  const report = await t.call('report.run', { by: ['day', 'model'], filters: {} });
  const { imports } = await t.call('imports.list', {});
  const { problems } = await t.call('imports.problems', { importId: imports[0]?.id ?? 0 });
  const anySize = { bytes: 0, sha256: '', elapsedMs: 0, fileName: '' };
  const known = { again: again.files.map(({ counts, importId }) => ({ counts, importId })) };
  return {
    known,
    preview: preview.files.map((one) => ({ ...one, ...anySize })),
    committed: committed.files.map((one) => ({ ...one, ...anySize })),
    rows: report.rows,
    problems,
  };
}

test('a large table leaves the ledger a small one leaves, which its preview foretold; the same file again adds nothing', async () => {
  await using long = await startTestCore();
  await using short = await startTestCore();
  await using unpacked = await startTestCore();
  const { known: _, ...expected } = await ledgerOf(short, callsOf(3_000, false));
  // Not pressed: a file that shrinks by so much would be taken for one made to do harm.
  const archive = gzipSync(callsOf(3_000, true), { level: 0 });
  for (const ledger of [
    await ledgerOf(long, callsOf(3_000, true)),
    await ledgerOf(unpacked, archive, 'activity.csv.gz'),
  ]) {
    expect(ledger).toMatchObject(expected);
    expect(ledger.known.again).toMatchObject([{ importId: null, counts: { accepted: 0, refused: 30 } }]);
  }
});

test('a large table is written by the worker of a window as well, and its journal is moved once the answer is out', async () => {
  await using inWorker = await startTestCore({ heavyWork: 'thread' });
  await using inline = await startTestCore();
  const text = callsOf(12_000, true);
  expect(await ledgerOf(inWorker, text)).toEqual(await ledgerOf(inline, text));
  const { records } = await inWorker.call('app.info', {});
  await inWorker.restart();
  expect((await inWorker.call('app.info', {})).records).toBe(records);
});

test('a large table that is cancelled leaves nothing', async () => {
  await using t = await startTestCore();
  const path = join(t.dir, 'activity.csv');
  writeFileSync(path, callsOf(60_000, true));
  const silence = t.core.events.listen((event) => {
    if (event.kind === 'job.changed' && event.job.state === 'running' && event.job.done > 0)
      void t.call('jobs.cancel', { id: event.job.id });
  });
  await expect(t.call('imports.commit', { file: { path } })).rejects.toMatchObject({ code: 'CANCELLED' });
  silence();
  expect((await t.call('app.info', {})).records).toBe(0);
});

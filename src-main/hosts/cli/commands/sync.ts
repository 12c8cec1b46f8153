import type { RouteOutput } from '../../../../src-preload/contract/index.ts';
import type { Core } from '../../../core/index.ts';
import { AppError } from '../../../platform/error.ts';
import type { Outcome, Run } from '../command.ts';
import { exitCodes } from '../failure.ts';
import { type Ask, unlock } from '../session.ts';
import { number, plain, table } from '../text.ts';
import { findConnections, noConnections } from './find-connection.ts';

type Results = RouteOutput<'sync.run'>['results'];

interface SyncOptions {
  readonly report?: string;
}

/** `llmlab sync [SOURCE]`: reads what vendors report now. Exit code 1 when something failed. */
export async function sync(run: Run, { report }: SyncOptions, source: string | undefined): Outcome {
  const results = await run.withCore(async ({ ask, core }) => {
    const wanted = await connectionsOf(ask, source);
    await unlock(ask, run.io);
    // Windows that were read by then are kept: the next sync goes on from there.
    const release = run.io.onInterrupt(() => void core.stop());
    const silence = showProgress(run, ask, core);
    try {
      const inputs = wanted === null ? [{}] : wanted.map((connectionId) => ({ connectionId }));
      const all = await Promise.all(
        inputs.map((input) => ask('sync.run', report === undefined ? input : { ...input, report })),
      );
      return all.flatMap((one) => one.results);
    } finally {
      silence();
      release();
      run.io.progress(null);
    }
  });
  if (results.length === 0) throw noReports(report);
  run.print({ results }, () => resultTable(results));
  for (const line of failureLines(results)) run.hint(line);
  if (results.some(({ error }) => error?.code === 'VAULT_LOCKED'))
    run.hint('A terminal asks for the passphrase; elsewhere it is read from LLMLAB_PASSPHRASE.');
  if (results.some(({ state }) => state === 'skipped'))
    run.hint(
      'Skipped is what is paused, lacks a key it needs, or is read by another connection of the same account.',
    );
  return exitCodeOf(results);
}

/** Ids of the connections that are meant; null for all. */
async function connectionsOf(ask: Ask, source: string | undefined): Promise<readonly number[] | null> {
  if (source !== undefined) return (await findConnections(ask, source)).map(({ id }) => id);
  const { connections } = await ask('connections.list', {});
  if (connections.length === 0) throw noConnections();
  return null;
}

function noReports(report: string | undefined): AppError {
  return new AppError(
    'UNSUPPORTED',
    report === undefined
      ? 'These vendors report nothing that could be read: import their files, or let calls go through LLMLab.'
      : `There is no report ${report} to read. llmlab sync --json names those there are.`,
  );
}

function showProgress(run: Run, ask: Ask, core: Core): () => void {
  const show = async (): Promise<void> => {
    const { connections } = await ask('connections.list', {});
    const running = connections.flatMap(({ name, reports }) =>
      reports.flatMap(({ isRunning, label, backfill, waitsUntil }) => {
        const days = backfill === null ? '' : ` ${backfill.done} of ${backfill.total} days`;
        const wait = waitsUntil === null ? '' : ', asked to wait';
        return isRunning ? [`${name}: ${label}${days}${wait}`] : [];
      }),
    );
    if (running.length > 0) run.io.progress(running.join(' · '));
  };
  return core.events.listen((event) => {
    // What is shown meanwhile is not worth failing for.
    if (!run.json && event.kind === 'connections.changed') void show().catch(() => undefined);
  });
}

/** What went wrong, once for all the reports of a connection it kept from being read. */
function failureLines(results: Results): readonly string[] {
  const failed = results.flatMap(({ connection, report, error }) =>
    error === null ? [] : [{ connection, report, why: plain(error.message) }],
  );
  return [...Map.groupBy(failed, ({ connection, why }) => JSON.stringify([connection, why])).values()].map(
    ([first, ...more]) => {
      if (first === undefined) return '';
      const ids = [first, ...more].map(({ report }) => report).join(', ');
      return `${plain(first.connection)}, ${ids}: ${first.why}`;
    },
  );
}

function resultTable(results: Results): string {
  return table(
    [
      { title: 'Connection', cell: (row) => row.connection },
      { title: 'Report', cell: (row) => row.report },
      { title: 'State', cell: (row) => row.state },
      { title: 'New', right: true, cell: (row) => number(row.accepted - row.updated) },
      { title: 'Updated', right: true, cell: (row) => number(row.updated) },
      { title: 'Known', right: true, cell: (row) => number(row.duplicate) },
      { title: 'Withdrawn', right: true, cell: (row) => number(row.withdrawn) },
      { title: 'Refused', right: true, cell: (row) => number(row.refused) },
    ],
    results,
  );
}

function exitCodeOf(results: Results): number | undefined {
  if (results.some(({ error }) => error?.code === 'CANCELLED')) return exitCodes.interrupted;
  return results.some(({ state }) => state === 'failed') ? exitCodes.nothing : undefined;
}

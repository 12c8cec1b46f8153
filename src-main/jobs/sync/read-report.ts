import { AppError } from '../../platform/error.ts';
import type { Clock, Timers } from '../../platform/ports.ts';
import type { CostPage, CostReport, Provider } from '../../platform/provider.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import type { SyncStateRow } from '../../store/sync-states.ts';
import type { TaskInput, TaskName, TaskOutput } from '../tasks.ts';
import type { Vendors } from '../vendors/vendors.ts';
import { patiently } from './patience.ts';
import { type Report, spendComesFromBalance } from './reports.ts';
import { nothingStored, type ReportFacts, type Stored } from './tasks.ts';
import { nextStep, type Span, type Step } from './windows.ts';

/** Runs one task of the writer, unseen unless it takes long. */
export type RunTask = <N extends TaskName>(task: N, input: TaskInput<N>) => Promise<TaskOutput<N>>;

export interface ReadingOptions {
  readonly vendors: Vendors;
  readonly run: RunTask;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly connection: ConnectionRow;
  readonly provider: Provider;
  readonly report: Report;
  readonly state: SyncStateRow;
  readonly signal: AbortSignal;
  /** Called whenever something was stored. */
  readonly stored: (what: Stored) => void;
  /** Called with the milliseconds a vendor asked to wait, and with null once it is asked again. */
  readonly waiting: (ms: number | null) => void;
}

/** Reads one report of one connection up to now, storing as it goes. Throws what kept it from being read. */
export async function readReport(options: ReadingOptions): Promise<Stored> {
  const { report } = options;
  if (report.costs !== null) return readCosts(options, report.costs);
  return report.id === 'balance' ? readBalance(options) : readModels(options);
}

/** No vendor's window has more pages: what has is going round in circles. */
const mostPages = 10_000;

async function readCosts(options: ReadingOptions, costs: CostReport): Promise<Stored> {
  const { clock, state } = options;
  const now = clock.now();
  let total = nothingStored;
  let covered = coveredBy(state);
  let head: number | null = null;
  for (;;) {
    const step = nextStep(costs, { covered, head }, now);
    if (step === null) return total;
    const isHead = head === null || step.to > head;
    const stored = await readWindow(options, costs, step, isHead);
    options.stored(stored);
    total = plus(total, stored);
    covered = step.covered;
    if (isHead) head = step.to;
  }
}

export function coveredBy({ covered_from: from, covered_to: to }: SyncStateRow): Span | null {
  return from === null || to === null ? null : { from, to };
}

async function readWindow(
  { vendors, run, clock, timers, connection, provider, signal, waiting }: ReadingOptions,
  costs: CostReport,
  step: Step,
  isHead: boolean,
): Promise<Stored> {
  const at = clock.now();
  const pages = await readPages((cursor) =>
    patiently({ timers, signal, waiting }, () =>
      vendors.use({ connectionId: connection.id, purpose: 'sync', signal }, ({ context }) =>
        costs.read({ from: step.from, to: step.to, cursor }, context),
      ),
    ),
  );
  const known = pages.map(({ asOf }) => asOf).filter((asOf) => asOf !== null);
  const asOf = known.length === 0 ? null : Math.min(...known);
  return run('storeSync', {
    connectionId: connection.id,
    report: factsOf(provider, costs),
    reading: {
      records: pages.flatMap(({ records }) => records),
      problems: pages.flatMap(({ problems }) => problems),
      at,
      whole: { from: step.from, to: Math.min(step.to, asOf ?? step.to) },
    },
    covered: step.covered,
    asOf: isHead ? Math.min(asOf ?? at, at, step.to) : null,
  });
}

async function readPages(read: (cursor: string | null) => Promise<CostPage>): Promise<readonly CostPage[]> {
  const pages: CostPage[] = [];
  const seen = new Set<string>();
  let cursor: string | null = null;
  do {
    const page: CostPage = await read(cursor);
    pages.push(page);
    cursor = page.cursor;
    if (cursor !== null && (seen.has(cursor) || pages.length >= mostPages))
      throw new AppError(
        'BAD_RESPONSE',
        'The vendor names the same page again and again. Nothing of this window was stored; try again later.',
      );
    if (cursor !== null) seen.add(cursor);
  } while (cursor !== null);
  return pages;
}

function factsOf({ id, label, vendor }: Provider, report: CostReport): ReportFacts {
  const { evidence, coverage, usage } = report;
  return { id: report.id, label: report.label, evidence, coverage, usage, provider: { id, label, vendor } };
}

/**
 * What falls of a balance say. `estimated`, although the money is the vendor's: what a top-up hides is missing, and when
 * within a night it fell is not known.
 */
function spendFacts({ id, label, vendor }: Provider): ReportFacts {
  return {
    ...{
      id: 'balance',
      label: 'Spend by balance',
      evidence: 'estimated',
      coverage: 'account',
      usage: 'none',
    },
    provider: { id, label, vendor },
  };
}

async function readBalance(options: ReadingOptions): Promise<Stored> {
  const { vendors, run, clock, connection, provider, signal } = options;
  const at = clock.now();
  const balances = await vendors.use(
    { connectionId: connection.id, purpose: 'sync', signal },
    async ({ context }) => (await provider.balance?.(context)) ?? [],
  );
  const spend = spendComesFromBalance(provider) ? spendFacts(provider) : null;
  const stored = await run('storeBalance', { connectionId: connection.id, at, balances, spend });
  await run('markSync', { connection_id: connection.id, report: options.report.id, as_of: at });
  options.stored(stored);
  return stored;
}

async function readModels({ vendors, run, clock, connection, provider, signal, report }: ReadingOptions) {
  const at = clock.now();
  const models = await vendors.use(
    { connectionId: connection.id, purpose: 'sync', signal },
    async ({ context }) => (await provider.models?.(context)) ?? [],
  );
  await run('storeModels', { connectionId: connection.id, models, at });
  await run('markSync', { connection_id: connection.id, report: report.id, as_of: at });
  return nothingStored;
}

function plus(a: Stored, b: Stored): Stored {
  return {
    accepted: a.accepted + b.accepted,
    updated: a.updated + b.updated,
    duplicate: a.duplicate + b.duplicate,
    refused: a.refused + b.refused,
    withdrawn: a.withdrawn + b.withdrawn,
  };
}

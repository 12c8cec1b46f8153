import type { ErrorCode } from '../../../src-preload/contract/errors.ts';
import { AppError } from '../../platform/error.ts';
import type { Ports } from '../../platform/ports.ts';
import type { Provider } from '../../platform/provider.ts';
import { type ConnectionRow, connectionById } from '../../store/connections.ts';
import type { ReadDb } from '../../store/database.ts';
import { type SyncStateRow, syncState } from '../../store/sync-states.ts';
import type { Vendors } from '../vendors/vendors.ts';
import { type RunTask, readReport } from './read-report.ts';
import type { Report } from './reports.ts';
import { nothingStored, type Stored } from './tasks.ts';
import { afterFailure, afterSuccess, isUntried, type Random } from './timing.ts';

/** One report of one connection, to be read. */
export interface SyncJob {
  readonly connection: ConnectionRow;
  readonly provider: Provider;
  readonly report: Report;
}

/** How the reading of one report ended. */
export interface SyncResult extends Stored {
  readonly connection: ConnectionRow;
  readonly report: string;
  /** `skipped`: a credential is missing, it is paused, or another connection reads the same account. */
  readonly state: 'ok' | 'failed' | 'skipped';
  readonly error: { readonly code: ErrorCode; readonly message: string } | null;
  readonly ms: number;
}

export function skipped({ connection, report }: SyncJob): SyncResult {
  return { ...nothingStored, connection, report: report.id, state: 'skipped', error: null, ms: 0 };
}

export interface ReaderOptions {
  readonly ports: Pick<Ports, 'clock' | 'log' | 'timers'>;
  readonly vendors: Vendors;
  readonly db: () => ReadDb;
  readonly run: RunTask;
  readonly random: Random;
  readonly stored: (what: Stored) => void;
  /** The vendor of a report asked to wait until then (UTC ms); null once it is over. */
  readonly waiting: (job: SyncJob, until: number | null) => void;
}

/** Reads one report from the state it is in when its turn comes, and notes how that went. Never rejects for the vendor's sake. */
export type ReadOne = (job: SyncJob, signal: AbortSignal) => Promise<SyncResult>;

export function createReader({
  ports,
  vendors,
  db,
  run,
  random,
  stored,
  ...options
}: ReaderOptions): ReadOne {
  const noteWell = async ({ connection, report }: SyncJob, state: SyncStateRow): Promise<void> => {
    const now = ports.clock.now();
    const wait = afterSuccess(state.every_minutes ?? report.everyMinutes, random);
    await run('markSync', {
      ...{ connection_id: connection.id, report: report.id, attempted_at: now, succeeded_at: now },
      ...{ failures: 0, error_code: null, error: null, next_at: now + wait },
    });
  };

  const noteFailure = async (
    { connection, report }: SyncJob,
    state: SyncStateRow,
    failure: AppError,
  ): Promise<void> => {
    const now = ports.clock.now();
    const failures = isUntried(failure) ? state.failures : state.failures + 1;
    await run('markSync', {
      ...{ connection_id: connection.id, report: report.id, attempted_at: now, failures },
      next_at: now + afterFailure(failure, failures, random),
      ...{ error_code: failure.code, error: failure.message },
    });
  };

  return async (job, signal) => {
    const { provider, report } = job;
    const at = performance.now();
    const connection = connectionById(db(), job.connection.id);
    if (connection === undefined || signal.aborted) return skipped(job);
    const ended = (end: Pick<SyncResult, 'state' | 'error'> & Partial<Stored>): SyncResult => ({
      ...{ ...nothingStored, connection, report: report.id },
      ...{ ms: Math.round(performance.now() - at), ...end },
    });
    const state = syncState(db(), connection.id, report.id);
    const { clock, timers } = ports;
    const waiting = (ms: number | null) => options.waiting(job, ms === null ? null : clock.now() + ms);
    const facts = {
      vendors,
      run,
      clock,
      timers,
      connection,
      provider,
      report,
      state,
      signal,
      stored,
      waiting,
    };
    try {
      const total = await readReport(facts);
      await noteWell(job, state);
      return ended({ state: 'ok', error: null, ...total });
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code === 'INTERNAL') ports.log.error('sync failed', { report: report.id, error });
      // Broken off, by the user or the end of the host: nothing went wrong with it.
      if (failure.code !== 'CANCELLED') await noteFailure(job, state, failure);
      const { code, message } = failure;
      return ended({ state: 'failed', error: { code, message } });
    }
  };
}

function asFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('INTERNAL', 'Something went wrong while reading. What was read before is kept.', {
    cause: error,
  });
}

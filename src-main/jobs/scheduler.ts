import type { ErrorCode } from '../../src-preload/contract/errors.ts';
import { AppError } from '../platform/error.ts';
import type { Ports } from '../platform/ports.ts';
import type { Provider } from '../platform/provider.ts';
import type { Vault } from '../platform/vault/vault.ts';
import { type ConnectionRow, connectionById, listConnections } from '../store/connections.ts';
import type { ReadDb } from '../store/database.ts';
import { readMeta } from '../store/meta.ts';
import { type SyncStateRow, syncState } from '../store/sync-states.ts';
import { type RunTask, readReport } from './sync/read-report.ts';
import { missingFor, type Report, reportsOf } from './sync/reports.ts';
import { nothingStored, type Stored } from './sync/tasks.ts';
import { afterFailure, afterSuccess, isDue, isUntried, type Random } from './sync/timing.ts';
import { ownerOf } from './vendors/create-vendors.ts';
import type { Vendors } from './vendors/vendors.ts';

export interface SyncOptions {
  readonly ports: Pick<Ports, 'clock' | 'log' | 'timers'>;
  readonly providers: readonly Provider[];
  readonly vault: Pick<Vault, 'hints' | 'state'>;
  readonly vendors: Vendors;
  readonly db: () => ReadDb;
  readonly run: RunTask;
  /** How far something is read, or how it went, is no longer what it was. */
  readonly changed: () => void;
  readonly ledgerChanged: () => void;
  readonly random?: Random;
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

/** Reads vendors' reports when they are due: one at a time per vendor, vendors side by side. */
export interface Sync {
  /** Reads now what is asked for, due or not; one connection also while it is paused. */
  run(wanted: {
    readonly connectionId?: number | undefined;
    readonly report?: string | undefined;
  }): Promise<readonly SyncResult[]>;
  isRunning(connectionId: number, report: string): boolean;
  isPaused(): boolean;
  /** What a report of a connection still needs. */
  missing(connection: ConnectionRow, report: Report): readonly string[];
  /** Begins to look for what is due, until `stop`. */
  start(): void;
  /** Looks now: something was added or unlocked. Does nothing before `start`. */
  look(): void;
  /** Breaks off what is read; windows that are stored stay. */
  stop(): Promise<void>;
}

interface Job {
  readonly connection: ConnectionRow;
  readonly provider: Provider;
  readonly report: Report;
}

const tickMs = 30_000;
/** A look this late means that the machine slept. */
const sleptMs = 5 * 60_000;

export function createSync(options: SyncOptions): Sync {
  const { ports, vault, db, run, vendors, changed, random = Math.random } = options;
  const providers = new Map(options.providers.map((provider) => [provider.id, provider]));
  /** The end of each vendor's queue. */
  const lanes = new Map<string, Promise<unknown>>();
  const inFlight = new Set<string>();
  /** Reports whose turn is to come. */
  const waiting = new Set<string>();
  let ending = new AbortController();
  let stopTicking: (() => void) | null = null;
  let lastLook: number | null = null;

  const idOf = (connectionId: number, report: string): string => `${connectionId}:${report}`;

  const missing = (connection: ConnectionRow, report: Report): readonly string[] => {
    const owner = ownerOf(connection.id);
    const secrets = new Set(vault.hints().flatMap((hint) => (hint.owner === owner ? [hint.field] : [])));
    // Written by saveConnection only.
    const fields = JSON.parse(connection.fields) as Record<string, string>;
    return missingFor(report, (field) => secrets.has(field) || (fields[field] ?? '') !== '');
  };

  const jobsOf = (connection: ConnectionRow): readonly Job[] => {
    const provider = providers.get(connection.provider);
    return provider === undefined
      ? []
      : reportsOf(provider).map((report) => ({ connection, provider, report }));
  };

  /** Two keys of one customer tell the same: one of them reads it, or each would take back what the other stated. */
  const isReadByAnother = ({ connection, report }: Job, all: readonly ConnectionRow[]): boolean =>
    report.id !== 'models' &&
    all.some(
      (other) =>
        other.id < connection.id &&
        other.provider === connection.provider &&
        other.account_id === connection.account_id &&
        other.paused === 0 &&
        missing(other, report).length === 0,
    );

  const canRead = (job: Job, all: readonly ConnectionRow[]): boolean =>
    missing(job.connection, job.report).length === 0 && !isReadByAnother(job, all);

  const finish = async (
    { connection, report }: Job,
    state: SyncStateRow,
    failure: AppError | null,
  ): Promise<void> => {
    const now = ports.clock.now();
    const key = { connection_id: connection.id, report: report.id, attempted_at: now };
    if (failure === null) {
      const wait = afterSuccess(state.every_minutes ?? report.everyMinutes, random);
      const well = { succeeded_at: now, failures: 0, error_code: null, error: null };
      await run('markSync', { ...key, ...well, next_at: now + wait });
      return;
    }
    const failures = isUntried(failure) ? state.failures : state.failures + 1;
    await run('markSync', {
      ...key,
      failures,
      next_at: now + afterFailure(failure, failures, random),
      error_code: failure.code,
      error: failure.message,
    });
  };

  /** One reading, from the state as it is when its turn comes. */
  const read = async (job: Job, signal: AbortSignal): Promise<SyncResult> => {
    const { provider, report } = job;
    const at = performance.now();
    const connection = connectionById(db(), job.connection.id);
    const ended = (end: Pick<SyncResult, 'state' | 'error'> & Partial<Stored>): SyncResult => ({
      ...nothingStored,
      ...{ connection: connection ?? job.connection, report: report.id },
      ...{ ms: Math.round(performance.now() - at), ...end },
    });
    if (connection === undefined || signal.aborted) return ended({ state: 'skipped', error: null });
    const state = syncState(db(), connection.id, report.id);
    let total = nothingStored;
    const stored = (what: Stored): void => {
      changed();
      if (what.accepted + what.withdrawn > 0) options.ledgerChanged();
    };
    try {
      total = await readReport({
        ...{ vendors, run, clock: ports.clock, connection, provider, report, state, signal, stored },
      });
      await finish(job, state, null);
      return ended({ state: 'ok', error: null, ...total });
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code === 'INTERNAL') ports.log.error('sync failed', { report: report.id, error });
      // Broken off, by the user or the end of the host: nothing went wrong with it.
      if (failure.code !== 'CANCELLED') await finish(job, state, failure);
      const { code, message } = failure;
      return ended({ state: 'failed', error: { code, message } });
    }
  };

  const enqueue = (job: Job): Promise<SyncResult> => {
    const id = idOf(job.connection.id, job.report.id);
    const { signal } = ending;
    const before = lanes.get(job.provider.id) ?? Promise.resolve();
    const turn = before.then(async () => {
      inFlight.add(id);
      changed();
      try {
        return await read(job, signal);
      } finally {
        inFlight.delete(id);
        waiting.delete(id);
        changed();
      }
    });
    lanes.set(
      job.provider.id,
      turn.catch((error: unknown) => ports.log.error('sync failed', { error })),
    );
    return turn;
  };
  const enqueueDue = async (): Promise<void> => {
    const now = ports.clock.now();
    if (lastLook !== null && now - lastLook > sleptMs) ports.log.info('catching up after sleep');
    lastLook = now;
    const all = listConnections(db());
    if (all.length === 0 || isPaused()) return;
    const { isLocked } = await vault.state();
    for (const connection of all.filter(({ paused }) => paused === 0))
      for (const job of jobsOf(connection)) {
        const id = idOf(connection.id, job.report.id);
        const state = syncState(db(), connection.id, job.report.id);
        const isUnlocked = state.error_code === 'VAULT_LOCKED' && !isLocked;
        if (waiting.has(id) || (!isUnlocked && !isDue(state, now)) || !canRead(job, all)) continue;
        waiting.add(id);
        void enqueue(job).catch(() => undefined);
      }
  };

  const tick = (): void => {
    void enqueueDue().catch((error: unknown) => {
      // Between two ledgers, during a restore, there is nothing to look at.
      if (!(error instanceof AppError)) ports.log.error('sync could not look what is due', { error });
    });
  };

  const isPaused = (): boolean => readMeta(db(), 'sync_paused') === '1';

  return {
    async run({ connectionId, report }) {
      const all = listConnections(db());
      const wanted = all.filter(({ id }) => connectionId === undefined || id === connectionId);
      const jobs = wanted.flatMap(jobsOf).filter((job) => report === undefined || job.report.id === report);
      return Promise.all(
        jobs.map((job) => {
          const isSkipped = (connectionId === undefined && job.connection.paused === 1) || !canRead(job, all);
          if (!isSkipped) return enqueue(job);
          const { connection } = job;
          const none = { state: 'skipped', error: null, ms: 0 } as const;
          return { ...nothingStored, ...none, connection, report: job.report.id };
        }),
      );
    },
    isRunning: (connectionId, report) => inFlight.has(idOf(connectionId, report)),
    isPaused,
    missing,
    start() {
      if (stopTicking !== null) return;
      ending = new AbortController();
      stopTicking = ports.timers.every(tickMs, tick);
      tick();
    },
    look() {
      if (stopTicking !== null) tick();
    },
    async stop() {
      stopTicking?.();
      stopTicking = null;
      ending.abort();
      await Promise.all(lanes.values());
      lanes.clear();
      ending = new AbortController();
    },
  };
}

function asFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('INTERNAL', 'Something went wrong while reading. What was read before is kept.', {
    cause: error,
  });
}

import { AppError } from '../platform/error.ts';
import type { Ports } from '../platform/ports.ts';
import type { Provider } from '../platform/provider.ts';
import type { Vault } from '../platform/vault/vault.ts';
import { type ConnectionRow, connectionsOf, listConnections, plainFields } from '../store/connections.ts';
import type { ReadDb } from '../store/database.ts';
import { readMeta } from '../store/meta.ts';
import { syncState } from '../store/sync-states.ts';
import { createReader, type SyncJob, type SyncResult, skipped } from './sync/one-reading.ts';
import type { RunTask } from './sync/read-report.ts';
import { missingFor, type Report, reportsOf } from './sync/reports.ts';
import { isDue, type Random } from './sync/timing.ts';
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

/** Reads vendors' reports when they are due: one at a time per vendor, vendors side by side. */
export interface Sync {
  /** Reads now what is asked for, due or not; one connection also while it is paused. */
  run(wanted: {
    readonly connectionId?: number | undefined;
    readonly report?: string | undefined;
  }): Promise<readonly SyncResult[]>;
  isRunning(connectionId: number, report: string): boolean;
  /** Until when (UTC ms) the vendor asked to wait before more of a report is read; null where it did not. */
  waitsUntil(connectionId: number, report: string): number | null;
  isPaused(): boolean;
  /** What a report of a connection still needs. */
  missing(connection: ConnectionRow, report: Report): readonly string[];
  /** The connection that reads a report in the place of this one, for they have one account; null where none does. */
  readBy(connection: ConnectionRow, report: Report): string | null;
  /** Begins to look for what is due, until `stop`. */
  start(): void;
  /** Looks now: something was added or unlocked. Does nothing before `start`. */
  look(): void;
  /** Breaks off what is read; windows that are stored stay. */
  stop(): Promise<void>;
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
  const waits = new Map<string, number>();
  let ending = new AbortController();
  let stopTicking: (() => void) | null = null;
  let lastLook: number | null = null;

  const idOf = (connectionId: number, report: string): string => `${connectionId}:${report}`;

  const missing = (connection: ConnectionRow, report: Report): readonly string[] => {
    const owner = ownerOf(connection.id);
    const secrets = new Set(vault.hints().flatMap((hint) => (hint.owner === owner ? [hint.field] : [])));
    const fields = plainFields(connection);
    return missingFor(report, (field) => secrets.has(field) || (fields[field] ?? '') !== '');
  };

  const jobsOf = (connection: ConnectionRow): readonly SyncJob[] => {
    const provider = providers.get(connection.provider);
    return provider === undefined
      ? []
      : reportsOf(provider).map((report) => ({ connection, provider, report }));
  };

  /** Two keys of one customer tell the same: one of them reads it, or each would take back what the other stated. */
  const readBy = (connection: ConnectionRow, report: Report): string | null => {
    if (report.id === 'models') return null;
    const older = connectionsOf(db(), connection.account_id, connection.provider).find(
      (other) => other.id < connection.id && other.paused === 0 && missing(other, report).length === 0,
    );
    return older?.name ?? null;
  };

  const canRead = ({ connection, report }: SyncJob): boolean =>
    missing(connection, report).length === 0 && readBy(connection, report) === null;

  const read = createReader({
    ...{ ports, vendors, db, run, random },
    stored(what) {
      changed();
      if (what.accepted + what.withdrawn > 0) options.ledgerChanged();
    },
    waiting({ connection, report }, until) {
      const id = idOf(connection.id, report.id);
      if (until === null) waits.delete(id);
      else waits.set(id, until);
      changed();
    },
  });

  const enqueue = (job: SyncJob): Promise<SyncResult> => {
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
  /** What kept a report from being read and is over now, so that its next attempt need not be waited for. */
  const isOver = async (code: string, hasSlept: boolean): Promise<boolean> => {
    // The vault is not asked at every tick: a locked keyring may ask the user each time.
    if (code === 'VAULT_LOCKED') return !(await vault.state()).isLocked;
    return hasSlept && code === 'NETWORK';
  };

  const enqueueDue = async (isAsked: boolean): Promise<void> => {
    const now = ports.clock.now();
    const hasSlept = lastLook !== null && now - lastLook > sleptMs;
    if (hasSlept) ports.log.info('catching up after sleep');
    lastLook = now;
    const all = listConnections(db());
    if (all.length === 0 || isPaused()) return;
    for (const job of all.filter(({ paused }) => paused === 0).flatMap(jobsOf)) {
      const id = idOf(job.connection.id, job.report.id);
      const state = syncState(db(), job.connection.id, job.report.id);
      if (waiting.has(id) || !canRead(job)) continue;
      const isFree = (isAsked || hasSlept) && (await isOver(state.error_code ?? '', hasSlept));
      if (!isFree && !isDue(state, now)) continue;
      waiting.add(id);
      void enqueue(job).catch(() => undefined);
    }
  };

  const look = (isAsked: boolean): void => {
    void enqueueDue(isAsked).catch((error: unknown) => {
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
          const isSkipped = (connectionId === undefined && job.connection.paused === 1) || !canRead(job);
          return isSkipped ? skipped(job) : enqueue(job);
        }),
      );
    },
    isRunning: (connectionId, report) => inFlight.has(idOf(connectionId, report)),
    waitsUntil: (connectionId, report) => waits.get(idOf(connectionId, report)) ?? null,
    isPaused,
    missing,
    readBy,
    start() {
      if (stopTicking !== null) return;
      ending = new AbortController();
      stopTicking = ports.timers.every(tickMs, () => look(false));
      look(true);
    },
    look() {
      if (stopTicking !== null) look(true);
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

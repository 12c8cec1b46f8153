import { rmSync } from 'node:fs';
import type { CoreEvent } from '../../src-preload/contract/events.ts';
import type { HandlerContext, Upload } from '../handlers/context.ts';
import { openPrices } from '../jobs/context.ts';
import type { ExportFile } from '../jobs/export.ts';
import { createFollower, type Follower } from '../jobs/follow/follower.ts';
import { createZone, type Zone } from '../ledger/day.ts';
import { AppError } from '../platform/error.ts';
import type { Following, Ports } from '../platform/ports.ts';
import type { Provider } from '../platform/provider.ts';
import { providers as allProviders } from '../providers/index.ts';
import { lockDataDir, type StoreLock } from '../store/lock.ts';
import { readMeta } from '../store/meta.ts';
import { ledgerPath, makeDataDir } from '../store/open.ts';
import { stageRestore } from '../store/restore.ts';
import { type Call, createCall } from './call.ts';
import { createEvents } from './events.ts';
import { type PutOff, putOff } from './put-off.ts';
import { neitherOpens, swapLedger } from './restoring.ts';
import { closeRunning, openBeside, openRunning, type Running } from './running.ts';
import { readSettings, saveSettings, taskSettings, zoneOf } from './settings.ts';
import { createReach, endReach, type Reach } from './vendors.ts';

export type { Call, Caller } from './call.ts';

export interface Core {
  /** Locks the data folder, opens and migrates the ledger. Throws AppError (STORE_LOCKED, STORE_NEWER, STORE_DAMAGED …). */
  start(): Promise<void>;
  /**
   * Like start, but resolves as soon as the ledger can be read: it is checked in the writer's thread a moment later, and
   * nothing is written before that is done. `checked` rejects with STORE_DAMAGED, the core has then let the folder go; or
   * with CANCELLED when it was stopped first.
   */
  startReading(): Promise<{ readonly checked: Promise<void> }>;
  /**
   * Opens the ledger for reading alone, beside the host `locked` tells of: what start threw. Whatever would change something
   * is then refused with it, and it is thrown where the ledger cannot be read as it is.
   */
  startBeside(locked: AppError): void;
  /** Stops running work (nothing half-written) and lets the folder go. */
  stop(): Promise<void>;
  /** Keeps the ledger in step with the logs on this machine until `stop`: for a host that stays. After `start`. */
  follow(following: Following): void;
  /** Reads vendors' reports when they are due, until `stop`: for a host that stays. After `start`. */
  keepInSync(): void;
  readonly call: Call;
  readonly events: { listen(listener: (event: CoreEvent) => void): () => void };
  /** For what only a host knows: files dropped on its icon, menu choices. */
  emit(event: CoreEvent): void;
  /** A finished export, to be handed over once; null when there is none of that id. */
  exportFile(
    exportId: string,
  ): { readonly path: string; readonly fileName: string; readonly mime: string } | null;
  /** Makes an uploaded file usable by its id. */
  acceptUpload(uploadId: string, path: string, fileName: string): void;
}

/** How long a window that opens has the machine for itself. */
const checkAfterMs = 1_500;

export interface CoreOptions {
  /** The vendors there are; all that LLMLab knows otherwise. */
  readonly providers?: readonly Provider[];
}

/** The one place where the parts meet. Hosts make ports, call start, and then call routes. */
export function createCore(ports: Ports, { providers = allProviders }: CoreOptions = {}): Core {
  const events = createEvents((error) => ports.log.error('event listener failed', { error: String(error) }));
  const uploads = new Map<string, Upload>();
  const exports = new Map<string, ExportFile>();
  const notices: { code: string; message: string }[] = [];
  let running: Running | null = null;
  /** The check of a ledger that is read already. */
  let checking: PutOff | null = null;
  let follower: Follower | null = null;
  let isKeptInSync = false;
  /** The zone last asked to be followed: one that fails is not asked for again and again. */
  let followedZone = '';
  /** The part of a restore in which the ledger is closed; whoever stops meanwhile waits for it. */
  let swapping: Promise<unknown> | null = null;
  /** Why nothing is running any more, when that is no one's wish. */
  let broken: AppError | null = null;

  const started = (): Running => {
    if (broken !== null) throw broken;
    if (running === null) throw new AppError('BUSY', 'LLMLab is not ready yet. Try again in a moment.');
    return running;
  };

  const openAll = (lock: StoreLock, mayCheckLater = false): Running =>
    openRunning(ports, { lock, mayCheckLater, emit: events.emit });

  /** Puts a restored ledger in the place of this one; always ends with a ledger open or the folder let go. */
  const swap = async (now: Running): Promise<string> => {
    running = null;
    try {
      return await swapLedger({
        ledger: ledgerPath(ports.dataDir),
        at: ports.clock.now(),
        close: () => closeRunning(now),
        open: () => {
          running = openAll(now.lock);
        },
      });
    } catch (error) {
      if (running !== null) throw error;
      now.lock.release();
      broken = neitherOpens(error);
      throw broken;
    }
  };

  /** A change of zone, rates or bundled prices while LLMLab was away, then the day's backup: before anything else is written. */
  const catchUp = async (): Promise<void> => {
    const { board } = started();
    const withBackup = readSettings(ports).backups.enabled;
    const steps = [
      board.run('bringUpToDate', {}, { kind: 'recount', title: 'Checking zone and prices' }),
      withBackup ? board.run('backUpIfDue', {}, { kind: 'backup', title: 'Backing up the ledger' }) : null,
    ];
    const [upToDate, backedUp] = await Promise.allSettled(steps);
    note('OUT_OF_DATE', 'Figures could not be brought up to date', upToDate);
    note('BACKUP_FAILED', "Today's backup could not be made", backedUp);
  };

  /** Keeps what went wrong at start where the user sees it; reading the ledger goes on. */
  const note = (code: string, what: string, outcome: PromiseSettledResult<unknown> | undefined): void => {
    if (
      outcome?.status !== 'rejected' ||
      (outcome.reason instanceof AppError && outcome.reason.code === 'CANCELLED')
    )
      return;
    const { reason } = outcome;
    ports.log.error(what, { error: String(reason) });
    notices.push({
      code,
      message: `${what}: ${reason instanceof AppError && reason.code !== 'INTERNAL' ? reason.message : 'see the log in the data folder.'}`,
    });
  };

  const zones = new Map<string, Zone>();
  const zoneNamed = (name: string): Zone => {
    const zone = zones.get(name) ?? createZone(name);
    zones.set(name, zone);
    return zone;
  };

  /** The machine has travelled while a window is open: figures come from the records until the rollups have followed. */
  const followZone = (name: string): void => {
    if (followedZone === name || ports.heavyWork === 'inline') return;
    followedZone = name;
    void catchUp().finally(() => events.emit({ kind: 'ledger.changed' }));
  };

  const own: Omit<HandlerContext, keyof Reach> = {
    ports,
    uploads,
    exports,
    dropUpload(uploadId) {
      const upload = uploads.get(uploadId);
      uploads.delete(uploadId);
      if (upload !== undefined) rmSync(upload.path, { force: true });
    },
    db: () => started().db,
    settings: { read: () => readSettings(ports), save: (changes) => saveSettings(ports, changes) },
    zone: () => {
      const zone = zoneNamed(zoneOf(readSettings(ports), ports));
      const rollupZone = readMeta(started().db, 'zone') ?? '';
      if (zone.name !== rollupZone) followZone(zone.name);
      return { zone, rollupZone };
    },
    prices: () => {
      const now = started();
      now.prices ??= openPrices(now.db, ports.resourcesDir);
      return now.prices;
    },
    run: (task, input, facts) => {
      const now = started();
      checking?.begin();
      return now.board.run(task, input, facts).finally(() => {
        now.prices = null;
        // A first read is where following begins, and what was taken back is not followed.
        if (task === 'scan' || task === 'undoImport') follower?.look();
      });
    },
    jobs: { list: () => started().board.list(), cancel: (id) => started().board.cancel(id) },
    following: (tool) => follower?.following(tool) ?? null,
    emit: events.emit,
    notices: () => notices,
    async restore(path) {
      const now = started();
      checking?.begin();
      const { records } = stageRestore(ledgerPath(ports.dataDir), path);
      // Written down before whoever stops meanwhile may go on; that it could not be is logged there.
      const noteRestored = (kept: string): Promise<void> =>
        context.audit.record('ledger.restored', path, { kept, records }).catch(() => undefined);
      const swapped = endReach(context)
        .then(() => swap(now))
        .then((kept) => noteRestored(kept).then(() => kept))
        .finally(() => {
          swapping = null;
        });
      swapping = swapped;
      const kept = await swapped;
      // Whoever stopped meanwhile has closed the ledger again.
      if (running !== null) await catchUp();
      follower?.look();
      if (running !== null && isKeptInSync) context.sync.start();
      return { kept, records };
    },
  };

  const context: HandlerContext = { ...own, ...createReach({ ...own, providers }) };

  /** Checks the ledger once a window had time to show it, or when something is to be written: the check reads all of it. */
  const checkLater = (now: Running): Promise<void> => {
    if (!now.isUnchecked) return Promise.resolve();
    checking = putOff(ports.timers, checkAfterMs, () => check(now));
    return checking.done;
  };

  /** The check the writer makes before anything else; what it finds ends the core. */
  const check = async (now: Running): Promise<void> => {
    const cancel = new SharedArrayBuffer(4);
    const options = { settings: taskSettings(ports), cancel, progress: () => undefined };
    try {
      await now.writer.run('checkLedger', {}, options);
    } catch (error) {
      // Whoever stopped or restored meanwhile has let this ledger go already.
      if (running === now) {
        running = null;
        broken = error instanceof AppError ? error : null;
        // What was asked meanwhile is not cancelled but refused by the writer, with the same reason.
        await now.writer.close().finally(() => {
          now.db.close();
          now.lock.release();
        });
      }
      throw error;
    }
  };

  const startReading = async (): Promise<{ readonly checked: Promise<void> }> => {
    await swapping?.catch(() => undefined);
    if (running !== null) return { checked: Promise.resolve() };
    broken = null;
    // The folder must exist before it can be locked; the ledger is opened only once it is ours.
    makeDataDir(ports.dataDir);
    const lock = lockDataDir(ports.dataDir);
    try {
      running = openAll(lock, true);
    } catch (error) {
      lock.release();
      throw error;
    }
    const now = running;
    const checked = checkLater(now);
    // A window need not wait for it: until the rollups are in the chosen zone, figures come from the records.
    followedZone = zoneOf(readSettings(ports), ports);
    const caughtUp = checked.then(() => (running === now ? catchUp() : undefined));
    if (ports.heavyWork === 'inline') await caughtUp;
    else
      void caughtUp.then(
        () => events.emit({ kind: 'ledger.changed' }),
        () => undefined,
      );
    return { checked };
  };

  return {
    async start() {
      const { checked } = await startReading();
      checking?.begin();
      await checked;
    },
    startReading,
    startBeside(locked) {
      running = openBeside(ports, { locked, emit: events.emit });
    },
    follow(following) {
      if (follower !== null) return;
      const created = createFollower({
        ports,
        following,
        isSwitchedOn: () => readSettings(ports).followLogs,
        read: (input) => {
          const now = started();
          const facts = { kind: 'scan', title: 'Following logs', isQuiet: true } as const;
          return now.board.run('followLogs', input, facts);
        },
        ledgerChanged: () => events.emit({ kind: 'ledger.changed' }),
        followingChanged: () => events.emit({ kind: 'following.changed' }),
      });
      const silence = events.listen(
        (event) => event.kind === 'settings.changed' && created.settingsChanged(),
      );
      follower = {
        ...created,
        stop() {
          silence();
          created.stop();
        },
      };
      created.look();
    },
    keepInSync() {
      isKeptInSync = true;
      context.sync.start();
    },
    async stop() {
      checking?.drop(new AppError('CANCELLED', 'LLMLab was stopped before the ledger was checked.'));
      follower?.stop();
      follower = null;
      isKeptInSync = false;
      await swapping?.catch(() => undefined);
      if (running !== null) await endReach(context);
      const now = running;
      running = null;
      if (now === null) return;
      try {
        await closeRunning(now);
        for (const file of exports.values()) rmSync(file.path, { force: true });
      } finally {
        now.lock.release();
      }
    },
    call: createCall(context, () => running?.readsBeside ?? null),
    events: { listen: events.listen },
    emit: events.emit,
    exportFile(exportId) {
      const file = exports.get(exportId);
      exports.delete(exportId);
      return file ?? null;
    },
    acceptUpload(uploadId, path, fileName) {
      uploads.set(uploadId, { path, fileName });
    },
  };
}

import type { CoreEvent } from '../../src-preload/contract/events.ts';
import { inlineWriter, readingWriter, threadWriter, type Writer } from '../jobs/writer.ts';
import type { AppError } from '../platform/error.ts';
import type { Ports } from '../platform/ports.ts';
import type { PriceBook } from '../pricing/index.ts';
import { openDatabase, type ReadDb } from '../store/database.ts';
import type { StoreLock } from '../store/lock.ts';
import { ledgerPath, openAsItIs, openLedger, openUnchecked } from '../store/open.ts';
import { createJobBoard, type JobBoard } from './jobs.ts';
import { taskSettings } from './settings.ts';

/** What is open while the core runs. */
export interface Running {
  readonly lock: StoreLock;
  /** Why nothing may be changed: another host has the folder, and this one only reads beside it. */
  readonly readsBeside: AppError | null;
  /** Whether the check of the ledger is still to be made, by the writer. */
  readonly isUnchecked: boolean;
  readonly db: ReadDb;
  readonly writer: Writer;
  readonly board: JobBoard;
  /** Opened when first asked for; null again after every job. */
  prices: PriceBook | null;
}

interface RunningOptions {
  readonly lock: StoreLock;
  /** Whether the check of the ledger may be left to the writer's thread. */
  readonly mayCheckLater: boolean;
  readonly emit: (event: CoreEvent) => void;
}

/** Opens the ledger, checked and migrated unless that may wait, and what writes to it. Throws AppError (STORE_NEWER, STORE_DAMAGED …). */
export function openRunning(ports: Ports, { lock, mayCheckLater, emit }: RunningOptions): Running {
  const unchecked = mayCheckLater && ports.heavyWork === 'thread' ? openUnchecked(ports.dataDir) : null;
  const isUnchecked = unchecked !== null;
  if (!isUnchecked) openLedger(ports.dataDir, ports.clock).close();
  const db = unchecked ?? openDatabase(ledgerPath(ports.dataDir), 'read');
  const writer = withClosing(db, () => openWriter(ports, isUnchecked));
  const board = createJobBoard({ writer, clock: ports.clock, settings: () => taskSettings(ports), emit });
  return { lock, readsBeside: null, isUnchecked, db, writer, board, prices: null };
}

const noLock: StoreLock = { release: () => undefined };

/** Opens the ledger for reading alone, beside the host that has the folder; throws `locked` where it cannot be read as it is. */
export function openBeside(
  ports: Ports,
  { locked, emit }: { readonly locked: AppError } & Pick<RunningOptions, 'emit'>,
): Running {
  const db = openAsItIs(ledgerPath(ports.dataDir));
  if (db === null) throw locked;
  // One picture for all that is read, whatever the other host writes meanwhile.
  db.exec('BEGIN');
  const { dataDir, clock } = ports;
  const writer = readingWriter({ db, dataDir, locked }, () => clock.now());
  const board = createJobBoard({ writer, clock, settings: () => taskSettings(ports), emit });
  return { lock: noLock, readsBeside: locked, isUnchecked: false, db, writer, board, prices: null };
}

/** Breaks off what runs and closes the ledger; the lock stays. */
export async function closeRunning({ board, writer, db }: Running): Promise<void> {
  board.cancelAll();
  try {
    await writer.close();
  } finally {
    db.close();
  }
}

function openWriter(
  { dataDir, resourcesDir, environment, heavyWork, clock }: Ports,
  isUnchecked: boolean,
): Writer {
  const { platform, home, env } = environment;
  const start = {
    isUnchecked,
    ledger: ledgerPath(dataDir),
    dataDir,
    resourcesDir,
    environment: { platform, home, env: { ...env } },
  };
  return heavyWork === 'thread' ? threadWriter(start) : inlineWriter(start, () => clock.now());
}

/** Lets the connection go when what is opened after it cannot be. */
function withClosing<T>(db: ReadDb, open: () => T): T {
  try {
    return open();
  } catch (error) {
    db.close();
    throw error;
  }
}

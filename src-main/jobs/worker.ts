import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../platform/error.ts';
import { keepJournal, moveJournal, openDatabase, storeError, type WriteDb } from '../store/database.ts';
import { checkLedger } from '../store/open.ts';
import type { TaskReply, TaskRequest, WorkerStart } from './messages.ts';
import { runTask } from './run-task.ts';
import type { TaskName } from './tasks.ts';

/** Entry of the worker thread: one writing connection, one task at a time, in the order they were asked for. */
const start = workerData as WorkerStart;
let db: WriteDb | null = null;
let queue = Promise.resolve();

function reply(message: TaskReply): void {
  parentPort?.postMessage(message);
}

function failed(id: number, thrown: unknown): TaskReply {
  const error = storeError(thrown);
  if (error instanceof AppError)
    return {
      kind: 'failed',
      id,
      code: error.code,
      message: error.message,
      ...(error.data === undefined ? {} : { data: error.data }),
    };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { kind: 'failed', id, code: 'INTERNAL', message };
}

let unsound: unknown = null;

/** A damaged ledger is never written: an unchecked one is looked at first, and once found damaged it stays closed. */
function openForWriting(): WriteDb {
  if (unsound !== null) throw unsound;
  try {
    if (start.isUnchecked) checkLedger(start.ledger);
  } catch (error) {
    unsound = error;
    throw error;
  }
  const opened = openDatabase(start.ledger, 'write');
  keepJournal(opened);
  return opened;
}

async function serve({ id, task, input, settings, cancel }: TaskRequest): Promise<void> {
  const flag = new Int32Array(cancel);
  try {
    // Opened by the first task, so that a ledger that cannot be opened is an answer and not the end of the thread.
    db ??= openForWriting();
    const output = await runTask(db, start, {
      // Names and inputs come from the runner, which is typed by the same table.
      task: task as TaskName,
      input: input as never,
      settings,
      now: Date.now,
      stop: () => Atomics.load(flag, 0) === 1,
      progress: (done, total, unit) => reply({ kind: 'progress', id, done, total, unit }),
    });
    reply({ kind: 'done', id, output });
  } catch (error) {
    reply(failed(id, error));
  }
  // Once the answer is out: pages of a large import take a while to move.
  if (db !== null) moveJournal(db);
}

parentPort?.on('message', (message: TaskRequest | 'close') => {
  queue = queue.then(async () => {
    if (message !== 'close') return serve(message);
    db?.close();
    parentPort?.close();
  });
});

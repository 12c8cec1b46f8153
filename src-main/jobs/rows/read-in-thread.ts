import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { AppError } from '../../platform/error.ts';
import type { Origin } from '../source-finder.ts';
import { type Piece, pieceNumbers } from './piece.ts';
import type { RowsMessage, RowsToRead, ThreadStart } from './thread.ts';
import {
  answered,
  applied,
  createTurns,
  piecesAhead,
  postedSoFar,
  signOfLife,
  started,
  stopReading,
  type Turns,
  waitForEnd,
  waitForPost,
} from './turns.ts';

/** Below this, starting a thread costs more than it saves (measured). */
export const worthThreadBytes = 8 * 1024 ** 2;
/** A reader that shows no sign of life for so long is taken for dead. */
const silenceMs = 60_000;
/** How long a stopped reader has to close its file. */
const closeMs = 2_000;

export function canReadInThread(): boolean {
  return availableParallelism() > 1;
}

/** Takes what the reader found, in the order of the file. */
export interface RowsSink {
  piece(piece: Piece): void;
  /** The source records of this origin go to. */
  sourceOf(origin: Origin): number;
  /** Asked between pieces; when it says true the reading ends early. */
  stop(): boolean;
}

function threadUrl(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./thread.ts', import.meta.url);
  const beside = new URL('./rows.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../rows.js', import.meta.url);
}

/** A thread that reads one table. Disposed of, it ends, whether it was used or not. */
export interface RowReader extends Disposable {
  /**
   * Reads and understands a table while this thread stores what it finds, and answers with the sentences of the file's
   * plausibility checks. Synchronous: it is called inside a transaction. Throws FILE_UNREADABLE as reading it here would.
   */
  read(rows: RowsToRead, sink: RowsSink): readonly string[];
}

export function startRowReader(): RowReader {
  const turns = createTurns();
  const { port1: port, port2 } = new MessageChannel();
  const bytes = (piecesAhead + 1) * pieceNumbers * Float64Array.BYTES_PER_ELEMENT;
  const numbers = new Float64Array(new SharedArrayBuffer(bytes));
  const worker = new Worker(threadUrl(), {
    workerData: { numbers, turns, port: port2 } satisfies ThreadStart,
    transferList: [port2],
    // A small young generation costs little time and much less memory (docs/benchmarks.md).
    resourceLimits: { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 12 },
  });
  // It ends by itself, and what went wrong it has said through its port.
  worker.on('error', () => undefined);
  worker.unref();
  let isUsed = false;
  return {
    read(rows, sink) {
      isUsed = true;
      port.postMessage(rows);
      started(turns);
      return applyAll(port, turns, sink);
    },
    [Symbol.dispose]() {
      stopReading(turns);
      if (isUsed) waitForEnd(turns, closeMs);
      port.close();
    },
  };
}

/** Starts readers of one input's files; the first ahead, where the input looks like a large table. */
export interface RowReaders extends Disposable {
  /** One for the next table, which the caller disposes of. */
  next(): RowReader;
}

export function openRowReaders({
  name,
  bytes,
}: {
  readonly name: string;
  readonly bytes: number;
}): RowReaders {
  const isLargeTable = bytes >= worthThreadBytes && /\.(csv|tsv|txt)$/i.test(name);
  let ahead = isLargeTable && canReadInThread() ? startRowReader() : null;
  return {
    next() {
      const reader = ahead ?? startRowReader();
      ahead = null;
      return reader;
    },
    [Symbol.dispose]: () => ahead?.[Symbol.dispose](),
  };
}

const noneLoose: Pick<Piece, 'loose' | 'shown'> = { loose: [], shown: [] };

function applyAll(port: MessagePort, turns: Turns, sink: RowsSink): readonly string[] {
  const isAlive = createWatch(turns);
  while (!sink.stop()) {
    const seen = postedSoFar(turns);
    const message = receiveMessageOnPort(port)?.message as RowsMessage | undefined;
    if (message === undefined) {
      if (!isAlive()) throw new Error('the thread that reads rows does not answer');
      waitForPost(turns, seen);
      continue;
    }
    if (message.kind === 'end') return message.warnings;
    if (message.kind === 'failed') throw errorOf(message);
    if (message.kind === 'piece')
      sink.piece({ ...message.piece, ...(message.json === null ? noneLoose : JSON.parse(message.json)) });
    else {
      port.postMessage(sink.sourceOf(message.origin));
      answered(turns);
    }
    applied(turns);
  }
  return [];
}

function errorOf({ code, message }: Extract<RowsMessage, { kind: 'failed' }>): Error {
  return code === null ? new Error(message) : new AppError(code, message);
}

function createWatch(turns: Turns): () => boolean {
  let [last, at] = [signOfLife(turns), performance.now()];
  return () => {
    const now = signOfLife(turns);
    if (now !== last) [last, at] = [now, performance.now()];
    return performance.now() - at < silenceMs;
  };
}

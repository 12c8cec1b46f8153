import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { AppError } from '../../platform/error.ts';
import { type Piece, pieceNumbers } from './piece.ts';
import type { Origin, RowsMessage, RowsStart } from './thread.ts';
import {
  answered,
  applied,
  createTurns,
  piecesAhead,
  postedSoFar,
  signOfLife,
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

/** What is to be read, and how. */
export type RowsToRead = Omit<RowsStart, 'numbers' | 'turns' | 'port'>;

function threadUrl(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./thread.ts', import.meta.url);
  const beside = new URL('./rows.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../rows.js', import.meta.url);
}

function startThread(rows: RowsToRead, turns: Turns): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const bytes = (piecesAhead + 1) * pieceNumbers * Float64Array.BYTES_PER_ELEMENT;
  const numbers = new Float64Array(new SharedArrayBuffer(bytes));
  const worker = new Worker(threadUrl(), {
    workerData: { ...rows, numbers, turns, port: port2 } satisfies RowsStart,
    transferList: [port2],
    resourceLimits: { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 12 },
  });
  // It ends by itself, and what went wrong it has said through its port.
  worker.on('error', () => undefined);
  worker.unref();
  return port1;
}

/**
 * Reads and understands a table in a thread of its own while this one stores what it finds, and answers with the
 * sentences of the file's plausibility checks. Synchronous: it is called inside a transaction. Throws FILE_UNREADABLE as
 * reading it here would.
 */
export function readInThread(rows: RowsToRead, sink: RowsSink): readonly string[] {
  const turns = createTurns();
  const port = startThread(rows, turns);
  try {
    return applyAll(port, turns, sink);
  } finally {
    stopReading(turns);
    waitForEnd(turns, closeMs);
    port.close();
  }
}

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
      sink.piece({ ...message.piece, loose: message.loose === null ? [] : JSON.parse(message.loose) });
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

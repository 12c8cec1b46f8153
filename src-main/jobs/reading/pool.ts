import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { LogCursor } from '../../importers/pipeline/log-reader.ts';
import type { LogImporter } from '../../platform/importer.ts';
import { kilobytesOf, type ReaderMessage, type ReaderStart } from './messages.ts';
import type { PackedPiece } from './packed.ts';
import type { LogToRead } from './piece.ts';
import {
  beats,
  createSignals,
  fileApplied,
  pieceApplied,
  postedSoFar,
  type Signals,
  stopReaders,
  waitForPost,
} from './signals.ts';

/** Takes what readers found, file by file in the order asked for. */
export interface PieceSink {
  piece(file: number, piece: PackedPiece, bytes: number): void;
  read(file: number, cursor: LogCursor): void;
  unreadable(file: number, reason: string): void;
  /** Asked between pieces; throws to end it all. */
  stopIfAsked(): void;
}

/** Below this, starting threads costs more than they save (measured). */
export const worthThreadsBytes = 100 * 1024 ** 2;
/** Formats read by their fields come as fast as they are stored: a second reader would mostly wait (measured). */
const readersFor = (importer: LogImporter): number => (importer.fields === undefined ? 2 : 1);
/** A reader that shows no sign of life for so long is taken for dead. */
const silenceMs = 60_000;

export function canReadInThreads(): boolean {
  return availableParallelism() >= 2;
}

function threadUrl(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./thread.ts', import.meta.url);
  const beside = new URL('./reader.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../reader.js', import.meta.url);
}

interface Reader {
  readonly index: number;
  readonly port: MessagePort;
}

function startReader(index: number, start: Omit<ReaderStart, 'reader' | 'port'>): Reader {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(threadUrl(), {
    workerData: { ...start, reader: index, port: port2 } satisfies ReaderStart,
    transferList: [port2],
    resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 24 },
  });
  // It ends by itself, and what went wrong it has said through its port.
  worker.on('error', () => undefined);
  worker.unref();
  return { index, port: port1 };
}

/**
 * Reads and understands logs in one or two threads while this one stores what they find. Synchronous: it is called
 * inside a transaction, and this thread has nothing else to do.
 */
export function readInThreads(importer: LogImporter, files: readonly LogToRead[], sink: PieceSink): void {
  const readerCount = readersFor(importer);
  const signals = createSignals(readerCount);
  const start = { importer: importer.id, files, signals };
  const readers = Array.from({ length: readerCount }, (_, index) => startReader(index, start));
  try {
    applyInOrder(readers, signals, files.length, sink);
  } finally {
    stopReaders(signals);
    for (const { port } of readers) port.close();
  }
}

interface Posted {
  readonly reader: number;
  readonly message: ReaderMessage;
  readonly kilobytes: number;
}

/** Messages that wait for their file's turn. */
function createInbox(readers: readonly Reader[]) {
  const waiting = new Map<number, Posted[]>();
  return {
    collect(): void {
      for (const { index, port } of readers)
        for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) {
          const message = got.message as ReaderMessage;
          if (message.kind === 'failed') throw new Error(message.message);
          const list = waiting.get(message.file);
          const posted = { reader: index, message, kilobytes: kilobytesOf(message) };
          if (list === undefined) waiting.set(message.file, [posted]);
          else list.push(posted);
        }
    },
    take(file: number): readonly Posted[] {
      const list = waiting.get(file) ?? [];
      waiting.delete(file);
      return list;
    },
  };
}

function applyInOrder(readers: readonly Reader[], signals: Signals, files: number, sink: PieceSink): void {
  const inbox = createInbox(readers);
  const isAlive = createWatch(signals);
  let applied = 0;
  while (applied < files) {
    sink.stopIfAsked();
    const seen = postedSoFar(signals);
    inbox.collect();
    const posted = inbox.take(applied);
    for (const { reader, message, kilobytes } of posted) {
      applyOne(message, sink);
      pieceApplied(signals, reader, kilobytes);
      if (message.kind === 'piece') continue;
      applied++;
      fileApplied(signals);
    }
    if (posted.length > 0) continue;
    if (!isAlive()) throw new Error('the threads that read logs do not answer');
    waitForPost(signals, seen);
  }
}

function applyOne(message: ReaderMessage, sink: PieceSink): void {
  if (message.kind === 'piece') sink.piece(message.file, message.piece, message.bytes);
  else if (message.kind === 'read') sink.read(message.file, message.cursor);
  else if (message.kind === 'unreadable') sink.unreadable(message.file, message.reason);
}

function createWatch(signals: Signals): () => boolean {
  let [last, at] = [beats(signals), performance.now()];
  return () => {
    const now = beats(signals);
    if (now !== last) [last, at] = [now, performance.now()];
    return performance.now() - at < silenceMs;
  };
}

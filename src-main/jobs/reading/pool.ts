import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { CostOf, FxRate } from '../../ledger/cost.ts';
import type { LogImporter } from '../../platform/importer.ts';
import type { PriceBookOptions } from '../../pricing/index.ts';
import { createSourceFinder, type Origin } from '../source-finder.ts';
import { kilobytesOf, partOf, type ReaderMessage, type ReaderStart } from './messages.ts';
import type { LogToRead } from './piece.ts';
import { createLogReader, type LogPart } from './read-log.ts';
import {
  answered,
  beat,
  claimFile,
  createSignals,
  fileApplied,
  holdsMuch,
  partApplied,
  partHeld,
  postedSoFar,
  type Signals,
  signOfLife,
  stopReaders,
  waitForPost,
} from './signals.ts';

/** Takes what was found, file by file in the order asked for. */
export interface PartSink {
  /** `stream` tells who packed it: what one packs belongs together. */
  part(part: LogPart, stream: number): void;
  /** The source records of this origin go to. */
  sourceOf(origin: Origin): number;
  /** Asked between parts; throws to end it all. */
  stopIfAsked(): void;
  /** True once the user asked to stop: ends the reading of a file early. */
  stop(): boolean;
}

export interface LogsToRead {
  readonly importer: LogImporter;
  readonly files: readonly LogToRead[];
  /** For threads, which open them anew. */
  readonly prices: () => PriceBookOptions;
  readonly rates: readonly FxRate[];
  /** What records cost by these prices and rates. */
  readonly costOf: CostOf;
  /** How many threads help; left out, as many as the size of the files is worth. */
  readonly readers?: number;
}

/** Below this, starting threads costs more than they save (measured). */
export const worthThreadsBytes = 100 * 1024 ** 2;
/** A file the writer reads itself when it has nothing else to do; a larger one would keep it from what readers find. */
const ownFileBytes = 8 * 1024 ** 2;
/** A reader that shows no sign of life for so long is taken for dead. */
const silenceMs = 60_000;

/** The writer reads as well, so one reader fills two cores. */
function usefulReaders(files: readonly LogToRead[]): number {
  const bytes = files.reduce(
    (sum, { file, cursor }) => sum + file.size - Math.min(file.size, cursor?.offset ?? 0),
    0,
  );
  return bytes < worthThreadsBytes ? 0 : Math.min(2, availableParallelism() - 1);
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

function startReader(
  reader: number,
  { importer: { id: importer }, files, prices, rates }: LogsToRead,
  signals: Signals,
): Reader {
  const { port1, port2: port } = new MessageChannel();
  const worker = new Worker(threadUrl(), {
    workerData: { reader, importer, files, prices: prices(), rates, signals, port } satisfies ReaderStart,
    transferList: [port],
    resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 48 },
  });
  // It ends by itself, and what went wrong it has said through its port.
  worker.on('error', () => undefined);
  worker.unref();
  return { index: reader, port: port1 };
}

/**
 * Reads and understands logs, large ones with the help of threads while this one stores what they find. Synchronous: it is
 * called inside a transaction, and this thread has nothing else to do.
 */
export function readLogs(logs: LogsToRead, sink: PartSink): void {
  const { readers: count = usefulReaders(logs.files) } = logs;
  const signals = createSignals(count);
  const readers = Array.from({ length: count }, (_, index) => startReader(index, logs, signals));
  try {
    applyInOrder({ ...logs, signals, readers }, sink);
  } finally {
    stopReaders(signals);
    for (const { port } of readers) port.close();
  }
}

interface Reading extends Omit<LogsToRead, 'readers'> {
  readonly signals: Signals;
  readonly readers: readonly Reader[];
}

interface Posted {
  readonly reader: number;
  readonly part: LogPart;
  readonly kilobytes: number;
}

/** Parts that wait for their file's turn. */
function createInbox({ readers, signals }: Reading, { sourceOf }: PartSink) {
  const waiting = new Map<number, Posted[]>();
  const add = (posted: Posted): void => {
    const list = waiting.get(posted.part.file);
    if (list === undefined) waiting.set(posted.part.file, [posted]);
    else list.push(posted);
  };
  const takeIn = ({ index, port }: Reader, message: ReaderMessage): void => {
    if (message.kind === 'failed') throw new Error(message.message);
    if (message.kind === 'place') {
      port.postMessage(sourceOf(message.origin));
      answered(signals);
    } else add({ reader: index, part: partOf(message), kilobytes: message.kilobytes });
  };
  return {
    add,
    collect(): void {
      for (const reader of readers)
        for (
          let got = receiveMessageOnPort(reader.port);
          got !== undefined;
          got = receiveMessageOnPort(reader.port)
        )
          takeIn(reader, got.message as ReaderMessage);
    },
    take(file: number): readonly Posted[] {
      const list = waiting.get(file) ?? [];
      waiting.delete(file);
      return list;
    },
  };
}

/** Files this thread reads itself while it has nothing to store: small ones, or all where nobody helps. */
function createOwnReader(reading: Reading, sink: PartSink, post: (part: LogPart) => void) {
  const { files, readers, signals } = reading;
  const isSmall = ({ file }: LogToRead): boolean => readers.length === 0 || file.size <= ownFileBytes;
  const isWanted = (index: number): boolean => {
    const next = files[index];
    return next !== undefined && isSmall(next);
  };
  const read = createLogReader({
    ...reading,
    sourceOf: createSourceFinder(sink.sourceOf),
    post,
    stop: sink.stop,
    beat: () => beat(signals),
  });
  /** False where there was nothing to read. */
  return (): boolean => {
    const file = holdsMuch(signals, readers.length) ? null : claimFile(signals, isWanted);
    if (file !== null) read(file);
    return file !== null;
  };
}

function applyInOrder(reading: Reading, sink: PartSink): void {
  const { files, readers, signals } = reading;
  const inbox = createInbox(reading, sink);
  const own = readers.length;
  const isAlive = createWatch(signals);
  let applied = 0;
  const apply = (part: LogPart, reader: number): void => {
    sink.part(part, reader);
    if (part.end === null) return;
    applied++;
    fileApplied(signals);
  };
  const readOwn = createOwnReader(reading, sink, (part) => {
    if (part.file === applied) return apply(part, own);
    const kilobytes = kilobytesOf(part);
    partHeld(signals, own, kilobytes);
    inbox.add({ reader: own, part, kilobytes });
  });
  while (applied < files.length) {
    sink.stopIfAsked();
    const seen = postedSoFar(signals);
    inbox.collect();
    const posted = inbox.take(applied);
    for (const { reader, part, kilobytes } of posted) {
      apply(part, reader);
      partApplied(signals, reader, kilobytes);
    }
    if (posted.length > 0 || readOwn()) continue;
    if (!isAlive()) throw new Error('the threads that read logs do not answer');
    waitForPost(signals, seen);
  }
}

function createWatch(signals: Signals): () => boolean {
  let [last, at] = [signOfLife(signals), performance.now()];
  return () => {
    const now = signOfLife(signals);
    if (now !== last) [last, at] = [now, performance.now()];
    return performance.now() - at < silenceMs;
  };
}

import { type MessagePort, workerData } from 'node:worker_threads';
import { importerById, isLog } from '../../importers/index.ts';
import { type LogCursor, readLogFile } from '../../importers/pipeline/log-reader.ts';
import { AppError } from '../../platform/error.ts';
import type { LogImporter } from '../../platform/importer.ts';
import { createGatherer, type LogToRead } from './piece.ts';
import { beat, isStopped, nextFile, pieceHeld, type Signals } from './signals.ts';

/** What a reader thread is started with. */
export interface ReaderStart {
  readonly reader: number;
  readonly importer: string;
  readonly files: readonly LogToRead[];
  readonly signals: Signals;
  readonly port: MessagePort;
}

/** What it sends: pieces as JSON, which crosses threads faster than objects do, and how each file ended. */
export type ReaderMessage =
  | { readonly kind: 'piece'; readonly file: number; readonly bytes: number; readonly json: string }
  | { readonly kind: 'read'; readonly file: number; readonly cursor: LogCursor }
  | { readonly kind: 'unreadable'; readonly file: number; readonly reason: string }
  | { readonly kind: 'failed'; readonly file: number; readonly message: string };

/** Reads files until none is left, each from its start to its end. */
function readFiles({ reader, files, signals, port }: ReaderStart, importer: LogImporter): void {
  const post = (message: ReaderMessage): void => {
    port.postMessage(message);
    pieceHeld(signals, reader);
  };
  for (
    let index = nextFile(signals);
    index < files.length && !isStopped(signals);
    index = nextFile(signals)
  ) {
    const { file, cursor } = files[index] as LogToRead;
    const gatherer = createGatherer(importer);
    let bytes = 0;
    const cut = (): void => {
      post({ kind: 'piece', file: index, bytes, json: JSON.stringify(gatherer.cut()) });
      bytes = 0;
    };
    const sink = {
      outcome(...outcome: Parameters<typeof gatherer.take>) {
        gatherer.take(...outcome);
        if (gatherer.isFull) cut();
      },
      bytes(read: number) {
        bytes += read;
        beat(signals);
      },
    };
    try {
      const read = readLogFile(importer, file, cursor, sink, () => isStopped(signals));
      cut();
      post({ kind: 'read', file: index, cursor: read.cursor });
    } catch (error) {
      if (!(error instanceof AppError) || !error.code.startsWith('FILE_')) throw error;
      cut();
      post({ kind: 'unreadable', file: index, reason: error.message });
    }
  }
}

const start = workerData as ReaderStart;
const importer = importerById(start.importer);
try {
  if (importer === undefined || !isLog(importer)) throw new Error(`"${start.importer}" reads no logs`);
  readFiles(start, importer);
} catch (error) {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  start.port.postMessage({ kind: 'failed', file: -1, message } satisfies ReaderMessage);
  pieceHeld(start.signals, start.reader);
}
start.port.close();

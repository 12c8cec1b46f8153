import { workerData } from 'node:worker_threads';
import { logImporters } from '../../importers/logs.ts';
import { readLogFile } from '../../importers/pipeline/log-reader.ts';
import { AppError } from '../../platform/error.ts';
import type { LogImporter } from '../../platform/importer.ts';
import { kilobytesOf, type ReaderMessage, type ReaderStart } from './messages.ts';
import { packPiece } from './packed.ts';
import { createGatherer, type LogToRead } from './piece.ts';
import { beat, isStopped, nextFile, pieceHeld } from './signals.ts';

/** Reads files until none is left, each from its start to its end. */
function readFiles({ reader, files, signals, port }: ReaderStart, importer: LogImporter): void {
  const post = (message: ReaderMessage, moved: readonly ArrayBuffer[] = []): void => {
    port.postMessage(message, moved);
    pieceHeld(signals, reader, kilobytesOf(message));
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
      const piece = packPiece(gatherer.cut());
      post({ kind: 'piece', file: index, bytes, piece }, [piece.numbers.buffer]);
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
const importer = logImporters.find(({ id }) => id === start.importer);
try {
  if (importer === undefined) throw new Error(`"${start.importer}" reads no logs`);
  readFiles(start, importer);
} catch (error) {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  start.port.postMessage({ kind: 'failed', file: -1, message } satisfies ReaderMessage);
  pieceHeld(start.signals, start.reader, 1);
}
start.port.close();

import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { logImporters } from '../../importers/logs.ts';
import { createCosts } from '../../ledger/cost.ts';
import type { LogImporter } from '../../platform/importer.ts';
import { createPriceBook } from '../../pricing/book.ts';
import { createSourceFinder, type Origin } from '../source-finder.ts';
import { messageOf, type ReaderMessage, type ReaderStart } from './messages.ts';
import { createLogReader, type LogPart } from './read-log.ts';
import {
  answersSoFar,
  beat,
  isStopped,
  nextFile,
  partHeld,
  posted,
  waitForAnswer,
  waitForRoom,
} from './signals.ts';

/** Ends the reading of files nobody waits for any more. */
class Stopped extends Error {}

/** Asks the writer for the source of an origin. */
function askWriter({ port, signals }: ReaderStart): (origin: Origin) => number {
  return (origin) => {
    port.postMessage({ kind: 'place', origin } satisfies ReaderMessage);
    posted(signals);
    for (;;) {
      const seen = answersSoFar(signals);
      const answer = receiveMessageOnPort(port)?.message as number | undefined;
      if (answer !== undefined) return answer;
      if (isStopped(signals)) throw new Stopped();
      waitForAnswer(signals, seen);
    }
  };
}

function postPart({ reader, signals, port }: ReaderStart): (part: LogPart) => void {
  return (part) => {
    const { packed } = part.piece;
    const message = messageOf(part);
    port.postMessage(message, packed === null ? [] : [packed.numbers.buffer as ArrayBuffer]);
    posted(signals);
    partHeld(signals, reader, message.kilobytes);
    waitForRoom(signals, reader);
  };
}

/** Reads files until none is left. */
function readFiles(start: ReaderStart, importer: LogImporter): void {
  const { files, signals } = start;
  const read = createLogReader({
    importer,
    files,
    sourceOf: createSourceFinder(askWriter(start)),
    costOf: createCosts(createPriceBook(start.prices), start.rates),
    post: postPart(start),
    stop: () => isStopped(signals),
    beat: () => beat(signals),
  });
  for (let file = nextFile(signals); file < files.length && !isStopped(signals); file = nextFile(signals))
    read(file);
}

const start = workerData as ReaderStart;
const importer = logImporters.find(({ id }) => id === start.importer);
try {
  if (importer === undefined) throw new Error(`"${start.importer}" reads no logs`);
  readFiles(start, importer);
} catch (error) {
  if (!(error instanceof Stopped)) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    start.port.postMessage({ kind: 'failed', message } satisfies ReaderMessage);
    posted(start.signals);
  }
}
start.port.close();

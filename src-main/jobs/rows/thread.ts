import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { type Mapping, mappedImporter } from '../../importers/mapper.ts';
import { readRows } from '../../importers/pipeline/rows.ts';
import type { TextFacts } from '../../importers/pipeline/text.ts';
// Not all importers: what is not loaded does not delay the first row.
import { tableImporters } from '../../importers/tables.ts';
import { createCosts, type FxRate } from '../../ledger/cost.ts';
import { AppError } from '../../platform/error.ts';
import type { TableImporter } from '../../platform/importer.ts';
import { createPriceBook, type PriceBookOptions } from '../../pricing/book.ts';
import { createIdentify } from '../identify.ts';
import { createSourceFinder, type Origin } from '../source-finder.ts';
import { createGatherer, type Piece, pieceNumbers } from './piece.ts';
import {
  answersSoFar,
  beat,
  ended,
  isStopped,
  piecesAhead,
  posted,
  type Turns,
  waitForAnswer,
  waitForStart,
} from './turns.ts';

/** What the thread is started with, often before it is known what it reads: loading its code takes a while. */
export interface ThreadStart {
  /** Numbers of the pieces on their way, one after the other. */
  readonly numbers: Float64Array<SharedArrayBuffer>;
  readonly turns: Turns;
  readonly port: MessagePort;
}

/** What it then is told through its port: what to read, and how. */
export interface RowsToRead {
  readonly path: string;
  readonly fileName: string;
  readonly importer: string;
  readonly mapping: Mapping | null;
  readonly facts: TextFacts;
  readonly now: number;
  readonly prices: PriceBookOptions;
  readonly rates: readonly FxRate[];
  /** Whether rows of one key are parts of one charge. */
  readonly addsUp: boolean;
  /** How many of the first records are shown. */
  readonly shown: number;
}

type RowsStart = ThreadStart & RowsToRead;

/** What it sends. Everything but `place` may be applied later; that is answered with the id of a source. */
export type RowsMessage =
  | {
      readonly kind: 'piece';
      readonly piece: Omit<Piece, 'loose' | 'shown'>;
      /** Its loose and shown rows as JSON, which crosses threads faster than objects do; null where there are none. */
      readonly json: string | null;
    }
  | { readonly kind: 'place'; readonly origin: Origin }
  | { readonly kind: 'end'; readonly warnings: readonly string[] }
  | { readonly kind: 'failed'; readonly code: AppError['code'] | null; readonly message: string };

/** Ends the reading of a file nobody waits for any more. */
class Stopped extends Error {}

function importerOf({ importer: id, mapping }: RowsStart): TableImporter {
  if (mapping !== null) return mappedImporter(mapping);
  const importer = tableImporters.find((one) => one.id === id);
  if (importer === undefined) throw new Error(`"${id}" reads no tables`);
  return importer;
}

function post({ port, turns }: RowsStart, message: RowsMessage): void {
  port.postMessage(message);
  posted(turns);
}

/** Asks the writer for the source of an origin. */
function askWriter(start: RowsStart): (origin: Origin) => number {
  return (origin) => {
    const seen = answersSoFar(start.turns);
    post(start, { kind: 'place', origin });
    if (!waitForAnswer(start.turns, seen)) throw new Stopped();
    return receiveMessageOnPort(start.port)?.message as number;
  };
}

/** Parts of the shared numbers in turn. One is free again once so many pieces later were posted. */
function openNumbers({ numbers }: RowsStart): () => Float64Array {
  let turn = 0;
  return () => {
    const from = (turn++ % (piecesAhead + 1)) * pieceNumbers;
    return numbers.subarray(from, from + pieceNumbers);
  };
}

function readAll(start: RowsStart): readonly string[] {
  const { facts, turns } = start;
  const importer = importerOf(start);
  const { header, preamble, decimal, sample } = facts;
  const reader = importer.open({
    fileName: start.fileName,
    header,
    preamble,
    decimal,
    sample,
    now: start.now,
  });
  const gatherer = createGatherer({
    identify: createIdentify({ importer, addsUp: start.addsUp }),
    sourceOf: createSourceFinder(askWriter(start)),
    costOf: createCosts(createPriceBook(start.prices), start.rates),
    evidence: importer.evidence,
    addsUp: start.addsUp,
    shownRecords: start.shown,
    nextNumbers: openNumbers(start),
    post: ({ loose, shown, ...piece }) => {
      const json = loose.length + shown.length === 0 ? null : JSON.stringify({ loose, shown });
      post(start, { kind: 'piece', piece, json });
    },
  });
  const sink = {
    row: (cells: readonly string[], line: number, raw: string) => gatherer.take(reader.row(cells), line, raw),
    other: gatherer.take,
    progress: () => beat(turns),
  };
  readRows(start.path, facts, sink, () => isStopped(turns));
  gatherer.end();
  return reader.end?.() ?? [];
}

function failure(error: unknown): RowsMessage {
  if (error instanceof AppError) return { kind: 'failed', code: error.code, message: error.message };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { kind: 'failed', code: null, message };
}

function read(start: RowsStart): void {
  try {
    post(start, { kind: 'end', warnings: readAll(start) });
  } catch (error) {
    if (!(error instanceof Stopped)) post(start, failure(error));
  }
}

const own = workerData as ThreadStart;
if (waitForStart(own.turns)) read({ ...own, ...(receiveMessageOnPort(own.port)?.message as RowsToRead) });
ended(own.turns);
own.port.close();

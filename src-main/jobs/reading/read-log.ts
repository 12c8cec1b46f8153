import { type LogCursor, readLogFile } from '../../importers/pipeline/log-reader.ts';
import { AppError } from '../../platform/error.ts';
import type { RowOutcome } from '../../platform/importer.ts';
import { createGatherer, type GathererOptions, type LogToRead, type Piece } from './piece.ts';

/** How the reading of a file ended. */
export type LogEnd =
  | { readonly kind: 'read'; readonly cursor: LogCursor }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What was found in a part of a file, and how it ended if that was its last part. */
export interface LogPart {
  /** Index of the file. */
  readonly file: number;
  readonly bytes: number;
  readonly piece: Piece;
  readonly end: LogEnd | null;
}

export interface LogReaderOptions extends Omit<GathererOptions, 'post'> {
  readonly files: readonly LogToRead[];
  readonly post: (part: LogPart) => void;
  readonly stop: () => boolean;
  /** Told of all that is read, as a sign of life. */
  readonly beat: () => void;
}

/** Reads files one after the other, each from its start to its end, into parts that are posted. */
export function createLogReader({ files, post, stop, beat, ...options }: LogReaderOptions) {
  const { importer } = options;
  let [index, bytes] = [0, 0];
  let end: LogEnd | null = null;
  /** What went wrong where parts go: that is no fault of the file, whatever it looks like. */
  let failure: { readonly error: unknown } | null = null;
  const outside = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  const gatherer = createGatherer({
    ...options,
    sourceOf: (origin) => outside(() => options.sourceOf(origin)),
    post(piece) {
      outside(() => post({ file: index, bytes, piece, end }));
      bytes = 0;
    },
  });
  const sink = {
    outcome: (line: number, outcome: RowOutcome, raw: string) => gatherer.take(line, outcome, raw),
    bytes(read: number) {
      bytes += read;
      beat();
    },
  };

  function readOne({ file, cursor }: LogToRead): LogEnd {
    try {
      return { kind: 'read', cursor: readLogFile(importer, file, cursor, sink, stop).cursor };
    } catch (error) {
      if (failure !== null) throw failure.error;
      // One unreadable file must not keep the others from being read; it is tried again next time.
      if (!(error instanceof AppError) || !error.code.startsWith('FILE_')) throw error;
      return { kind: 'unreadable', reason: error.message };
    }
  }

  return (file: number): void => {
    index = file;
    end = null;
    end = readOne(files[file] as LogToRead);
    gatherer.end();
  };
}

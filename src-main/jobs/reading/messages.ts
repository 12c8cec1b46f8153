import type { MessagePort } from 'node:worker_threads';
import type { FxRate } from '../../ledger/cost.ts';
import type { PriceBookOptions } from '../../pricing/index.ts';
import type { Origin } from '../source-finder.ts';
import type { LogToRead, Piece } from './piece.ts';
import type { LogPart } from './read-log.ts';
import type { Signals } from './signals.ts';

/** What a reader thread is started with. */
export interface ReaderStart {
  readonly reader: number;
  readonly importer: string;
  readonly files: readonly LogToRead[];
  readonly prices: PriceBookOptions;
  readonly rates: readonly FxRate[];
  readonly signals: Signals;
  readonly port: MessagePort;
}

/** What it sends. A `place` is answered with the id of a source. */
export type ReaderMessage =
  | {
      readonly kind: 'part';
      readonly part: Omit<LogPart, 'piece'>;
      readonly piece: Omit<Piece, 'loose'>;
      /** Its loose lines as JSON, which crosses threads faster than objects do; null where there are none. */
      readonly loose: string | null;
      readonly kilobytes: number;
    }
  | { readonly kind: 'place'; readonly origin: Origin }
  | { readonly kind: 'failed'; readonly message: string };

export function messageOf(logPart: LogPart): Extract<ReaderMessage, { kind: 'part' }> {
  const {
    piece: { loose, ...piece },
    ...part
  } = logPart;
  const json = loose.length === 0 ? null : JSON.stringify(loose);
  return { kind: 'part', part, piece, loose: json, kilobytes: kilobytesOf(logPart) };
}

export function partOf({ part, piece, loose }: Extract<ReaderMessage, { kind: 'part' }>): LogPart {
  return { ...part, piece: { ...piece, loose: loose === null ? [] : JSON.parse(loose) } };
}

/** About how much memory a part takes while it waits. */
export function kilobytesOf({ piece: { packed, loose } }: LogPart): number {
  const packedBytes = packed === null ? 0 : packed.numbers.byteLength + packed.text.length;
  const looseBytes = loose.reduce((sum, { raw }) => sum + raw.length + 500, 0);
  return 1 + Math.ceil((packedBytes + looseBytes) / 1024);
}

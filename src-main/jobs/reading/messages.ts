import type { MessagePort } from 'node:worker_threads';
import type { LogCursor } from '../../importers/pipeline/log-reader.ts';
import type { PackedPiece } from './packed.ts';
import type { LogToRead } from './piece.ts';
import type { Signals } from './signals.ts';

/** What a reader thread is started with. */
export interface ReaderStart {
  readonly reader: number;
  readonly importer: string;
  readonly files: readonly LogToRead[];
  readonly signals: Signals;
  readonly port: MessagePort;
}

/** What it sends: pieces, and how each file ended. */
export type ReaderMessage =
  | { readonly kind: 'piece'; readonly file: number; readonly bytes: number; readonly piece: PackedPiece }
  | { readonly kind: 'read'; readonly file: number; readonly cursor: LogCursor }
  | { readonly kind: 'unreadable'; readonly file: number; readonly reason: string }
  | { readonly kind: 'failed'; readonly file: number; readonly message: string };

/** About how much memory a message takes while it waits. */
export function kilobytesOf(message: ReaderMessage): number {
  if (message.kind !== 'piece') return 1;
  const { json, numbers } = message.piece;
  return 1 + Math.ceil((json.length + numbers.byteLength) / 1024);
}

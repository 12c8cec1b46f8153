import { createHash } from 'node:crypto';
import { readSync, type Stats } from 'node:fs';
import type { Json } from '../../platform/json.ts';

const checkedBytes = 4096;

/** How far a file was read; JSON, kept between scans. */
export interface LogCursor {
  /** Bytes used, up to the end of a whole line. */
  readonly offset: number;
  /** Lines used. */
  readonly line: number;
  /** Hash of the first and the last up to 4 KiB before `offset`: tells whether they still stand there. */
  readonly head: string;
  /** What the file looked like when it was read. */
  readonly size: number;
  readonly mtimeMs: number;
  readonly dev: number;
  readonly ino: number;
  /** The line reader's own state; null for documents and databases. */
  readonly state: Json;
}

export const unreadCursor: LogCursor = {
  offset: 0,
  line: 0,
  head: '',
  size: -1,
  mtimeMs: 0,
  dev: 0,
  ino: 0,
  state: null,
};

type FileFacts = Pick<Stats, 'size' | 'mtimeMs' | 'dev' | 'ino'>;

export function isUnchanged(cursor: LogCursor, file: FileFacts): boolean {
  return (
    cursor.size === file.size &&
    cursor.mtimeMs === file.mtimeMs &&
    cursor.ino === file.ino &&
    cursor.dev === file.dev
  );
}

/** Whether the bytes already used still stand at the front, so that reading can go on behind them. */
export function canGoOn(cursor: LogCursor, fd: number, size: number): boolean {
  return cursor.offset > 0 && size >= cursor.size && hashAround(fd, cursor.offset) === cursor.head;
}

/** The hash a cursor at `offset` carries. */
export function hashAround(fd: number, offset: number): string {
  const bytes = Math.min(checkedBytes, offset);
  const both = Buffer.alloc(bytes * 2);
  readSync(fd, both, 0, bytes, 0);
  readSync(fd, both, bytes, bytes, offset - bytes);
  return createHash('sha256').update(both).digest('base64url');
}

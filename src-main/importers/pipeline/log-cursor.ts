import { createHash } from 'node:crypto';
import { fstatSync, readSync, type Stats } from 'node:fs';
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

/** The coarsest clock of the file systems logs lie on: within it, two writes can leave the same time behind. */
const clockTickMs = 50;

/**
 * The time of last change to remember. A file changed just now can be changed once more without its time telling, so
 * that time is not taken as proof: the next scan looks at the bytes again.
 */
export function trustedTime(mtimeMs: number): number {
  return Date.now() - mtimeMs < clockTickMs ? unreadCursor.mtimeMs : mtimeMs;
}

export interface Steady {
  /** Remembers the first bytes when reading starts at them. */
  note(bytes: Buffer, position: number): void;
  /** Whether the file is still the one that reading began with. */
  holds(): boolean;
}

/** Notices a log that is cut and written anew while it is read: its size falls, or its start is another. */
export function steadyFile(fd: number, size: number, from: LogCursor): Steady {
  let start: Buffer | null = null;
  return {
    note(bytes, position) {
      if (position === 0) start = Buffer.from(bytes.subarray(0, checkedBytes));
    },
    holds() {
      if (fstatSync(fd).size < size) return false;
      if (from.offset > 0) return hashAround(fd, from.offset) === from.head;
      return start === null || startsWith(fd, start);
    },
  };
}

function startsWith(fd: number, start: Buffer): boolean {
  const now = Buffer.alloc(start.length);
  return readSync(fd, now, 0, now.length, 0) === start.length && now.equals(start);
}

/** The hash a cursor at `offset` carries. */
export function hashAround(fd: number, offset: number): string {
  const bytes = Math.min(checkedBytes, offset);
  const both = Buffer.alloc(bytes * 2);
  readSync(fd, both, 0, bytes, 0);
  readSync(fd, both, bytes, bytes, offset - bytes);
  return createHash('sha256').update(both).digest('base64url');
}

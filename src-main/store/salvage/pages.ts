import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { readWal } from './wal.ts';

/** The pages of a database file as of its last commit, read without SQLite and without touching the file. */
export interface Pages extends Disposable {
  /** Bytes of a page that hold content. */
  readonly usable: number;
  readonly count: number;
  /** What a page holds; null when the file does not reach that far. */
  read(page: number): Buffer | null;
}

const magic = 'SQLite format 3\u0000';
/** The size every ledger has; for a header whose own statement cannot be right. */
const usualSize = 4096;

function pageSizeOf(header: Buffer): number {
  const stated = header.readUInt16BE(16);
  const size = stated === 1 ? 65_536 : stated;
  const isPossible = size >= 512 && (size & (size - 1)) === 0;
  return isPossible ? size : usualSize;
}

/** Opens a database with its write-ahead log; null for a file that does not begin as a SQLite database does. */
export function openPages(path: string): Pages | null {
  if (!existsSync(path)) return null;
  const fd = openSync(path, 'r');
  const header = Buffer.alloc(100);
  readSync(fd, header, 0, 100, 0);
  if (header.toString('latin1', 0, 16) !== magic) {
    closeSync(fd);
    return null;
  }
  const size = pageSizeOf(header);
  const wal = readWal(`${path}-wal`, size);
  const walFd = wal.count === null ? null : openSync(`${path}-wal`, 'r');
  const count = wal.count ?? Math.ceil(statSync(path).size / size);
  return {
    usable: size - (header[20] ?? 0),
    count,
    read(page) {
      if (page < 1 || page > count) return null;
      const bytes = Buffer.allocUnsafe(size);
      const inWal = wal.pages.get(page);
      const read =
        inWal === undefined || walFd === null
          ? readSync(fd, bytes, 0, size, (page - 1) * size)
          : readSync(walFd, bytes, 0, size, inWal);
      return read === size ? bytes : null;
    },
    [Symbol.dispose]() {
      closeSync(fd);
      if (walFd !== null) closeSync(walFd);
    },
  };
}

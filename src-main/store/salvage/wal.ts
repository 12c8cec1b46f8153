import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';

const headerBytes = 32;
const frameBytes = 24;

/** Which pages a write-ahead log holds: the offset of each page's newest committed content, and the file's length by it. */
export interface Wal {
  readonly pages: ReadonlyMap<number, number>;
  /** Pages of the whole database after the last commit; null when nothing is committed in the log. */
  readonly count: number | null;
}

const nothing: Wal = { pages: new Map(), count: null };

type Sums = [number, number];

/** The log's running checksum (sqlite.org/walformat.html, 4.2), over words of the byte order its magic number says. */
function addSums([first, second]: Sums, bytes: Buffer, isBigEndian: boolean): Sums {
  let [a, b] = [first, second];
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    a = (a + (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + b) >>> 0;
    b = (b + (isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + a) >>> 0;
  }
  return [a, b];
}

function holds(bytes: Buffer, at: number, [a, b]: Sums): boolean {
  return bytes.readUInt32BE(at) === a && bytes.readUInt32BE(at + 4) === b;
}

function readFrames(fd: number, header: Buffer, pageSize: number, size: number): Wal {
  const magic = header.readUInt32BE(0);
  const isBigEndian = magic === 0x377f0683;
  let sums = addSums([0, 0], header.subarray(0, 24), isBigEndian);
  if (!(isBigEndian || magic === 0x377f0682) || header.readUInt32BE(8) !== pageSize) return nothing;
  if (!holds(header, 24, sums)) return nothing;
  const frame = Buffer.alloc(frameBytes + pageSize);
  const pages = new Map<number, number>();
  const waiting = new Map<number, number>();
  let count: number | null = null;
  for (let at = headerBytes; at + frame.length <= size; at += frame.length) {
    if (readSync(fd, frame, 0, frame.length, at) !== frame.length) break;
    if (header.compare(frame, 8, 16, 16, 24) !== 0) break;
    sums = addSums(sums, frame.subarray(0, 8), isBigEndian);
    sums = addSums(sums, frame.subarray(frameBytes), isBigEndian);
    if (!holds(frame, 16, sums)) break;
    waiting.set(frame.readUInt32BE(0), at + frameBytes);
    const committed = frame.readUInt32BE(4);
    if (committed === 0) continue;
    count = committed;
    for (const [page, offset] of waiting) pages.set(page, offset);
    waiting.clear();
  }
  return { pages, count };
}

/** Reads a write-ahead log as SQLite would on recovery: whole frames in order, up to the last commit. */
export function readWal(path: string, pageSize: number): Wal {
  const size = existsSync(path) ? statSync(path).size : 0;
  if (size < headerBytes) return nothing;
  const fd = openSync(path, 'r');
  try {
    const header = Buffer.alloc(headerBytes);
    readSync(fd, header, 0, headerBytes, 0);
    return readFrames(fd, header, pageSize, size);
  } finally {
    closeSync(fd);
  }
}

import type { Pages } from './pages.ts';

/** What a column of a stored row can hold. */
export type Value = number | string | Buffer | null;

/** One row as it lies in the file; `rowid` is null in tables without one and in indexes. */
export interface Cell {
  readonly rowid: number | null;
  readonly values: readonly Value[];
}

export type PageKind = 'table' | 'index';

const kinds: Readonly<Record<number, { kind: PageKind; isLeaf: boolean }>> = {
  2: { kind: 'index', isLeaf: false },
  5: { kind: 'table', isLeaf: false },
  10: { kind: 'index', isLeaf: true },
  13: { kind: 'table', isLeaf: true },
};

const mostPayload = 64 * 1024 * 1024;

class Unreadable extends Error {}

function varint(bytes: Buffer, from: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    const byte = bytes[from + i];
    if (byte === undefined) throw new Unreadable('cut off');
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: from + i + 1 };
  }
  // Nine bytes: larger than any id or length of a ledger, or negative.
  throw new Unreadable('too large');
}

const widths = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0] as const;

function valueAt(body: Buffer, type: number, at: number): { value: Value; width: number } {
  if (type >= 12) {
    const width = Math.floor((type - 12) / 2);
    const bytes = body.subarray(at, at + width);
    return { value: type % 2 === 0 ? bytes : bytes.toString('utf8'), width };
  }
  const width = widths[type];
  if (width === undefined) throw new Unreadable('no such type');
  if (type === 0) return { value: null, width };
  if (type >= 8) return { value: type - 8, width };
  if (at + width > body.length) throw new Unreadable('cut off');
  if (type === 7) return { value: body.readDoubleBE(at), width };
  return { value: width === 8 ? Number(body.readBigInt64BE(at)) : body.readIntBE(at, width), width };
}

/** A row in SQLite's record format (sqlite.org/fileformat2.html, 2.1); it must fill its bytes exactly. */
function readRecord(body: Buffer): readonly Value[] {
  const head = varint(body, 0);
  if (head.value > body.length) throw new Unreadable('longer than its row');
  const values: Value[] = [];
  let at = head.value;
  let next = head.next;
  while (next < head.value) {
    const type = varint(body, next);
    next = type.next;
    const { value, width } = valueAt(body, type.value, at);
    values.push(value);
    at += width;
  }
  if (next !== head.value || at !== body.length) throw new Unreadable('not as long as it says');
  return values;
}

interface Payload {
  readonly size: number;
  readonly from: number;
}

/** Bytes of a row: those on its page, and on the chain of overflow pages where it is a long one. */
function payload(pages: Pages, page: Buffer, kind: PageKind, { size, from }: Payload): Buffer {
  const { usable } = pages;
  if (size < 0 || size > mostPayload) throw new Unreadable('too long');
  const most = kind === 'table' ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (size <= most) return slice(page, from, size);
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const kept = least + ((size - least) % (usable - 4));
  const local = kept <= most ? kept : least;
  const parts = [slice(page, from, local)];
  let left = size - local;
  let next = slice(page, from + local, 4).readUInt32BE(0);
  while (left > 0) {
    const bytes = pages.read(next);
    if (bytes === null) throw new Unreadable('the rest is gone');
    parts.push(bytes.subarray(4, 4 + Math.min(left, usable - 4)));
    left -= usable - 4;
    next = bytes.readUInt32BE(0);
  }
  return Buffer.concat(parts, size);
}

function slice(page: Buffer, from: number, length: number): Buffer {
  if (from + length > page.length) throw new Unreadable('outside its page');
  return page.subarray(from, from + length);
}

function readCell(pages: Pages, page: Buffer, kind: PageKind, from: number): Cell {
  const size = varint(page, from);
  const rowid = kind === 'table' ? varint(page, size.next) : null;
  const body = payload(pages, page, kind, { size: size.value, from: rowid?.next ?? size.next });
  return { rowid: rowid?.value ?? null, values: readRecord(body) };
}

/** A page of a b-tree without its rows. */
export interface TreeLinks {
  readonly kind: PageKind;
  readonly isLeaf: boolean;
  readonly children: readonly number[];
  /** Rows or entries that lie in the page itself. */
  readonly entries: number;
}

interface Head {
  readonly page: Buffer;
  readonly kind: PageKind;
  readonly isLeaf: boolean;
  /** Where the cells begin. */
  readonly cells: readonly number[];
  /** Cells the page says it has, with no room to point at them. */
  readonly missing: number;
  readonly last: number | null;
}

function readHead(pages: Pages, number: number): Head | null {
  const page = pages.read(number);
  const start = number === 1 ? 100 : 0;
  const type = kinds[page?.[start] ?? 0];
  if (page === null || type === undefined) return null;
  const pointers = start + (type.isLeaf ? 8 : 12);
  const stated = page.readUInt16BE(start + 3);
  const count = Math.min(stated, Math.floor((page.length - pointers) / 2));
  const cells = Array.from({ length: count }, (_, i) => page.readUInt16BE(pointers + 2 * i));
  const last = type.isLeaf ? null : page.readUInt32BE(start + 8);
  return { page, ...type, cells, missing: stated - count, last };
}

/** Reads what a page of a b-tree links to; null when it is none. */
export function readLinks(pages: Pages, number: number): TreeLinks | null {
  const head = readHead(pages, number);
  if (head === null) return null;
  const { page, kind, isLeaf, cells, last } = head;
  const children = isLeaf ? [] : cells.map((at) => (at + 4 <= page.length ? page.readUInt32BE(at) : 0));
  if (last !== null) children.push(last);
  return { kind, isLeaf, children, entries: isLeaf || kind === 'index' ? cells.length : 0 };
}

/** Reads the rows of a page of a b-tree, one by one: one that cannot be read costs itself alone. */
export function readCells(pages: Pages, number: number): { cells: readonly Cell[]; broken: number } {
  const head = readHead(pages, number);
  if (head === null) return { cells: [], broken: 0 };
  if (!head.isLeaf && head.kind === 'table') return { cells: [], broken: 0 };
  const cells: Cell[] = [];
  let broken = head.missing;
  for (const at of head.cells) {
    try {
      cells.push(readCell(pages, head.page, head.kind, head.isLeaf ? at : at + 4));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      broken++;
    }
  }
  return { cells, broken };
}

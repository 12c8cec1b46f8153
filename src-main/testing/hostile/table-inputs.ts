import { columnSet } from '../../importers/pipeline/recognise.ts';
import type { Place, TableSpecimen } from './table-specimen.ts';
import { withCell } from './table-specimen.ts';
import { lineOf, tableText } from './table-text.ts';

/** One hostile file and what has to become of it. */
export type HostileTable =
  /** Accepted: the counts and totals of the untouched sample, and as many rows passed over as stated. */
  | {
      readonly outcome: 'same';
      readonly bytes: string | Buffer;
      readonly skipped?: number;
      readonly warning?: RegExp;
    }
  /** The sample and below it lines of which every one is accepted (or known), refused, or counted nowhere. */
  | {
      readonly outcome: 'accept rows' | 'refuse rows' | 'count no row';
      readonly lines: readonly string[];
    }
  /** Refused as a file, or read and found without rows. */
  | { readonly outcome: 'refuse file' | 'nothing'; readonly bytes: string | Buffer };

export interface TableInput {
  /** Its number in the corpus. */
  readonly number: number;
  readonly what: string;
  /** The files of a format; none where the input does not fit it. */
  make(specimen: TableSpecimen): readonly HostileTable[];
}

const utf8 = (text: string) => Buffer.from(text, 'utf8');

function swapped(bytes: Buffer, unit: 2 | 4): Buffer {
  const copy = Buffer.from(bytes);
  return unit === 2 ? copy.swap16() : copy.swap32();
}

function utf32le(text: string): Buffer {
  const points = [...text].map((char) => char.codePointAt(0) ?? 0);
  const bytes = Buffer.alloc(points.length * 4);
  for (const [index, point] of points.entries()) bytes.writeUInt32LE(point, index * 4);
  return bytes;
}

/** The sample with bytes of another encoding in one of its cells. */
function withBytes(specimen: TableSpecimen, hex: string): HostileTable {
  const { row, column } = textPlace(specimen);
  const marker = 'zzmarkerzz';
  const rows = specimen.rows.map((cells, at) => (at === row ? withCell(cells, column, marker) : cells));
  const bytes = utf8(tableText(specimen, { rows }));
  const at = bytes.indexOf(marker);
  const hostile = Buffer.concat([
    bytes.subarray(0, at),
    Buffer.from(hex, 'hex'),
    bytes.subarray(at + marker.length),
  ]);
  return { outcome: 'refuse file', bytes: hostile };
}

function textPlace({ places, facts }: TableSpecimen): Place {
  return places.text ?? { row: 0, column: facts.header.length - 1 };
}

/** The sample's row with one text in place of another, as a line of its own. */
export function lineWith({ rows }: TableSpecimen, { row, column }: Place, text: string): string {
  return lineOf(withCell(rows[row] ?? [], column, text));
}

/** Lines that carry a name; none for a format that has no names. */
function named(
  specimen: TableSpecimen,
  outcome: 'accept rows' | 'refuse rows',
  names: readonly string[],
): readonly HostileTable[] {
  const place = specimen.places.text;
  if (place === undefined) return [];
  return [{ outcome, lines: names.map((name) => lineWith(specimen, place, name)) }];
}

const encodings: readonly TableInput[] = [
  {
    number: 1,
    what: 'UTF-8 with a byte order mark',
    make: (s) => [{ outcome: 'same', bytes: `\uFEFF${tableText(s)}` }],
  },
  {
    number: 2,
    what: 'UTF-16LE with a byte order mark',
    make: (s) => [{ outcome: 'same', bytes: Buffer.from(`\uFEFF${tableText(s)}`, 'utf16le') }],
  },
  {
    number: 3,
    what: 'UTF-16BE without a byte order mark',
    make: (s) => [{ outcome: 'same', bytes: swapped(Buffer.from(tableText(s), 'utf16le'), 2) }],
  },
  {
    number: 4,
    what: 'UTF-32, with and without a byte order mark',
    make(s) {
      const marked = utf32le(`\uFEFF${tableText(s)}`);
      return [marked, swapped(marked, 4), marked.subarray(4)].map((bytes) => ({
        outcome: 'refuse file',
        bytes,
      }));
    },
  },
  {
    number: 5,
    what: 'Windows-1252 with curly quotes and a euro sign',
    make: (s) => [withBytes(s, '935465616d94'), withBytes(s, '8039')],
  },
  { number: 6, what: 'invalid UTF-8', make: (s) => [withBytes(s, 'c080'), withBytes(s, '41bf41')] },
  {
    number: 8,
    what: 'NUL inside a field',
    make: (s) => named(s, 'refuse rows', ['a\0b', '\0']),
  },
  {
    number: 9,
    what: 'an overlong run of combining marks',
    make: (s) => named(s, 'accept rows', [`Z${'\u0301'.repeat(2_000)}`]),
  },
  {
    number: 10,
    what: 'bidi override and zero-width characters in a name',
    make: (s) => named(s, 'accept rows', ['gpt\u202e5-tpg\u202c', 'g\u200bp\u200dt\u2060\ufeff5']),
  },
];

const shapes: readonly TableInput[] = [
  {
    number: 11,
    what: 'an empty file',
    make: () => ['', ' \r\n\n', '\uFEFF'].map((bytes) => ({ outcome: 'refuse file', bytes })),
  },
  {
    number: 12,
    what: 'a header only',
    // Below lines of other things, a header without rows cannot be told from them.
    make: (s) => (s.above === '' ? [{ outcome: 'nothing', bytes: tableText(s, { rows: [] }) }] : []),
  },
  {
    number: 13,
    what: 'CR-only line ends',
    make: (s) => [{ outcome: 'same', bytes: tableText(s).replaceAll('\n', '\r') }],
  },
  {
    number: 14,
    what: 'CRLF and LF mixed',
    make(s) {
      let count = 0;
      return [{ outcome: 'same', bytes: tableText(s).replace(/\n/g, () => (count++ % 2 ? '\n' : '\r\n')) }];
    },
  },
  {
    number: 15,
    what: 'an unclosed quote at the end',
    make: (s) => [{ outcome: 'refuse rows', lines: [`"${(s.rows[0] ?? []).join(',')}`] }],
  },
  {
    number: 16,
    what: 'a quote in the middle of a field',
    make(s) {
      const place = s.places.text;
      if (place === undefined) return [];
      const line = lineWith(s, place, 'zzmarkerzz').replace('zzmarkerzz', '5" and 6"');
      return [{ outcome: 'accept rows', lines: [line] }];
    },
  },
  {
    number: 17,
    what: 'a newline inside quotes',
    make: (s) => named(s, 'accept rows', ['two\nlines', 'three\r\nmore\r\nlines']),
  },
  {
    number: 18,
    what: 'semicolon, tab and pipe between the cells',
    make: (s) =>
      [';', '\t', '|'].map((delimiter) => ({ outcome: 'same', bytes: tableText(s, { delimiter }) })),
  },
  {
    number: 19,
    what: 'a line sep=; above',
    make: (s) => [{ outcome: 'same', bytes: `sep=;\r\n${tableText(s, { delimiter: ';' })}` }],
  },
  {
    number: 20,
    what: 'rows too short and too long',
    make({ rows, facts }) {
      const cells = rows[0] ?? [];
      const width = facts.header.findLastIndex((name) => name !== '') + 1;
      return [
        {
          outcome: 'refuse rows',
          lines: [lineOf(cells.slice(0, width - 1)), lineOf([...cells, '', 'more'])],
        },
      ];
    },
  },
  {
    number: 21,
    what: 'columns that stand twice in the header',
    make(s) {
      const twice = Object.values(s.places).map(({ column }) => s.facts.header[column] ?? '');
      return [widened(s, twice, { warning: /stands twice/ })];
    },
  },
  {
    number: 22,
    what: 'columns named like parts of an object',
    make: (s) => [widened(s, ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])],
  },
];

/** The sample with more columns behind its own. */
function widened(s: TableSpecimen, names: readonly string[], more: { warning?: RegExp } = {}): HostileTable {
  const header = [...s.facts.header, ...names];
  const rows = s.rows.map((cells) => [...padded(cells, s.facts.header.length), ...names.map(() => 'zz')]);
  return { outcome: 'same', bytes: tableText(s, { header, rows }), ...more };
}

function padded(cells: readonly string[], length: number): readonly string[] {
  return [...cells, ...Array<string>(Math.max(0, length - cells.length)).fill('')];
}

const joined: readonly TableInput[] = [
  {
    number: 28,
    what: 'a row of totals at the end',
    make({ rows, facts, places }) {
      const cells = rows[places.date?.row ?? 0] ?? [];
      const column = places.date?.column ?? 0;
      const sums = (at: number) =>
        cells.map((cell, i) => (i === at ? 'Total' : /^[\d.]+$/.test(cell) ? cell : ''));
      const atFront = sums(0).map((cell, i) => (i === column && i !== 0 ? '' : cell));
      const lines = [sums(column), atFront, facts.header.map((_, i) => (i === 0 ? 'Total' : ''))];
      return [{ outcome: 'count no row', lines: lines.map((line) => lineOf(line)) }];
    },
  },
  {
    number: 29,
    what: 'the header again, from joined exports',
    make(s) {
      const half = Math.ceil(s.rows.length / 2);
      const below = [lineOf(s.facts.header), ...s.rows.slice(half).map((row) => lineOf(row))];
      const bytes = tableText(s, { rows: s.rows.slice(0, half), lines: below });
      return [{ outcome: 'same', bytes, skipped: 1 }];
    },
  },
  {
    number: 30,
    what: 'the same row three times',
    make: (s) => {
      const row = Object.values(s.places)[0]?.row ?? 0;
      const line = lineOf(s.rows[row] ?? []);
      return [{ outcome: 'accept rows', lines: [line, line, line] }];
    },
  },
  {
    number: 31,
    what: 'a column of the fingerprint under another name',
    make(s) {
      if (s.wish.mapping !== undefined) return [];
      const renamed = s.facts.header.map((_, column) => s.facts.header.with(column, 'renamed by the vendor'));
      const strange = renamed.filter((header) => !s.importer.matches(columnSet(header)));
      return strange
        .slice(0, 3)
        .map((header) => ({ outcome: 'refuse file', bytes: tableText(s, { header }) }));
    },
  },
  {
    number: 31,
    what: 'columns in another order',
    make(s) {
      const width = s.facts.header.length;
      const rows = s.rows.filter((cells) => cells.length === width);
      if (rows.length < s.rows.length) return [];
      return [
        {
          outcome: 'same',
          bytes: tableText(
            { ...s, rows },
            { header: s.facts.header.toReversed(), rows: rows.map((r) => r.toReversed()) },
          ),
        },
      ];
    },
  },
];

/** Inputs 1-31 of the corpus as far as a small file shows them; 23 and 24 are heavy, 25-27 are names and numbers. */
export const tableInputs: readonly TableInput[] = [...encodings, ...shapes, ...joined];

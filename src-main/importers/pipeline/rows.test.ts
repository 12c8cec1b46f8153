import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openRowScanner } from './csv.ts';
import { readRows } from './rows.ts';
import { sniffText } from './text.ts';

const dir = mkdtempSync(join(tmpdir(), 'rows-'));
afterAll(() => rmSync(dir, { recursive: true }));

function read(content: string | Uint8Array) {
  const path = join(dir, 'file.csv');
  writeFileSync(path, content);
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  const raws: string[] = [];
  const others: string[] = [];
  const facts = sniffText(path);
  const sink = {
    row(cells: readonly string[], line: number, raw: string) {
      rows.push(cells);
      lines.push(line);
      raws.push(raw);
    },
    other(outcome: { kind: string; reason: string }, line: number) {
      others.push(`${line} ${outcome.kind}: ${outcome.reason}`);
    },
  };
  readRows(path, facts, sink, () => false);
  return { facts, rows, lines, raws, others };
}

describe('readRows', () => {
  it.each([
    ['LF', 'a,b\n1,2\n3,4\n'],
    ['CRLF', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['CR', 'a,b\r1,2\r3,4\r'],
    ['mixed', 'a,b\r\n1,2\n3,4'],
    ['with blank lines', 'a,b\n\n1,2\n   \n3,4\n\n'],
  ])('gives the same rows and raw text for %s', (_name, text) => {
    const { rows, raws, others } = read(text);
    expect(rows).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(raws).toEqual(['1,2', '3,4']);
    expect(others).toEqual([]);
  });

  it('numbers lines as an editor does, past blank lines and newlines in quotes', () => {
    const { lines, rows } = read('a,b\n1,"x\ny\r\nz"\n\n2,w\n');
    expect(lines).toEqual([2, 6]);
    expect(rows[0]).toEqual(['1', 'x\ny\r\nz']);
  });

  it('keeps a quote in the middle of a field', () => {
    expect(read('a,b\n1,5" disk\n').rows).toEqual([['1', '5" disk']]);
  });

  it('loses one line only to a quote that is never closed', () => {
    const { rows, others } = read('a,b\n1,"open\n2,x\n3,y\n');
    expect(rows).toEqual([
      ['2', 'x'],
      ['3', 'y'],
    ]);
    expect(others).toEqual(['2 refuse: a quote opens here and is never closed']);
  });

  it('loses no line of a row that breaks several lines below its first', () => {
    const { rows, others } = read('a,b,c\n"1\n2",x,"y\n3",w,"q"z\n4,5,6\n');
    expect(others.map((text) => text.split(' ')[0])).toEqual(['2', '3', '4']);
    expect(rows).toEqual([['4', '5', '6']]);
  });

  it('refuses text after a closing quote instead of gluing it on', () => {
    expect(read('a,b\n1,"x"y\n2,z\n')).toMatchObject({
      rows: [['2', 'z']],
      others: ['2 refuse: text follows a closing quote'],
    });
  });

  it('refuses a row that a comma inside a number made too long, but not one with trailing commas', () => {
    const { rows, others } = read('day,cost\nmon,1,234\ntue,2,,\nwed,3\nthu,4\n');
    expect(rows[0]).toEqual(['tue', '2', '', '']);
    expect(rows).toHaveLength(3);
    expect(others).toEqual(['2 refuse: the row has 3 fields, the header 2']);
  });

  it('passes over a header repeated by joining two exports, and empty rows', () => {
    expect(read('a,b,c\n1,2,3\na,b,c\n ,\n3,4,5\n')).toMatchObject({
      rows: [
        ['1', '2', '3'],
        ['3', '4', '5'],
      ],
      others: ['3 skip: the header again', '4 skip: an empty row'],
    });
  });

  it('refuses a NUL inside a field', () => {
    expect(read(`a,b\n${'1,2\n'.repeat(50)}1,x\0y\n`).others).toEqual([
      '52 refuse: the row holds a NUL character',
    ]);
  });

  it('refuses a line over 16 MiB and a field over 1 MiB, and reads on', () => {
    const { rows, others } = read(
      `a,b\n1,${'x'.repeat(17 * 1024 ** 2)}\n2,${'y'.repeat(1024 ** 2 + 1)}\n3,z\n`,
    );
    expect(rows).toEqual([['3', 'z']]);
    expect(others).toEqual([
      '2 refuse: the line is longer than 16 MiB',
      '3 refuse: a field is longer than 1 MiB',
    ]);
  });

  it('refuses a row of over 1,000 columns', () => {
    expect(read(`a,b\n${','.repeat(200_000)}\n1,2\n`)).toMatchObject({
      rows: [['1', '2']],
      others: ['2 refuse: the row has more than 1,000 columns'],
    });
  });

  it('throws on bytes far down that are not UTF-8, so that half a file never counts', () => {
    const bytes = Buffer.concat([Buffer.from(`a,b\n${'1,2\n'.repeat(200_000)}`), Buffer.from([0xe9, 0x0a])]);
    expect(() => read(bytes)).toThrow(/not valid UTF-8/);
  });

  it('does not split a character that crosses a chunk', () => {
    const pad = 'x'.repeat(1024 ** 2 - 12);
    expect(
      read(`a,b\n1,2\n${pad.slice(0, 900_000)},2\n${pad.slice(900_000)}≤≤≤≤,4\n`)
        .rows.at(-1)?.[0]
        ?.slice(-4),
    ).toBe('≤≤≤≤');
  });

  it('stops when told to', () => {
    const path = join(dir, 'stop.csv');
    writeFileSync(path, `a,b\n${'1,2\n'.repeat(600_000)}`);
    let rows = 0;
    let asked = 0;
    const sink = { row: () => rows++, other: () => {} };
    readRows(path, sniffText(path), sink, () => ++asked > 1);
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan(600_000);
  });
});

describe('openRowScanner', () => {
  const cell = fc.stringMatching(/^[ab,;"\n\r0-9.é≤ ]{0,8}$/);
  const quoteCell = (text: string) => (/[,"\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  it('gives back any table it is given, however it is cut into pieces', () => {
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 8 });
    const newline = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(
        table,
        newline,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (rows, end, size, trailing) => {
          const filled = rows.filter((cells) => cells.some((text) => text !== ''));
          const text =
            filled.map((cells) => cells.map(quoteCell).join(',')).join(end) + (trailing ? end : '');
          const got: (readonly string[])[] = [];
          const broken: string[] = [];
          const scanner = openRowScanner(',', {
            row: (cells) => got.push(cells),
            broken: (reason) => broken.push(reason),
          });
          for (let at = 0; at < text.length; at += size) scanner.push(text.slice(at, at + size), false);
          scanner.push('', true);
          expect(broken).toEqual([]);
          expect(got).toEqual(filled);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('accounts for every line of any text: rows and broken lines, no crash', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a",\n]{0,40}$/), fc.integer({ min: 1, max: 5 }), (text, size) => {
        const whole = countOf([text]);
        const pieces: string[] = [];
        for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size));
        expect(countOf(pieces)).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });

  function countOf(pieces: readonly string[]) {
    const seen: string[] = [];
    const scanner = openRowScanner(',', {
      row: (cells, line) => seen.push(`${line}:${JSON.stringify(cells)}`),
      broken: (reason, line) => seen.push(`${line}:${reason}`),
    });
    for (const piece of pieces) scanner.push(piece, false);
    scanner.push('', true);
    return seen;
  }
});

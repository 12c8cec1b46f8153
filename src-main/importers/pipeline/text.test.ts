import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRows } from './rows.ts';
import { sniffText } from './text.ts';

const dir = mkdtempSync(join(tmpdir(), 'text-'));
afterAll(() => rmSync(dir, { recursive: true }));
const path = join(dir, 'file.csv');

function sniff(content: string | Uint8Array) {
  writeFileSync(path, content);
  return sniffText(path);
}

const table = 'day,model,cost\n2026-07-01,≤ gpt,1.25\n';
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('sniffText', () => {
  it.each([
    ['UTF-8', Buffer.from(table), 'utf-8'],
    ['UTF-8 with BOM', Buffer.from(`\uFEFF${table}`), 'utf-8'],
    ['UTF-16LE with BOM', Buffer.from(`\uFEFF${table}`, 'utf16le'), 'utf-16le'],
    ['UTF-16BE with BOM', swapped(`\uFEFF${table}`), 'utf-16be'],
    ['UTF-16LE without BOM', Buffer.from(table, 'utf16le'), 'utf-16le'],
    ['UTF-16BE without BOM', swapped(table), 'utf-16be'],
  ])('reads %s: same header, same cells', (_name, bytes, encoding) => {
    const facts = sniff(bytes);
    expect(facts).toMatchObject({ encoding, header: ['day', 'model', 'cost'], headerLine: 1 });
    const rows: (readonly string[])[] = [];
    readRows(path, facts, { row: (cells) => rows.push(cells), other: () => {} }, () => false);
    expect(rows).toEqual([['2026-07-01', '≤ gpt', '1.25']]);
  });

  it.each([
    ['an empty file', '', /empty/],
    ['a BOM alone', '\uFEFF', /empty/],
    ['blank lines', '\n\n  \n', /empty/],
    ['UTF-32 with BOM', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), /UTF-32/],
    ['UTF-32 without BOM', Buffer.from([...table].flatMap((c) => [c.charCodeAt(0), 0, 0, 0])), /UTF-32/],
    ['Windows-1252', Buffer.from('day,model\n1,caf\xe9\n', 'latin1'), /CSV UTF-8/],
    ['overlong UTF-8', Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0xc0, 0x80, 0x2c, 0x31, 0x0a]), /not UTF-8/],
    [
      'a picture',
      Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
      /This is a picture/,
    ],
  ])('refuses %s with a sentence', (_name, bytes, message) => {
    expect(() => sniff(bytes)).toThrow(
      expect.objectContaining({ code: 'FILE_UNREADABLE', message: expect.stringMatching(message) }),
    );
  });

  it.each([
    ['JSON', '{"a":1,"b":2}\n{"a":2,"b":3}\n'],
    ['a web page', '<html><a,b></html>\n'],
    ['prose', 'hello there\nthis is a note\n'],
    ['rows without a header', '2026-07-01,gpt,1.25\n2026-07-02,gpt,1.5\n'],
  ])('says that %s is no table', (_name, text) => {
    expect(() => sniff(text)).toThrow(expect.objectContaining({ code: 'FORMAT_UNKNOWN' }));
  });

  it.each([
    [';', 'day;model;cost, total\n1;gpt;0,5\n'],
    ['\t', 'day\tmodel\tcost\n1\tgpt, new\t0.5\n'],
    ['|', 'day|model|cost\n1|gpt|0.5\n'],
    [',', 'day,model,"a;b;c;d"\n1,gpt,0.5\n'],
    [';', 'sep=;\nday;cost\n1;0,5\n'],
  ])('finds the delimiter %j', (delimiter, text) => {
    expect(sniff(text).delimiter).toBe(delimiter);
  });

  it('finds the header below a preamble, and keeps the preamble', () => {
    const facts = sniff(
      'Invoice number,INV-1\nIssued,2026-07-01\n\nday,model,cost,project\n2026-07-01,gpt,0.5,x\n2026-07-02,gpt,0.5,x\n2026-07-03,gpt,0.5,x\n',
    );
    expect(facts).toMatchObject({ headerLine: 4, preamble: ['Invoice number,INV-1', 'Issued,2026-07-01'] });
    expect(facts.sample).toHaveLength(3);
  });

  it('finds the header of a table shorter than its preamble, whose lines may look like names', () => {
    const preamble = [
      'Invoice,INV-1,',
      'Date,"Jul 31, 2026",',
      'Due,soon,',
      'Currency,USD,',
      'Total,"$1.27",',
    ];
    const table = [
      'Project,Service,Service ID,SKU,SKU ID,Cost type,Unit,Cost ($)',
      'p,api,s1,tokens,k1,Usage,count,1.27',
      ',,,,,Total,,1.27',
    ];
    expect(sniff(`${[...preamble, ...table].join('\n')}\n`)).toMatchObject({ headerLine: 6, preamble });
  });

  it('takes the wide header of a file whose rows are short (empty buckets)', () => {
    expect(sniff('start,end,a,b,c\n1,2\n3,4\n5,6\n')).toMatchObject({ headerLine: 1, delimiter: ',' });
  });

  it('reads a header alone as a table without rows', () => {
    expect(sniff('day,model,cost\n')).toMatchObject({ header: ['day', 'model', 'cost'], sample: [] });
  });

  it.each([
    ['.', '1.25'],
    ['.', '0.123'],
    ['.', '"1,234.50"'],
    [',', '"0,5"'],
    [',', '"1.234,56"'],
    [',', '"12,3456"'],
    [undefined, '"1,234"'],
    [undefined, '1.234'],
    [undefined, '17'],
    [undefined, '01.07.2026'],
  ])('takes %s for the decimal sign of %s', (decimal, cell) => {
    expect(sniff(`day,cost\nx,${cell}\n`).decimal).toBe(decimal);
  });

  it('says that a PDF is one', () => {
    expect(() => sniff('%PDF-1.7\nObjects;and;more\n')).toThrow(/This is a PDF/);
  });

  it.each([
    '89504e470d0a1a0a',
    'ffd8ffe000104a46',
    '474946383961',
    '524946462400000057454250',
    '0000001c6674797068656963',
  ])('says that a picture is one: %s', (hex) => {
    expect(() => sniff(Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(' a;b\n')]))).toThrow(
      /This is a picture/,
    );
  });

  it('tells JSON of no known format from a web page', () => {
    expect(() => sniff('{"a":1}\n')).toThrow(/JSON in no format/);
    expect(() => sniff('<html><body>\n')).toThrow(/web page/);
  });

  it('takes no decimal sign from cells that contradict each other', () => {
    expect(sniff('a;b\n0,5;0.5\n').decimal).toBeUndefined();
  });
});

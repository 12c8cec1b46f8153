import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRows } from '../importers/pipeline/rows.ts';
import { sniffText } from '../importers/pipeline/text.ts';
import type { RowOutcome, TableImporter } from '../platform/importer.ts';
import { type ImportedRecord, type Tokens, tokenBuckets } from '../platform/record.ts';

const samples = join(import.meta.dirname, 'fixtures', 'samples');

/** A moment after every sample's last date. */
export const afterSamples = Date.UTC(2026, 9, 1);

/** Right totals of the samples, by file name, as worked out by hand. */
export const expectedTotals: Readonly<Record<string, Readonly<Record<string, number | string>>>> = JSON.parse(
  readFileSync(join(samples, 'EXPECTED.json'), 'utf8'),
);

export function sampleText(name: string): string {
  return readFileSync(join(samples, name), 'utf8');
}

export interface TableReading {
  readonly records: readonly ImportedRecord[];
  /** `line reason` of each refused row. */
  readonly refused: readonly string[];
  readonly skipped: readonly string[];
  readonly warnings: readonly string[];
  /** Rows below the header that are not blank. */
  readonly rows: number;
}

/** Reads text through the real reader and one importer, as the pipeline does. */
export function readTable(importer: TableImporter, content: string | Uint8Array): TableReading {
  const dir = mkdtempSync(join(tmpdir(), 'table-'));
  try {
    const path = join(dir, 'file.csv');
    writeFileSync(path, content);
    return readFile(importer, path);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function readFile(importer: TableImporter, path: string): TableReading {
  const facts = sniffText(path);
  const { header, preamble, decimal, sample } = facts;
  const reader = importer.open({
    fileName: 'file.csv',
    header,
    preamble,
    decimal,
    sample,
    now: afterSamples,
  });
  const records: ImportedRecord[] = [];
  const refused: string[] = [];
  const skipped: string[] = [];
  let rows = 0;
  const take = (outcome: RowOutcome, line: number) => {
    rows++;
    if (outcome.kind === 'record') records.push(outcome.record);
    else if (outcome.kind === 'records') records.push(...outcome.records);
    else if (outcome.kind === 'refuse') refused.push(`${line} ${outcome.reason}`);
    else if (outcome.kind === 'skip') skipped.push(`${line} ${outcome.reason}`);
  };
  const sink = {
    row: (cells: readonly string[], line: number) => take(reader.row(cells), line),
    other: take,
  };
  readRows(path, facts, sink, () => false);
  return { records, refused, skipped, warnings: reader.end?.() ?? [], rows };
}

/** Sum of every token bucket. */
export function sumTokens(records: readonly ImportedRecord[]): Tokens {
  const sum: Record<keyof Tokens, number> = {
    input: 0,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknown: 0,
    output: 0,
    reasoning: 0,
  };
  for (const { tokens } of records) for (const bucket of tokenBuckets) sum[bucket] += tokens[bucket];
  return sum;
}

const scale = 30;

/** Exact sum of the stated amounts, without trailing zeros. */
export function sumAmounts(records: readonly ImportedRecord[]): string {
  let sum = 0n;
  for (const { amount } of records) if (amount) sum += scaled(amount.value);
  return unscaled(sum);
}

/** A decimal text without trailing zeros, so that `0.10` compares equal to `0.1`. */
export function plainAmount(text: string): string {
  return unscaled(scaled(text));
}

function scaled(text: string): bigint {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const digits = BigInt(whole + fraction.padEnd(scale, '0').slice(0, scale));
  return sign === '-' ? -digits : digits;
}

function unscaled(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const text = `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, '');
  return value < 0n ? `-${text}` : text;
}

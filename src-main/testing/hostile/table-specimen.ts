import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mapping } from '../../../src-preload/contract/imports.ts';
import { mappedImporter } from '../../importers/mapper.ts';
import { recogniseTable } from '../../importers/pipeline/recognise.ts';
import { readRows } from '../../importers/pipeline/rows.ts';
import { sniffText, type TextFacts } from '../../importers/pipeline/text.ts';
import { tableImporters } from '../../importers/tables.ts';
import type { RowOutcome, TableImporter } from '../../platform/importer.ts';
import type { ImportedRecord } from '../../platform/record.ts';
import { samplesDir } from '../core.ts';
import { afterSamples } from '../read-table.ts';
import { tempDir } from '../temp-dir.ts';

/** A cell whose content is known to matter: rows that change it show what the format makes of it. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** What a cell stands for, found by trying: no format has to say so, and a new one is covered by its row. */
export type Role = 'date' | 'money' | 'count' | 'quantity' | 'text';

/** One sample of a table format, taken apart so that hostile files can be made of it. */
export interface TableSpecimen {
  readonly importer: TableImporter;
  /** How the importer is asked for where its header does not tell. */
  readonly wish: { readonly mapping?: Mapping };
  readonly sample: string;
  readonly bytes: Buffer;
  readonly facts: TextFacts;
  /** Lines above the header. */
  readonly above: string;
  readonly rows: readonly (readonly string[])[];
  readonly places: Readonly<Partial<Record<Role, Place>>>;
  /** What the reader makes of the rows when one cell is another. */
  outcomeWith(place: Place, text: string): RowOutcome | undefined;
}

/** Every sample of every table format there is, by the fingerprints of the formats themselves, and a mapped file. */
export function tableSpecimens(): readonly TableSpecimen[] {
  const names = readdirSync(samplesDir).filter((name) => name.endsWith('.csv'));
  const known = names.flatMap((sample) => {
    const bytes = readFileSync(join(samplesDir, sample));
    const [importer, other] = recogniseTable(tableImporters, sniffText(join(samplesDir, sample)));
    return importer === undefined || other !== undefined ? [] : [specimenOf(importer, sample, bytes)];
  });
  return [...known, mappedSpecimen()];
}

const mapping: Mapping = {
  name: 'Own sheet',
  columns: { date: 'When', model: 'What', requests: 'Calls', input: 'In', cost: 'Price' },
  dateFormat: 'iso',
  zone: 'Europe/Berlin',
  decimal: '.',
  inputIncludesCache: false,
  currency: 'USD',
  provider: 'acme',
  evidence: 'billed',
};

function mappedSpecimen(): TableSpecimen {
  const rows = ['2026-07-01 10:00,large,3,900,1.25', '2026-07-02 11:30,small,1,40,0.75'];
  const bytes = Buffer.from(`When,What,Calls,In,Price\n${rows.join('\n')}\n`);
  return specimenOf(mappedImporter(mapping), 'own-sheet.csv', bytes, { mapping });
}

function specimenOf(
  importer: TableImporter,
  sample: string,
  bytes: Buffer,
  wish: TableSpecimen['wish'] = {},
): TableSpecimen {
  using dir = tempDir();
  const path = join(dir.path, 'sample.csv');
  writeFileSync(path, bytes);
  const facts = sniffText(path);
  const rows: (readonly string[])[] = [];
  readRows(path, facts, { row: (cells) => void rows.push(cells), other: () => undefined }, () => false);
  const outcomeWith = ({ row, column }: Place, text: string): RowOutcome | undefined => {
    const { header, preamble, decimal, sample: first } = facts;
    const shape = { fileName: sample, header, preamble, decimal, sample: first, now: afterSamples };
    const reader = importer.open(shape);
    const outcomes = rows.map((cells, at) => reader.row(at === row ? withCell(cells, column, text) : cells));
    return outcomes[row];
  };
  const lines = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n/);
  const above = lines.slice(0, facts.headerLine - 1).map((line) => `${line}\n`);
  const places = findPlaces(facts, rows, outcomeWith);
  return { importer, wish, sample, bytes, facts, above: above.join(''), rows, places, outcomeWith };
}

export function withCell(cells: readonly string[], column: number, text: string): readonly string[] {
  return cells.map((cell, index) => (index === column ? text : cell));
}

export function recordsOf(outcome: RowOutcome | undefined): readonly ImportedRecord[] {
  if (outcome?.kind === 'record') return [outcome.record];
  return outcome?.kind === 'records' ? outcome.records : [];
}

const numeric = /^-?[\d.,]+$/;
const dateLike = /^(?:\d{4}-\d{2}|\d{1,2}\/\d{1,2}\/\d{2,4}|\d{10}$|\d{13}$)/;

type Try = TableSpecimen['outcomeWith'];

function findPlaces(
  facts: TextFacts,
  rows: TableSpecimen['rows'],
  outcomeWith: Try,
): Readonly<Partial<Record<Role, Place>>> {
  const found: Partial<Record<Role, Place>> = {};
  const tests: Readonly<Record<Role, (place: Place, cell: string) => boolean>> = {
    date: (place, cell) => dateLike.test(cell.trim()) && isRefused(outcomeWith(place, '2026-02-30')),
    money: (place, cell) => numeric.test(cell) && isMoney(outcomeWith, place),
    count: (place, cell) =>
      numeric.test(cell) && counts(outcomeWith, place) && isRefused(outcomeWith(place, '1234.5')),
    // Counted in blocks, such as thousands of tokens, so that parts of one are no mistake.
    quantity: (place, cell) =>
      numeric.test(cell) && counts(outcomeWith, place) && !isRefused(outcomeWith(place, '1234.5')),
    text: (place) => namesIt(outcomeWith(place, 'zz-hostile'), 'zz-hostile'),
  };
  for (const [row, cells] of rows.slice(0, 40).entries()) {
    if (recordsOf(outcomeWith({ row, column: -1 }, '')).length === 0) continue;
    for (const [column, cell] of cells.slice(0, facts.header.length).entries())
      for (const [role, fits] of Object.entries(tests) as [Role, (place: Place, cell: string) => boolean][])
        if (found[role] === undefined && fits({ row, column }, cell)) found[role] = { row, column };
  }
  return found;
}

function isRefused(outcome: RowOutcome | undefined): boolean {
  return outcome?.kind === 'refuse';
}

/** The amount of the record is this cell's; a format may know no credits. */
function isMoney(outcomeWith: Try, place: Place): boolean {
  const amounts = (text: string) => recordsOf(outcomeWith(place, text)).map(({ amount }) => amount?.value);
  const isFollowed = amounts('1.2534').includes('1.2534') && !/[1-9]/.test(amounts('0').join());
  return isFollowed && (isRefused(outcomeWith(place, '-1.5')) || amounts('-1.5').includes('-1.5'));
}

function counts(outcomeWith: Try, place: Place): boolean {
  const [one = '', other = ''] = ['7000', '8000'].map((text) =>
    JSON.stringify(recordsOf(outcomeWith(place, text)).map(({ tokens, requests }) => [tokens, requests])),
  );
  return one !== '[]' && other !== '[]' && one !== other;
}

function namesIt(outcome: RowOutcome | undefined, text: string): boolean {
  return recordsOf(outcome).some(({ model, project }) => model === text || project === text);
}

import { copyFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figures } from '../../src-preload/contract/values.ts';
import { logImporters } from '../importers/logs.ts';
import { recogniseLog } from '../importers/pipeline/recognise-log.ts';
import type { Importer, LogFile, LogFileKind, LogImporter, RowOutcome } from '../platform/importer.ts';
import { tokenBuckets } from '../platform/record.ts';
import { samplesDir, startTestCore, type TestCore } from './core.ts';
import { readLog } from './read-log.ts';
import { makeDatabase, type SampleDump } from './sample-database.ts';
import { tempDir } from './temp-dir.ts';

/** What a sample holds, worked out by hand: the numbers of EXPECTED.json in the ledger's terms. */
export interface SampleTruth {
  /** Rows, lines or messages that bring usage; `rows` with duplicates and refusals in `counts`. */
  readonly accepted: number;
  readonly duplicate?: number;
  readonly refused?: number;
  readonly skipped?: number;
  readonly requests?: number;
  readonly tokens?: Partial<Figures['tokens']> | undefined;
  /** Cash and API-equivalent together, decimal USD. */
  readonly usd?: string | number | undefined;
  /** Cash alone, decimal USD, where a plan covers part of it. */
  readonly cashUsd?: string | number | undefined;
  /** The file's name where the sample's own would not tell the tool, e.g. `ui_messages.json`. */
  readonly as?: string;
  /** The sample is a dump: a database is made of it under the name in `as`. */
  readonly dump?: SampleDump;
}

/** Runs one importer through everything every format has to hold, over its samples: the short test of a new format. */
export function conforms(importer: Importer, samples: Readonly<Record<string, SampleTruth>>): void {
  describe.each(Object.entries(samples))(`${importer.id}: %s`, (name, truth) => {
    test('imports to exactly its truth; again adds nothing; undo takes all of it back', async () => {
      await importsExactly(importer, name, truth);
    });
    if (importer.kind === 'log') logSampleHolds(importer, name, truth);
  });
}

/** The sample as the file a person would drop: under its own name, or the name the tool gives it. */
export function placeSample(dir: string, name: string, truth: Pick<SampleTruth, 'as' | 'dump'>): string {
  const path = join(dir, truth.as ?? name);
  if (truth.dump !== undefined) return makeDatabase(path, truth.dump);
  if (truth.as === undefined) return join(samplesDir, name);
  copyFileSync(join(samplesDir, name), path);
  return path;
}

function nano(usd: string | number): number {
  const [whole = '0', fraction = ''] = String(usd).replace('-', '').split('.');
  const value = Number(whole) * 1e9 + Number(fraction.padEnd(9, '0').slice(0, 9));
  return String(usd).startsWith('-') ? -value : value;
}

async function totals(t: TestCore): Promise<Figures> {
  return (await t.call('report.run', { by: [], filters: {} })).totals;
}

async function importsExactly(importer: Importer, name: string, truth: SampleTruth): Promise<void> {
  await using t = await startTestCore();
  using dir = tempDir();
  const file = { path: placeSample(dir.path, name, truth) };
  const empty = await totals(t);
  const preview = await t.call('imports.preview', { file });
  expect(preview.files[0]).toMatchObject({ kind: 'ready', format: importer.id });
  const { files, unreadable } = await t.call('imports.commit', { file });
  expect(unreadable).toEqual([]);
  const [done] = files;
  expect(done?.problems).toEqual([]);
  expect(done?.counts).toMatchObject({
    accepted: truth.accepted,
    refused: truth.refused ?? 0,
    ...(truth.duplicate !== undefined && { duplicate: truth.duplicate }),
    ...(truth.skipped !== undefined && { skipped: truth.skipped }),
  });
  expect(preview.files[0]).toMatchObject({ kind: 'ready', counts: done?.counts });
  const after = await totals(t);
  if (truth.tokens !== undefined) expect(after.tokens).toMatchObject(truth.tokens);
  if (truth.requests !== undefined) expect(after.requests).toBe(truth.requests);
  if (truth.usd !== undefined) {
    expect(after.cashNanoUsd + after.equivalentNanoUsd).toBe(nano(truth.usd));
    expect(after.unpricedRequests).toBe(0);
  }
  if (truth.cashUsd !== undefined) expect(after.cashNanoUsd).toBe(nano(truth.cashUsd));
  const again = await t.call('imports.commit', { file });
  expect(again.files[0]).toMatchObject({ importId: null, counts: { accepted: 0 } });
  expect(await totals(t)).toEqual(after);
  await t.call('imports.undo', { importId: done?.importId ?? 0 });
  expect(await totals(t)).toEqual(empty);
}

function logSampleHolds(importer: LogImporter, name: string, truth: SampleTruth): void {
  test('is recognised by its content, as this format alone', () => {
    using dir = tempDir();
    const path = placeSample(dir.path, name, truth);
    expect(recogniseLog(logImporters, path).map(({ id }) => id)).toEqual([importer.id]);
  });
  const kind = kindOf(importer, truth.as ?? name, truth);
  if (kind === 'lines') linesHold(importer, name);
  else if (kind === 'document') documentHolds(importer, name);
  else databaseHolds(importer, name, truth);
}

function kindOf(importer: LogImporter, name: string, truth: SampleTruth): LogFileKind {
  if (truth.dump !== undefined) return 'database';
  return importer.readDocument !== undefined && (importer.openLines === undefined || /\.json$/.test(name))
    ? 'document'
    : 'lines';
}

function linesHold(importer: LogImporter, name: string): void {
  const bytes = readFileSync(join(samplesDir, name));

  test('read in two scans gives what one gives, wherever the first one ended', () => {
    using dir = tempDir();
    const [path, full] = [join(dir.path, name), join(dir.path, `full-${name}`)];
    copyFileSync(join(samplesDir, name), full);
    // Lines without a time take the file's.
    const written = new Date('2026-07-01T10:00:00Z');
    utimesSync(full, written, written);
    const whole = readLog(importer, full, { final: false, relativePath: name }).lines;
    fc.assert(
      fc.property(fc.nat({ max: bytes.length }), (cut) => {
        writeFileSync(path, bytes.subarray(0, cut));
        utimesSync(path, written, written);
        const first = readLog(importer, path, { final: false, relativePath: name });
        const cursor = JSON.parse(JSON.stringify(first.cursor));
        const second = readLog(importer, full, { final: false, relativePath: name, cursor });
        expect([...first.lines, ...second.lines]).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  test('every line has one outcome and no record is unsound, whatever stands in it', () => {
    const lines = bytes.toString('utf8').trimEnd().split('\n');
    fc.assert(
      fc.property(bent(lines), (changed) => {
        const reader = importer.openLines?.(anyFile, null);
        for (const line of changed) if (reader) expectSound(reader.line(line));
        expect(JSON.parse(JSON.stringify(reader?.state()))).toEqual(reader?.state());
      }),
      { numRuns: 200 },
    );
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });
}

function documentHolds(importer: LogImporter, name: string): void {
  const text = readFileSync(join(samplesDir, name), 'utf8');

  test('every document is read to its end and no record is unsound, whatever stands in it', () => {
    fc.assert(
      fc.property(bent([text]), ([changed = '']) => {
        for (const { outcome } of importer.readDocument?.(changed, anyFile) ?? []) expectSound(outcome);
      }),
      { numRuns: 200 },
    );
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });
}

function databaseHolds(importer: LogImporter, name: string, truth: SampleTruth): void {
  test('a database with other values, or of a build that lacks columns or tables, is read to its end', () => {
    using dir = tempDir();
    const dump = truth.dump ?? { ddl: [] };
    const tables = Object.keys(dump).filter((table) => table !== 'ddl');
    let run = 0;
    const odd = [-1, 1.5, 'x', '', '{"__proto__":{"x":1}}', '[', 1e300];
    const changes = fc.constantFrom(...cellsOf(dump, tables)).chain((cell) => {
      const { json } = cell;
      const bentText = json === null ? [] : [bent([json]).map(([text = '']) => asIn(cell, text))];
      return fc.record({
        cell: fc.constant(cell),
        value: fc.oneof(fc.constantFrom<unknown>(...odd, ...(cell.mayBeNull ? [null] : [])), ...bentText),
      });
    });
    fc.assert(
      fc.property(changes, ({ cell, value }) => {
        const path = makeDatabase(
          join(dir.path, `${++run}-${truth.as ?? name}`),
          withCell(dump, cell, value),
        );
        for (const { outcome } of readLog(importer, path, { kind: 'database' }).lines) expectSound(outcome);
      }),
      { numRuns: 100 },
    );
    for (const table of tables) {
      const path = makeDatabase(join(dir.path, `${++run}-${truth.as ?? name}`), dump);
      const db = new Database(path);
      db.exec(`DROP TABLE "${table}"`);
      db.close();
      for (const { outcome } of readLog(importer, path, { kind: 'database' }).lines) expectSound(outcome);
    }
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });
}

interface Cell {
  readonly table: string;
  readonly row: number;
  readonly name: string;
  readonly old: unknown;
  /** The JSON text it holds, or null. */
  readonly json: string | null;
  readonly mayBeNull: boolean;
}

/** Every cell the table's own rules let the tool change. */
function cellsOf(dump: SampleDump, tables: readonly string[]): readonly Cell[] {
  return tables.flatMap((table) => {
    const ddl = dump.ddl.find((text) => text.includes(` ${table} `) || text.includes(` ${table}(`)) ?? '';
    const isRuled = (name: string, rule: string) =>
      new RegExp(`[(,]\\s*${name}\\s[^,]*${rule}`, 'i').test(ddl);
    return (dump[table] ?? []).flatMap((cells, row) =>
      typeof cells !== 'object'
        ? []
        : Object.entries(cells)
            .filter(([name]) => !isRuled(name, 'PRIMARY KEY'))
            .map(([name, old]) => ({
              ...{ table, row, name, old, json: jsonOf(old) },
              mayBeNull: !isRuled(name, 'NOT NULL'),
            })),
    );
  });
}

function jsonOf(value: unknown): string | null {
  const isPlain = typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
  if (isPlain) return JSON.stringify(value);
  const text = value instanceof Uint8Array ? Buffer.from(value).toString() : value;
  return typeof text === 'string' && /^[[{]/.test(text) ? text : null;
}

/** A text as the cell holds texts. */
function asIn({ old }: Cell, text: string): unknown {
  return old instanceof Uint8Array ? Buffer.from(text) : text;
}

function withCell(dump: SampleDump, { table, row, name }: Cell, value: unknown): SampleDump {
  const rows = dump[table] ?? [];
  return {
    ...dump,
    [table]: rows.map((each, i) => (i === row ? { ...(each as object), [name]: value } : each)),
  } as SampleDump;
}

const anyFile: LogFile = {
  path: '/x',
  relativePath: 'x',
  modifiedAt: 1_782_900_000_000,
  sibling: () => null,
};

/** One value somewhere in a JSON text replaced by another, or the text cut or bent at some place. */
export function bent(texts: readonly string[]): fc.Arbitrary<readonly string[]> {
  const odd = fc.oneof(
    fc.json({ maxDepth: 2 }),
    fc.constantFrom('-1', '1e400', '9007199254740993', '1.5', '"12"', '{"__proto__":{"x":1}}', 'null', ''),
    // No text can be made of it.
    fc.constant('{"toString":null}'),
  );
  const change = fc.record({
    line: fc.nat(),
    at: fc.nat(),
    value: odd,
    how: fc.constantFrom('value', 'cut', 'byte'),
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const lines = [...texts];
    for (const { line, at, value, how } of changes) {
      const index = line % lines.length;
      lines[index] = bend(lines[index] ?? '', at, value, how);
    }
    return lines;
  });
}

function bend(text: string, at: number, value: string, how: string): string {
  const place = at % Math.max(1, text.length);
  if (how === 'cut') return text.slice(0, place);
  if (how === 'byte') return `${text.slice(0, place)}\u0000${text.slice(place + 1)}`;
  const values = [...text.matchAll(/(?<=":\s*)(?:-?[\d.]+|"[^"]*"|null|true|false)/g)];
  const found = values[at % Math.max(1, values.length)];
  return found === undefined
    ? text
    : `${text.slice(0, found.index)}${value}${text.slice(found.index + found[0].length)}`;
}

/** What no outcome may break, whatever the input was. */
export function expectSound(outcome: RowOutcome): void {
  const records =
    outcome.kind === 'record' ? [outcome.record] : outcome.kind === 'records' ? outcome.records : [];
  for (const { at, tokens, provider, key, requests, amount } of records) {
    expect(Number.isSafeInteger(at) && at >= Date.UTC(2015, 0, 1)).toBe(true);
    for (const bucket of tokenBuckets)
      expect(Number.isSafeInteger(tokens[bucket]) && tokens[bucket] >= 0).toBe(true);
    expect(tokens.reasoning).toBeLessThanOrEqual(tokens.output);
    expect(provider).toMatch(/^\S+$/);
    expect(key).not.toBe('');
    expect(Number.isSafeInteger(requests) && requests >= 0).toBe(true);
    if (amount) expect(amount.value).toMatch(/^-?\d+(\.\d+)?(E[+-]?\d+)?$/i);
  }
  if (outcome.kind === 'refuse') expect(outcome.reason).toMatch(/^\S.{3,200}$/);
  expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
}

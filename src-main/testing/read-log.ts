import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type FoundLogFile, fileFacts } from '../importers/pipeline/log-files.ts';
import { type LogCursor, readLogFile } from '../importers/pipeline/log-reader.ts';
import type { LogFileKind, LogImporter, RowOutcome } from '../platform/importer.ts';
import { mergeRecords } from '../platform/merge.ts';
import { type ImportedRecord, noTokens, type Tokens, tokenBuckets } from '../platform/record.ts';
import { tempDir } from './temp-dir.ts';

export interface LogLine {
  readonly line: number;
  readonly outcome: RowOutcome;
  readonly raw: string;
}

export interface ReadLog {
  readonly cursor: LogCursor;
  readonly bytesRead: number;
  readonly lines: readonly LogLine[];
}

export interface ReadLogOptions {
  readonly kind?: LogFileKind;
  readonly relativePath?: string;
  readonly location?: string;
  readonly cursor?: LogCursor | null;
  readonly final?: boolean;
}

/** A file as the finder would describe it. */
export function foundLog(importer: LogImporter, path: string, options: ReadLogOptions = {}): FoundLogFile {
  const { kind = 'lines', relativePath = basename(path), location = dirname(path) } = options;
  return {
    importerId: importer.id,
    path,
    relativePath,
    location,
    kind,
    ...fileFacts(path, kind, statSync(path)),
  };
}

/** Reads a real file with the real reader and keeps what came out. */
export function readLog(importer: LogImporter, path: string, options: ReadLogOptions = {}): ReadLog {
  const lines: LogLine[] = [];
  const sink = {
    outcome: (line: number, outcome: RowOutcome, raw: string) => void lines.push({ line, outcome, raw }),
    bytes: () => undefined,
  };
  const read = readLogFile(
    importer,
    foundLog(importer, path, options),
    options.cursor ?? null,
    sink,
    () => false,
    {
      final: options.final ?? true,
    },
  );
  return { ...read, lines };
}

/** Reads JSON values as the lines of a log in `dir`. */
export function readEntries(
  importer: LogImporter,
  dir: string,
  entries: readonly unknown[],
  name = 'a.jsonl',
): ReadLog {
  const path = join(dir, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  return readLog(importer, path, { relativePath: name, location: dir });
}

/** Reads one JSON value as the whole document of a log, under a name the tool could give it. */
export function readWhole(importer: LogImporter, value: unknown, name: string): readonly LogLine[] {
  using dir = tempDir();
  const path = join(dir.path, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(value));
  return readLog(importer, path, { kind: 'document', relativePath: name, location: dir.path }).lines;
}

export function recordsOf(lines: readonly LogLine[]): readonly ImportedRecord[] {
  return lines.flatMap(({ outcome }) => {
    if (outcome.kind === 'record') return [outcome.record];
    return outcome.kind === 'records' ? outcome.records : [];
  });
}

/** What a ledger keeps of records in this order: one for each key, by the importer's rule. */
export function foldRecords(
  importer: LogImporter,
  records: readonly ImportedRecord[],
): readonly ImportedRecord[] {
  const kept = new Map<string, ImportedRecord>();
  for (const record of records) {
    const key = record.key ?? `no key ${kept.size}`;
    const earlier = kept.get(key);
    kept.set(key, earlier === undefined ? record : mergeRecords(importer.merge, earlier, record));
  }
  return [...kept.values()].sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1));
}

/** Tokens by model, without the buckets that are zero. */
export function tokensByModel(records: readonly ImportedRecord[]): Record<string, Partial<Tokens>> {
  const sums = new Map<string, Tokens>();
  for (const { model, tokens } of records) {
    const sum = sums.get(model ?? '') ?? noTokens;
    sums.set(model ?? '', addTokens(sum, tokens));
  }
  return Object.fromEntries([...sums].map(([model, sum]) => [model, withoutZeros(sum)]));
}

export function sumTokens(records: readonly ImportedRecord[]): Partial<Tokens> {
  return withoutZeros(records.reduce((sum, { tokens }) => addTokens(sum, tokens), noTokens));
}

function addTokens(a: Tokens, b: Tokens): Tokens {
  const sums = tokenBuckets.map((bucket) => [bucket, a[bucket] + b[bucket]]);
  return Object.fromEntries(sums) as Tokens;
}

function withoutZeros(tokens: Tokens): Partial<Tokens> {
  return Object.fromEntries(Object.entries(tokens).filter(([, count]) => count > 0));
}

export function kindsOf(lines: readonly LogLine[]): readonly string[] {
  return lines.map(({ outcome }) => outcome.kind);
}

export function reasonsOf(lines: readonly LogLine[]): readonly string[] {
  return lines.flatMap(({ outcome }) => (outcome.kind === 'refuse' ? [outcome.reason] : []));
}

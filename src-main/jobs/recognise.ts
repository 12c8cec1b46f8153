import { createHash } from 'node:crypto';
import {
  importerById,
  isLog,
  isTable,
  logImporters,
  refusedExports,
  tableImporters,
} from '../importers/index.ts';
import { guessMapping, type Mapping, mappedImporter } from '../importers/mapper.ts';
import type { Member } from '../importers/pipeline/member.ts';
import { recogniseTable, requireMatch } from '../importers/pipeline/recognise.ts';
import { recogniseLog } from '../importers/pipeline/recognise-log.ts';
import { recogniseUnusable } from '../importers/pipeline/recognise-unusable.ts';
import { readRows } from '../importers/pipeline/rows.ts';
import { sniffText, type TextFacts } from '../importers/pipeline/text.ts';
import { unusableTools } from '../importers/unusable.ts';
import { AppError } from '../platform/error.ts';
import type { LogImporter, RefusedExport, TableImporter } from '../platform/importer.ts';
import type { ReadDb } from '../store/database.ts';
import { mappingFor } from '../store/mappings.ts';

/** What a file turned out to be; never a guess between two. */
export type Recognised =
  | {
      readonly kind: 'table';
      readonly importer: TableImporter;
      readonly facts: TextFacts;
      /** How its columns were mapped by hand; null where the importer knows them. */
      readonly mapping: Mapping | null;
    }
  | { readonly kind: 'log'; readonly importer: LogImporter }
  | { readonly kind: 'choose'; readonly importers: readonly (TableImporter | LogImporter)[] }
  | {
      readonly kind: 'unknown';
      readonly facts: TextFacts;
      readonly sample: readonly (readonly string[])[];
      readonly guess: Mapping;
      readonly open: readonly string[];
    };

export interface Wish {
  readonly as?: string | undefined;
  readonly mapping?: Mapping | undefined;
}

/** A header's identity for remembered mappings: its names, whatever their order and case. */
export function headerFingerprint(header: readonly string[]): string {
  const names = header.map((name) => name.trim().toLowerCase()).sort();
  return createHash('sha256').update(JSON.stringify(names)).digest('hex');
}

const sampleRows = 12;

function firstRows(path: string, facts: TextFacts): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  readRows(
    path,
    facts,
    { row: (cells) => rows.push(cells), other: () => undefined },
    () => rows.length >= sampleRows,
  );
  return rows.slice(0, sampleRows);
}

function refuseIfAny([found]: readonly RefusedExport[]): void {
  if (found === undefined) return;
  throw new AppError('EXPORT_REFUSED', `${found.label}: ${found.reason} Nothing was imported.`, {
    data: { export: found.id },
  });
}

/** Refuses the database of a tool that tells no usage, however large it is, and says what to import instead. */
export function refuseUnusable(path: string): void {
  const tool = recogniseUnusable(unusableTools, path);
  if (tool === undefined) return;
  const { label, reason, instead } = tool;
  throw new AppError('EXPORT_REFUSED', `${label}: ${reason} ${instead} Nothing was imported.`, {
    data: { export: tool.id },
  });
}

/** Looks at a table. An export that must not be counted is refused here, whatever was chosen to read it by. */
function sniffTable({ path }: Member): TextFacts {
  const facts = sniffText(path);
  refuseIfAny(recogniseTable(refusedExports, facts));
  return facts;
}

function chosen(member: Member, as: string): Recognised {
  const importer = importerById(as);
  if (importer === undefined)
    throw new AppError('BAD_INPUT', `There is no format "${as}". \`llmlab formats\` lists them.`);
  if (isLog(importer)) return { kind: 'log', importer };
  if (isTable(importer)) {
    const facts = sniffTable(member);
    requireMatch(importer, facts);
    return { kind: 'table', importer, facts, mapping: null };
  }
  throw new AppError('BAD_INPUT', `"${as}" cannot be read from a file.`);
}

/** Finds the format of a file, or what to ask. Throws FORMAT_UNKNOWN, EXPORT_REFUSED … with the reason. */
export function recogniseMember(db: ReadDb, member: Member, wish: Wish): Recognised {
  refuseIfAny(recogniseLog(refusedExports, member.path));
  refuseUnusable(member.path);
  if (wish.as !== undefined) return chosen(member, wish.as);
  if (wish.mapping !== undefined)
    return {
      kind: 'table',
      importer: mappedImporter(wish.mapping),
      facts: sniffTable(member),
      mapping: wish.mapping,
    };
  const logs = recogniseLog(logImporters, member.path);
  const [log] = logs;
  if (log !== undefined && logs.length === 1) return { kind: 'log', importer: log };
  if (logs.length > 1) return { kind: 'choose', importers: logs };
  const facts = sniffTable(member);
  const tables = recogniseTable(tableImporters, facts);
  const [table] = tables;
  if (table !== undefined && tables.length === 1)
    return { kind: 'table', importer: table, facts, mapping: null };
  if (tables.length > 1) return { kind: 'choose', importers: tables };
  return remembered(db, member, facts) ?? unknown(member, facts);
}

function remembered(db: ReadDb, _member: Member, facts: TextFacts): Recognised | undefined {
  const saved = mappingFor(db, headerFingerprint(facts.header));
  if (saved === undefined) return undefined;
  const mapping = JSON.parse(saved.mapping) as Mapping;
  return { kind: 'table', importer: mappedImporter(mapping), facts, mapping };
}

function unknown(member: Member, facts: TextFacts): Recognised {
  if (facts.header.length < 2)
    throw new AppError(
      'FORMAT_UNKNOWN',
      'This is neither a table with a header nor a log LLMLab knows. Nothing was read.',
    );
  const sample = firstRows(member.path, facts);
  return { kind: 'unknown', facts, sample, ...guessMapping(facts.header, sample, member.name) };
}

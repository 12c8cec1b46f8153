import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { readLogFile } from '../importers/pipeline/log-reader.ts';
import type { Member } from '../importers/pipeline/member.ts';
import { readRows } from '../importers/pipeline/rows.ts';
import type { LogFileKind, LogImporter, RowOutcome } from '../platform/importer.ts';
import type { Recognised } from './recognise.ts';

export interface MemberSink {
  outcome(outcome: RowOutcome, line: number, raw: string | null): void;
  rows(done: number): void;
}

type Table = Extract<Recognised, { kind: 'table' }>;

function readTable(
  member: Member,
  { importer, facts }: Table,
  sink: MemberSink,
  stop: () => boolean,
  now: number,
): readonly string[] {
  const reader = importer.open({
    fileName: member.name,
    header: facts.header,
    preamble: facts.preamble,
    decimal: facts.decimal,
    sample: facts.sample,
    now,
  });
  let rows = 0;
  readRows(
    member.path,
    facts,
    {
      row(cells, line, raw) {
        sink.outcome(reader.row(cells), line, raw);
        if (++rows % 2_000 === 0) sink.rows(rows);
      },
      other(outcome, line, raw) {
        sink.outcome(outcome, line, raw);
      },
    },
    stop,
  );
  return reader.end?.() ?? [];
}

/** A dropped file has no place in the tool's folders, so its kind follows from its content. */
function kindOf(importer: LogImporter, member: Member): LogFileKind {
  if (importer.readDatabase !== undefined && /\.(db|sqlite3?|vscdb)$/i.test(member.name)) return 'database';
  if (importer.readDocument !== undefined && /\.json$/i.test(member.name)) return 'document';
  if (importer.openLines !== undefined) return 'lines';
  return importer.readDatabase === undefined ? 'document' : 'database';
}

function readLog(
  member: Member,
  importer: LogImporter,
  sink: MemberSink,
  stop: () => boolean,
): readonly string[] {
  const stats = statSync(member.path);
  const file = {
    importerId: importer.id,
    path: member.path,
    relativePath: basename(member.name),
    location: '',
    kind: kindOf(importer, member),
    size: stats.size,
    mtimeMs: stats.mtimeMs,
    dev: stats.dev,
    ino: stats.ino,
  };
  let rows = 0;
  const into = {
    outcome(line: number, outcome: RowOutcome, raw: string) {
      sink.outcome(outcome, line, raw);
      if (++rows % 2_000 === 0) sink.rows(rows);
    },
    bytes: () => undefined,
  };
  readLogFile(importer, file, null, into, stop, { final: true });
  return [];
}

/** Reads a whole file and answers with the sentences of its plausibility checks. */
export function readMember(
  member: Member,
  recognised: Extract<Recognised, { kind: 'table' | 'log' }>,
  sink: MemberSink,
  stop: () => boolean,
  now: number,
): readonly string[] {
  return recognised.kind === 'table'
    ? readTable(member, recognised, sink, stop, now)
    : readLog(member, recognised.importer, sink, stop);
}

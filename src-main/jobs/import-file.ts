import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Mapping } from '../importers/mapper.ts';
import { expandInput } from '../importers/pipeline/expand.ts';
import type { Member } from '../importers/pipeline/member.ts';
import { createZone } from '../ledger/day.ts';
import { runReport } from '../ledger/report.ts';
import { AppError } from '../platform/error.ts';
import { inTransaction, rehearse, savepoint } from '../store/database.ts';
import { saveMapping } from '../store/mappings.ts';
import { rollupZone, type TaskContext } from './context.ts';
import { cancelledAfter, importMember } from './import-member.ts';
import {
  type FileFacts,
  type Money,
  type PreviewResult,
  type ReadyPreview,
  toReady,
  type Unreadable,
} from './preview.ts';
import {
  headerFingerprint,
  type Recognised,
  recogniseMember,
  refuseUnusable,
  type Wish,
} from './recognise.ts';
import { openRowReaders, type RowReaders } from './rows/read-in-thread.ts';

export interface ImportFileInput extends Wish {
  readonly path: string;
  /** Name to show; the path's last part when missing (uploads have another). */
  readonly fileName?: string | undefined;
  readonly account?: string | undefined;
  readonly sample?: boolean | undefined;
  readonly sha256?: string | undefined;
  readonly member?: string | undefined;
  readonly saveMapping?: boolean | undefined;
  /** Kept with the import; null for uploads, whose path means nothing later. */
  readonly keepPath?: boolean | undefined;
}

/** Money of the whole ledger, fees left out: what an import can move. */
function ledgerMoney(context: TaskContext): Money {
  const zone = createZone(rollupZone(context));
  const { totals } = runReport(context.db, {
    by: [],
    filters: {},
    zone,
    rollupZone: zone.name,
    now: context.now(),
  });
  return { cashNanoUsd: totals.cashNanoUsd, equivalentNanoUsd: totals.equivalentNanoUsd };
}

interface Opened {
  readonly members: readonly Member[];
  readonly readers: RowReaders;
}

type OpenedInput = ImportFileInput & Pick<Opened, 'readers'>;

/** Starts the thread that reads a large table while the file is being looked at. */
function readersFor({ path, fileName = path }: ImportFileInput): RowReaders {
  return openRowReaders({ name: fileName, bytes: bytesOf(path) });
}

/** 0 for what cannot be looked at: opening it says why. */
function bytesOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

/** Opens a file (archives too) for the length of `work`; temporary copies are gone afterwards. */
async function withMembers<T>(input: ImportFileInput, work: (opened: Opened) => T): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), 'llmlab-'));
  try {
    // Before its size is looked at: such a database is often larger than what is imported.
    refuseUnusable(input.path);
    using readers = readersFor(input);
    const members = await expandInput(input.path, scratch);
    const named =
      members.length === 1 && input.fileName !== undefined
        ? members.map((m) => ({ ...m, name: input.fileName ?? m.name }))
        : members;
    return work({ members: named, readers });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function unreadable(fileName: string, bytes: number, error: unknown): Unreadable {
  if (!(error instanceof AppError) || error.code === 'CANCELLED' || error.code.startsWith('STORE_'))
    throw error;
  return { kind: 'unreadable', fileName, bytes, code: error.code, reason: error.message };
}

function previewMember(context: TaskContext, member: Member, input: OpenedInput): PreviewResult {
  const facts = { fileName: member.name, bytes: member.bytes, sha256: member.sha256 };
  try {
    const recognised = recogniseMember(context.db, member, input);
    if (recognised.kind === 'choose')
      return {
        kind: 'choose',
        ...facts,
        formats: recognised.importers.map(({ id, label }) => ({ format: id, label })),
      };
    if (recognised.kind === 'unknown') {
      const { facts: text, sample, guess, open } = recognised;
      const rows = sample.map((cells) => [...cells]);
      return {
        kind: 'unknown',
        ...facts,
        header: [...text.header],
        sample: rows,
        delimiter: text.delimiter,
        guess,
        open: [...open],
      };
    }
    const started = performance.now();
    const before = ledgerMoney(context);
    const result = savepoint(context.db, () =>
      importMember(context, member, {
        recognised,
        path: null,
        account: input.account,
        readers: input.readers,
      }),
    );
    const after = ledgerMoney(context);
    return toReady({ facts, recognised, before, result, after, elapsedMs: performance.now() - started });
  } catch (error) {
    return unreadable(member.name, member.bytes, error);
  }
}

/** Says exactly what a commit would do, by doing it and taking it back. */
export async function previewFile(
  context: TaskContext,
  input: ImportFileInput,
): Promise<readonly PreviewResult[]> {
  try {
    // One rehearsal for all files of an archive: what one brings is a duplicate in the next, as in the commit.
    return await withMembers(input, ({ members, readers }) =>
      rehearse(context.db, () =>
        members.map((member) => previewMember(context, member, { ...input, readers })),
      ),
    );
  } catch (error) {
    return [unreadable(input.fileName ?? basename(input.path), 0, error)];
  }
}

export interface CommittedFile extends FileFacts {
  readonly format: string;
  readonly formatLabel: string;
  /** Null when the file brought nothing new. */
  readonly importId: number | null;
  readonly account: string;
  readonly counts: ReadyPreview['counts'];
  readonly problems: ReadyPreview['problems'];
  readonly warnings: string[];
}

export interface CommitResult {
  readonly files: readonly CommittedFile[];
  readonly unreadable: readonly Unreadable[];
}

function undecided(recognised: Extract<Recognised, { kind: 'choose' | 'unknown' }>): AppError {
  if (recognised.kind === 'choose') {
    const ids = recognised.importers.map((importer) => importer.id);
    return new AppError(
      'FORMAT_AMBIGUOUS',
      `This file fits ${ids.join(' and ')}. Say which with --as. Nothing was imported.`,
      { data: { formats: ids } },
    );
  }
  return new AppError(
    'FORMAT_UNKNOWN',
    `No format matches the columns ${recognised.facts.header.join(', ')}. Say which column is what (column mapper, or --map). Nothing was imported.`,
    { data: { header: recognised.facts.header } },
  );
}

function rememberMapping(context: TaskContext, recognised: Recognised, mapping: Mapping): void {
  if (recognised.kind !== 'table') return;
  const { header } = recognised.facts;
  saveMapping(context.db, {
    fingerprint: headerFingerprint(header),
    header: JSON.stringify(header),
    mapping: JSON.stringify(mapping),
  });
}

function commitMember(context: TaskContext, member: Member, input: OpenedInput): CommittedFile {
  const recognised = recogniseMember(context.db, member, input);
  if (recognised.kind === 'choose' || recognised.kind === 'unknown') throw undecided(recognised);
  const path = input.keepPath ? input.path : null;
  const result = inTransaction(context.db, () => {
    if (input.saveMapping && input.mapping !== undefined) rememberMapping(context, recognised, input.mapping);
    return importMember(context, member, {
      recognised,
      path,
      account: input.account,
      sample: input.sample ?? false,
      readers: input.readers,
    });
  });
  const { importer } = recognised;
  const { accepted, updated, duplicate, refused, skipped, unpriced } = result.tally;
  return {
    fileName: member.name,
    bytes: member.bytes,
    sha256: member.sha256,
    format: importer.id,
    formatLabel: importer.label,
    importId: result.importId,
    account: result.accountName,
    counts: { accepted, updated, duplicate, refused, skipped, unpriced },
    problems: result.refusals.map(({ line, reason, raw }) => ({ line, reason, raw })),
    warnings: [...result.warnings],
  };
}

/** The files of an input to import; refuses all of them when the one that was looked at is no longer there or changed. */
function wantedMembers(members: readonly Member[], input: ImportFileInput): readonly Member[] {
  const wanted = members.filter((member) => input.member === undefined || member.name === input.member);
  if (wanted.length === 0)
    throw new AppError('NOT_FOUND', `There is no ${input.member} in this archive. Nothing was imported.`);
  if (input.sha256 !== undefined && !wanted.some((member) => member.sha256 === input.sha256))
    throw new AppError(
      'FILE_CHANGED',
      'The file changed since it was read. Nothing was imported; look at the new preview.',
    );
  return wanted;
}

const stops = new Set(['FILE_CHANGED', 'NOT_FOUND']);

/** Imports a file, each file of an archive in a transaction of its own. What cannot be read is told, not thrown. */
export async function commitFile(context: TaskContext, input: ImportFileInput): Promise<CommitResult> {
  const files: CommittedFile[] = [];
  const failed: Unreadable[] = [];
  try {
    await withMembers(input, ({ members, readers }) => {
      for (const member of wantedMembers(members, input)) {
        try {
          files.push(commitMember(context, member, { ...input, readers }));
        } catch (error) {
          failed.push(unreadable(member.name, member.bytes, error));
        }
      }
    });
  } catch (error) {
    if (error instanceof AppError && stops.has(error.code)) throw error;
    failed.push(
      unreadable(input.fileName ?? basename(input.path), 0, cancelledAfter(error, files.length, 'files')),
    );
  }
  return { files, unreadable: failed };
}

import type { FileRef, ImportRow as ImportOutput, Mapping } from '../../src-preload/contract/imports.ts';
import { importers } from '../importers/index.ts';
import { guessFormats } from '../importers/mapper.ts';
import type { ImportFileInput } from '../jobs/import-file.ts';
import { dayText } from '../ledger/day.ts';
import { AppError } from '../platform/error.ts';
import { listAccounts } from '../store/accounts.ts';
import type { ReadDb } from '../store/database.ts';
import { type ImportRow, importById, listImports, refusedOf } from '../store/imports.ts';
import { listMappings } from '../store/mappings.ts';
import { listSources } from '../store/sources.ts';
import type { HandlerContext, Handlers, Namespace } from './context.ts';

function fileOf(
  file: FileRef,
  context: HandlerContext,
): Pick<ImportFileInput, 'path' | 'fileName' | 'keepPath'> {
  if ('path' in file) return { path: file.path, keepPath: true };
  const upload = context.uploads.get(file.uploadId);
  if (upload === undefined) throw new AppError('NOT_FOUND', 'That upload is gone. Choose the file again.');
  return { path: upload.path, fileName: upload.fileName };
}

function titleOf(file: FileRef, context: HandlerContext): string {
  const { path, fileName } = fileOf(file, context);
  return fileName ?? path.split(/[\\/]/).at(-1) ?? path;
}

function toOutput(db: ReadDb): (row: ImportRow) => ImportOutput {
  const sources = new Map(listSources(db).map((source) => [source.id, source]));
  const accounts = new Map(listAccounts(db).map((account) => [account.id, account.name]));
  return (row) => {
    const source = sources.get(row.source_id ?? 0);
    return {
      id: row.id,
      kind: row.kind,
      format: row.importer,
      formatLabel: row.importer_label,
      fileName: row.file_name,
      path: row.path,
      source: source?.label ?? row.importer_label,
      sourceId: row.source_id,
      account: accounts.get(source?.account_id ?? 0) ?? '',
      at: row.at,
      counts: {
        accepted: row.accepted,
        updated: row.updated,
        duplicate: row.duplicate,
        refused: row.refused,
        skipped: row.skipped,
        unpriced: row.unpriced,
      },
      firstDay: row.first_day === null ? null : dayText(row.first_day),
      lastDay: row.last_day === null ? null : dayText(row.last_day),
      costNanoUsd: row.cost_nano_usd,
      state: row.undone_at === null ? 'committed' : 'undone',
      undoneAt: row.undone_at,
      sample: row.sample === 1,
    };
  };
}

const problemsPage = 500;

export const importsHandlers: Handlers<Namespace<'imports'> | Namespace<'mappings'>> = {
  'imports.preview': async ({ file, as, account, mapping, ref }, context) => {
    const input = { ...fileOf(file, context), as, account, mapping };
    const files = await context.run('previewFile', input, {
      kind: 'preview',
      title: `Reading ${titleOf(file, context)}`,
      ref,
    });
    return { files: [...files] };
  },
  'imports.commit': async ({ file, ref, ...choice }, context) => {
    const input = { ...fileOf(file, context), ...choice };
    const title = `Importing ${titleOf(file, context)}`;
    // Told also when it failed: files of an archive imported before the failure are in the ledger.
    const { files, unreadable } = await context
      .run('commitFile', input, { kind: 'import', title, ref })
      .finally(() => context.emit({ kind: 'ledger.changed' }));
    const isWhole = choice.member === undefined && unreadable.length === 0;
    if ('uploadId' in file && isWhole) context.dropUpload(file.uploadId);
    return { files: files.map((one) => ({ ...one })), unreadable: [...unreadable] };
  },
  'imports.undo': async ({ importId }, context) => {
    const { removed, restored } = await context.run(
      'undoImport',
      { importId },
      { kind: 'undo', title: 'Undoing an import' },
    );
    context.emit({ kind: 'ledger.changed' });
    const db = context.db();
    const row = importById(db, importId);
    if (row === undefined) throw new AppError('NOT_FOUND', 'That import is gone.');
    return { import: toOutput(db)(row), removed, restored };
  },
  'imports.list': (_, context) => {
    const db = context.db();
    return { imports: listImports(db).map(toOutput(db)) };
  },
  'imports.problems': ({ importId, offset }, context) => {
    const { rows, total } = refusedOf(context.db(), importId, offset, problemsPage);
    return {
      problems: rows.map(({ file, line, reason, raw }) => ({
        line,
        reason: file === null ? reason : `${file}: ${reason}`,
        raw,
      })),
      total,
    };
  },
  'imports.formats': () => ({
    formats: importers.map(({ id, label, vendor, kind }) => ({ id, label, vendor, kind })),
  }),
  'imports.guess': ({ header, sample, columns }) => {
    const { open, ...formats } = guessFormats(header, sample, columns);
    return { ...formats, open: [...open] };
  },
  'mappings.list': (_, context) => ({
    mappings: listMappings(context.db()).map((row) => ({
      id: row.id,
      mapping: JSON.parse(row.mapping) as Mapping,
      header: JSON.parse(row.header) as string[],
    })),
  }),
  'mappings.remove': async ({ id }, context) => {
    const gone = await context.run(
      'removeMapping',
      { id },
      { kind: 'import', title: 'Forgetting a column mapping' },
    );
    if (!gone) throw new AppError('NOT_FOUND', 'That mapping is already gone.');
    context.emit({ kind: 'ledger.changed' });
    return {};
  },
};

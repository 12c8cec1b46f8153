import { importerById, logImporters, mergeRuleOf } from '../importers/index.ts';
import { AppError } from '../platform/error.ts';
import type { Importer } from '../platform/importer.ts';
import { clearCursors } from '../store/cursors.ts';
import { inTransaction } from '../store/database.ts';
import { type ImportRow, importById, markUndone } from '../store/imports.ts';
import { listSources } from '../store/sources.ts';
import { openBook, type TaskContext } from './context.ts';
import { holdSynced, syncedMergeRule } from './sync/taken-back.ts';

export interface Undone {
  readonly removed: number;
  readonly restored: number;
}

/** The tools whose logs can hold what an importer read: its own, and those that write the same calls. */
function readersOf(importerId: string): readonly string[] {
  const importer = importerById(importerId);
  const space = importer?.keySpace;
  return logImporters
    .filter(({ id, keySpace }: Importer) => id === importerId || (space !== undefined && keySpace === space))
    .map(({ id }) => id);
}

function ruleOf(importerId: string): Importer['merge'] {
  return syncedMergeRule(importerId) ?? mergeRuleOf(importerId);
}

function undoOne(context: TaskContext, row: ImportRow): Undone {
  const book = openBook(context);
  const importers = new Map(listSources(context.db).map((source) => [source.id, source.importer]));
  const outcome = book.undo(row.id, (sourceId) => ruleOf(importers.get(sourceId) ?? ''));
  book.settle();
  // The files of a tool are read from the start next time, so that what was taken back can come again.
  if (row.sample === 0) for (const id of readersOf(row.importer)) clearCursors(context.db, id);
  holdSynced(context.db, row);
  markUndone(context.db, row.id, context.now());
  return outcome;
}

/** Takes an import back as a whole and frees its ids. What other imports said of the same charges stays. */
export function undoImport(context: TaskContext, input: { readonly importId: number }): Undone {
  return inTransaction(context.db, () => {
    const row = importById(context.db, input.importId);
    if (row === undefined)
      throw new AppError('NOT_FOUND', `There is no import ${input.importId}. \`llmlab imports\` lists them.`);
    if (row.undone_at !== null)
      throw new AppError('NOT_FOUND', `Import ${input.importId} was already undone.`);
    return undoOne(context, row);
  });
}

/** Removes all sample data with its sources and accounts, and nothing else. */
export function removeSample(context: TaskContext): Undone {
  return inTransaction(context.db, () => {
    const rows = context.db
      .prepare('SELECT * FROM imports WHERE sample = 1 AND undone_at IS NULL')
      .all() as ImportRow[];
    const total = rows
      .map((row) => undoOne(context, row))
      .reduce((sum, one) => ({ removed: sum.removed + one.removed, restored: sum.restored + one.restored }), {
        removed: 0,
        restored: 0,
      });
    const ids = 'SELECT id FROM imports WHERE sample = 1';
    context.db.exec(
      `DELETE FROM refused WHERE import_id IN (${ids}); DELETE FROM observations WHERE import_id IN (${ids}); DELETE FROM imports WHERE sample = 1;`,
    );
    const accounts = context.db
      .prepare('SELECT DISTINCT account_id FROM sources WHERE sample = 1')
      .pluck()
      .all() as number[];
    context.db.exec(
      `DELETE FROM facets WHERE source_id IN (SELECT id FROM sources WHERE sample = 1);
       DELETE FROM witness_choices WHERE source_id IN (SELECT id FROM sources WHERE sample = 1);
       DELETE FROM sources WHERE sample = 1;`,
    );
    const drop = context.db.prepare(
      'DELETE FROM accounts WHERE id = ? AND NOT EXISTS (SELECT 1 FROM sources WHERE account_id = accounts.id)',
    );
    for (const id of accounts) drop.run(id);
    return total;
  });
}

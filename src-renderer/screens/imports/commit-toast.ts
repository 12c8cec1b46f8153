import type { Committed } from '../../../src-preload/contract/imports.ts';
import { callRoute } from '../../api/client.ts';
import { formatCount, plural } from '../../ui/numbers.ts';
import { toast } from '../../ui/toast.tsx';

/** `1,153 records imported, cash +$1.26`, with Undo for all of it. */
export function announceCommit(files: readonly Committed[], change: string): void {
  const ids = files.flatMap(({ importId }) => (importId === null ? [] : [importId]));
  const rows = files.reduce((sum, file) => sum + file.counts.accepted, 0);
  if (ids.length === 0) {
    toast.success('Nothing new: every row was in the ledger already.');
    return;
  }
  const from = ids.length === 1 ? '' : ` from ${formatCount(ids.length)} files`;
  const words = `${plural(rows, 'record')} imported${from}${change === '' ? '' : `, ${change}`}`;
  toast.success(words, { label: 'Undo', onAction: () => void undoImports(ids) });
}

/** Undoes imports, newest first, and says what happened. */
export async function undoImports(ids: readonly number[]): Promise<void> {
  let removed = 0;
  try {
    for (const importId of ids.toReversed())
      removed += (await callRoute('imports.undo', { importId })).removed;
    toast.success(`Undone: ${plural(removed, 'record')} removed from the ledger.`);
  } catch (error) {
    toast.error(
      error instanceof Error ? error.message : 'The import could not be undone. Nothing was changed.',
    );
  }
}

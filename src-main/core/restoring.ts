import { AppError } from '../platform/error.ts';
import { finishRestore, undoRestore } from '../store/restore.ts';

export interface Swapping {
  /** Path of the ledger. */
  readonly ledger: string;
  /** UTC ms. */
  readonly at: number;
  readonly close: () => Promise<void>;
  readonly open: () => void;
}

/**
 * Closes the ledger, puts the staged copy in its place and opens it; answers where the replaced one is kept. With a copy
 * that cannot be opened, the replaced ledger comes back and BACKUP_BAD is thrown.
 */
export async function swapLedger({ ledger, at, close, open }: Swapping): Promise<string> {
  await close();
  let kept: string | null = null;
  try {
    kept = finishRestore(ledger, at);
    return kept;
  } finally {
    reopen(ledger, kept, open);
  }
}

function reopen(ledger: string, kept: string | null, open: () => void): void {
  try {
    open();
  } catch (error) {
    if (kept === null) throw error;
    undoRestore(ledger, kept);
    open();
    throw new AppError(
      'BACKUP_BAD',
      'The backup could not be opened as the ledger. The ledger is as it was before.',
      { cause: error },
    );
  }
}

/** What every call answers with once neither the restored nor the replaced ledger could be opened. */
export function neitherOpens(cause: unknown): AppError {
  return new AppError(
    'STORE_DAMAGED',
    'The ledger could not be opened again after the restore. Nothing was deleted: backups and the replaced ledger are in the data folder. Start LLMLab again.',
    { cause },
  );
}

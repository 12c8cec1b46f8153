import { inTransaction } from '../store/database.ts';
import { removeMapping } from '../store/mappings.ts';
import { assignSource, dropAccount, saveAccount } from './accounts.ts';
import { keepAuditSeal, writeAudit } from './audit.ts';
import { backUp, backUpIfDue } from './backup.ts';
import { storeCalls } from './calls/store-calls.ts';
import { chooseWitness } from './choose-witness.ts';
import { dropConnection, noteChecks, saveConnection, setPaused, setSyncInterval } from './connections.ts';
import type { TaskContext } from './context.ts';
import { writeExport } from './export.ts';
import { followLogs } from './follow/task.ts';
import { commitFile, previewFile } from './import-file.ts';
import { bringUpToDate, recount } from './recount.ts';
import { removePriceAndReprice, reprice, saveAliasAndReprice, saveOverrideAndReprice } from './reprice.ts';
import { loadSample } from './sample.ts';
import { scan } from './scan.ts';
import { markSync, noteRequests, storeBalance, storeModels, storeSync } from './sync/tasks.ts';
import { removeSample, undoImport } from './undo.ts';

/** Everything that writes to the ledger. Runs one at a time, in the worker thread or inline. */
export const tasks = {
  previewFile,
  commitFile,
  scan,
  followLogs,
  undoImport,
  reprice,
  saveOverride: saveOverrideAndReprice,
  saveAlias: saveAliasAndReprice,
  removePrice: removePriceAndReprice,
  saveAccount,
  dropAccount,
  assignSource,
  chooseWitness,
  bringUpToDate: (context: TaskContext, _input: Record<never, never>) => bringUpToDate(context),
  /** Does nothing but open the ledger, which checks it where that was left to the writer. */
  checkLedger: (_context: TaskContext, _input: Record<never, never>) => undefined,
  recount: (context: TaskContext, _input: Record<never, never>) => recount(context),
  backUp,
  backUpIfDue: (context: TaskContext, _input: Record<never, never>) => backUpIfDue(context),
  writeExport,
  writeAudit,
  keepAuditSeal,
  loadSample: (context: TaskContext, _input: Record<never, never>) => loadSample(context),
  removeSample: (context: TaskContext, _input: Record<never, never>) => removeSample(context),
  saveConnection,
  dropConnection,
  noteChecks,
  setPaused,
  setSyncInterval,
  storeSync,
  markSync,
  storeBalance,
  storeModels,
  noteRequests,
  storeCalls,
  removeMapping: (context: TaskContext, input: { readonly id: number }) =>
    inTransaction(context.db, () => removeMapping(context.db, input.id)),
};

export type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
export type TaskInput<N extends TaskName> = Parameters<Tasks[N]>[1];
export type TaskOutput<N extends TaskName> = Awaited<ReturnType<Tasks[N]>>;

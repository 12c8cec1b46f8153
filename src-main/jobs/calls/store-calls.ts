import type { ImportedRecord } from '../../platform/record.ts';
import { inTransaction } from '../../store/database.ts';
import { openBook, type TaskContext } from '../context.ts';
import { enterRecords } from '../vendors/enter-records.ts';

/** Calls through one connection, made and to be kept. */
export interface CallsToStore {
  readonly connection: string;
  readonly vendor: string;
  readonly accountId: number;
  readonly records: readonly ImportedRecord[];
}

/** What a kept call costs in the ledger. */
export interface StoredCost {
  /** Null where no price is known. */
  readonly costNanoUsd: number | null;
  /** The price version, or why there is none. */
  readonly from: string;
}

/** Keeps calls made through LLMLab: a tool's witness beside the vendor's bill, as logs are. */
export function storeCalls(context: TaskContext, input: CallsToStore): readonly StoredCost[] {
  return inTransaction(context.db, () => {
    const book = openBook(context);
    const costs = input.records.map((record): StoredCost => {
      const cost = book.costOf(record);
      return cost.state === 'unpriced'
        ? { costNanoUsd: null, from: cost.reason }
        : { costNanoUsd: cost.nanoUsd, from: cost.version };
    });
    enterRecords(
      context,
      {
        kind: 'calls',
        id: 'calls',
        label: 'Calls through LLMLab',
        vendor: input.vendor,
        accountId: input.accountId,
        importName: `Calls through ${input.connection}`,
        evidence: 'metered',
        coverage: 'tool',
        usage: 'calls',
        merge: 'first',
      },
      { records: input.records, problems: [] },
    );
    return costs;
  });
}

import { dayNumber, monthOf } from '../ledger/day.ts';
import { settleWitnesses } from '../ledger/witness.ts';
import { AppError } from '../platform/error.ts';
import { dropChoice, saveChoice } from '../store/choices.ts';
import { inTransaction } from '../store/database.ts';
import { listSources } from '../store/sources.ts';
import { presences } from '../store/witnesses.ts';
import type { TaskContext } from './context.ts';

export interface WitnessChoiceInput {
  readonly accountId: number;
  /** UTC, `YYYY-MM`. */
  readonly month: string;
  /** Whose money counts; null goes back to the rule. */
  readonly sourceId: number | null;
}

/** Lets one source's money count for an account's month and marks the sums of that month anew. */
export function chooseWitness(context: TaskContext, input: WitnessChoiceInput): null {
  const { db } = context;
  const { accountId, month, sourceId } = input;
  return inTransaction(db, () => {
    const { first, last } = monthOf(dayNumber(`${month}-01`));
    const own = listSources(db).filter((source) => source.account_id === accountId);
    const rows = presences(db, accountId, first, last);
    if (sourceId === null) dropChoice(db, accountId, month);
    else if (rows.some((row) => row.source_id === sourceId))
      saveChoice(db, { account_id: accountId, month, source_id: sourceId });
    else
      throw new AppError(
        'NOT_FOUND',
        `That source has no records of this account in ${month}. \`llmlab reconcile ACCOUNT --month ${month}\` lists those that have.`,
      );
    const days = new Set(rows.map((row) => row.utc_day));
    settleWitnesses(db, new Map(own.map((source) => [source.id, days])));
    return null;
  });
}

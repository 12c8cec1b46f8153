import { dayText } from '../ledger/day.ts';
import type { ReadDb } from '../store/database.ts';

/** First and last local day the ledger knows anything about. */
export function daySpan(db: ReadDb): { firstDay: string | null; lastDay: string | null } {
  const row = db.prepare('SELECT min(local_day) AS first, max(local_day) AS last FROM rollup_day').get() as {
    first: number | null;
    last: number | null;
  };
  return {
    firstDay: row.first === null ? null : dayText(row.first),
    lastDay: row.last === null ? null : dayText(row.last),
  };
}

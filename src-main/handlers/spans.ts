import { dayText } from '../ledger/day.ts';
import type { ReadDb } from '../store/database.ts';

/** First and last local day the ledger knows anything about. */
export function daySpan(db: ReadDb): { firstDay: string | null; lastDay: string | null } {
  // Two subqueries: each is answered by one end of the key, together they would read it all.
  const row = db
    .prepare(
      'SELECT (SELECT min(local_day) FROM rollup_source) AS first, (SELECT max(local_day) FROM rollup_source) AS last',
    )
    .get() as {
    first: number | null;
    last: number | null;
  };
  return {
    firstDay: row.first === null ? null : dayText(row.first),
    lastDay: row.last === null ? null : dayText(row.last),
  };
}

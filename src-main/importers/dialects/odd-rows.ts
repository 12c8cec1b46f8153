import type { RowOutcome } from '../../platform/importer.ts';

/** Counts what is odd about rows that are taken all the same, for the sentences of `end()`. */
export interface OddRows {
  /** Something odd about the row that is being read, to go on from `In 3 rows …`. */
  note(what: string): void;
  /** Ends the row: what is odd about one that is refused is its reason's business. */
  settle(outcome: RowOutcome): RowOutcome;
  warnings(): readonly string[];
}

/** Notes can quote cells, so their number is held. */
const most = 50;

export function openOddRows(): OddRows {
  const rows = new Map<string, number>();
  let noted: string[] = [];
  return {
    note: (what) => void noted.push(what),
    settle(outcome) {
      if (noted.length === 0) return outcome;
      if (outcome.kind !== 'refuse')
        for (const what of noted)
          if (rows.has(what) || rows.size < most) rows.set(what, (rows.get(what) ?? 0) + 1);
      noted = [];
      return outcome;
    },
    warnings: () => [...rows].map(([what, count]) => `In ${count} ${count === 1 ? 'row' : 'rows'} ${what}.`),
  };
}

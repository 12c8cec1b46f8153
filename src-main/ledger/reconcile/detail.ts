import { exactInteger, type ReadDb } from '../../store/database.ts';
import type { SourceDay } from '../../store/reconcile.ts';
import { dayText } from '../day.ts';
import { evidenceLevels } from '../evidence.ts';
import { addAmounts, type Cell, gatherFacts, noAmounts } from './facts.ts';
import { type Finding, findCauses } from './findings/index.ts';
import { type Gap, gapOf } from './gap.ts';
import { isCompared, sideOf } from './month.ts';
import { type MonthRow, type ReadMonth, readMonths } from './months.ts';

/** One month of one account; the contract's `monthDetail`. */
export interface MonthDetail {
  readonly month: MonthRow;
  readonly days: readonly (Gap & { readonly day: string; readonly isCompared: boolean })[];
  readonly models: readonly (Gap & { readonly model: string | null })[];
  readonly billNamesModels: boolean;
  readonly witnesses: readonly ReturnType<typeof witnessOf>[];
  readonly findings: readonly Finding[];
}

function daysOf({ compared, row }: ReadMonth): MonthDetail['days'] {
  if (compared.isOneSum) return [];
  return compared.days
    .filter(({ billed, own }) => billed !== null || own !== null)
    .map((one) => {
      const isIn = row.billedNanoUsd !== null && isCompared(compared, one.day);
      // A day within the bill's span of which it says nothing was billed at zero.
      const billed = one.billed ?? (isIn ? 0 : null);
      const gap = gapOf({ billed, own: one.own, unpricedRecords: one.unpricedRecords });
      return { ...gap, day: dayText(one.day), isCompared: isIn };
    });
}

function modelsOf(cells: readonly Cell[]): MonthDetail['models'] {
  return [...Map.groupBy(cells, (cell) => cell.model)]
    .flatMap(([model, list]) => {
      const side = (name: 'billed' | 'own') => {
        const known = list.flatMap((cell) => cell[name] ?? []);
        return known.length === 0 ? null : known.reduce(addAmounts, noAmounts);
      };
      const [billed, own] = [side('billed'), side('own')];
      if (billed === null && own === null) return [];
      const sums = { billed: billed?.cost ?? null, own: own?.cost ?? null };
      return [{ ...gapOf({ ...sums, unpricedRecords: own?.unpriced ?? 0 }), model: model || null }];
    })
    .sort((a, b) => largest(b) - largest(a));
}

function largest({ billedNanoUsd, ownNanoUsd }: Gap): number {
  return Math.max(Math.abs(billedNanoUsd ?? 0), Math.abs(ownNanoUsd ?? 0));
}

function witnessOf(rows: readonly SourceDay[], { sources }: ReadMonth) {
  const source = sources.get(rows[0]?.source_id ?? 0);
  if (source === undefined) throw new Error('a source of a day is gone');
  return {
    sourceId: source.id,
    label: source.label,
    side: sideOf(source),
    evidence: evidenceLevels[source.evidence] ?? 'estimated',
    coverage: source.coverage,
    costNanoUsd: rows.reduce((sum, row) => sum + exactInteger(row.cost_nano_usd), 0),
    records: rows.reduce((sum, row) => sum + row.records, 0),
    unpricedRecords: rows.reduce((sum, row) => sum + row.unpriced_records, 0),
    days: rows.length,
    countsDays: rows.filter((row) => row.counts_cost === 1).length,
    lastReadAt: source.last_read_at,
  };
}

function witnessesOf(month: ReadMonth): MonthDetail['witnesses'] {
  return [...Map.groupBy(month.rows, (row) => row.source_id).values()]
    .map((rows) => witnessOf(rows, month))
    .sort((a, b) => b.countsDays - a.countsDays || b.costNanoUsd - a.costNanoUsd);
}

/** One account's UTC month in full; undefined where it has no money or usage in it. */
export function readMonth(
  db: ReadDb,
  asked: { readonly accountId: number; readonly month: string; readonly now: number },
): MonthDetail | undefined {
  const [month] = readMonths(db, asked);
  if (month === undefined) return undefined;
  const facts = gatherFacts(db, month, asked.now);
  return {
    month: facts.month,
    days: daysOf(month),
    models: modelsOf(facts.cells),
    billNamesModels: facts.cells.some((cell) => cell.billed !== null && cell.model !== ''),
    witnesses: witnessesOf(month),
    findings: findCauses(facts),
  };
}

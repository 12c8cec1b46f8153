import type { ReadyPreview } from '../../../src-preload/contract/imports.ts';

export interface Move {
  readonly before: number;
  readonly after: number;
  readonly change: number;
}

/** What a commit does to the ledger's money, all nano-USD. `adds = cash.change + equivalent.change + replaced`. */
export interface PreviewMoney {
  readonly files: number;
  readonly adds: number;
  /** True when accepted rows have no price: `adds` is a lower bound. */
  readonly atLeast: boolean;
  readonly cash: Move;
  readonly equivalent: Move;
  /** Money that does not show in the totals, because the same days were counted by another witness or still are. */
  readonly replaced: number;
  /** Which total the rows count in. */
  readonly countsAs: 'cash' | 'equivalent' | 'both' | 'none';
}

/** Sums the previews of one or more files; several are taken to be committed one after the other. */
export function moneyOf(previews: readonly ReadyPreview[]): PreviewMoney {
  const sum = (pick: (preview: ReadyPreview) => number): number =>
    previews.reduce((total, preview) => total + pick(preview), 0);
  const adds = sum((preview) => preview.addsNanoUsd);
  const cashChange = sum((preview) => preview.cashAfterNanoUsd - preview.cashBeforeNanoUsd);
  const equivalentChange = sum((preview) => preview.equivalentAfterNanoUsd - preview.equivalentBeforeNanoUsd);
  const first = previews[0];
  return {
    files: previews.length,
    adds,
    atLeast: previews.some((preview) => preview.counts.unpriced > 0),
    cash: moveFrom(first?.cashBeforeNanoUsd ?? 0, cashChange),
    equivalent: moveFrom(first?.equivalentBeforeNanoUsd ?? 0, equivalentChange),
    replaced: adds - cashChange - equivalentChange,
    countsAs: countsAs(cashChange, equivalentChange),
  };
}

export type FormatMoney = (
  nanoUsd: number,
  options: { readonly signed: true; readonly atLeast: boolean },
) => string;

/**
 * What changes in the totals, in words: `cash +$1.26`, `API-equivalent at least +$0.20`; of several files, which may
 * overlap, `cash up to +$1.26`. The two are never added.
 */
export function changesOf(
  { cash, equivalent, atLeast: isUnpriced, files }: PreviewMoney,
  format: FormatMoney,
): readonly string[] {
  const atLeast = isUnpriced && files < 2;
  const words = (name: string, { change }: Move): readonly string[] => {
    if (change === 0) return [];
    const bound = files > 1 && change > 0 ? 'up to ' : '';
    return [`${name} ${atLeast ? 'at least ' : bound}${format(change, { signed: true, atLeast })}`];
  };
  return [...words('cash', cash), ...words('API-equivalent', equivalent)];
}

function moveFrom(before: number, change: number): Move {
  return { before, after: before + change, change };
}

function countsAs(cash: number, equivalent: number): PreviewMoney['countsAs'] {
  if (cash !== 0 && equivalent !== 0) return 'both';
  if (cash !== 0) return 'cash';
  return equivalent === 0 ? 'none' : 'equivalent';
}

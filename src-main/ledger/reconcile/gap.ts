import { roundingOf } from './rounding.ts';

export type Verdict = 'agrees' | 'gap' | 'no-bill' | 'no-own';

/** Own figures against the bill; the contract's `gap`. */
export interface Gap {
  readonly billedNanoUsd: number | null;
  readonly ownNanoUsd: number | null;
  readonly gapNanoUsd: number | null;
  readonly gapPerMille: number | null;
  readonly verdict: Verdict;
  readonly unpricedRecords: number;
}

export interface Sides {
  /** Null where the side knows nothing. */
  readonly billed: number | null;
  readonly own: number | null;
  readonly unpricedRecords: number;
  /** The largest gap rounding makes; that of a bill written to the nano-USD where it is left out. */
  readonly rounding?: number;
}

/** Tenths of a percent, halves away from zero. */
function perMille(part: number, whole: number): number | null {
  if (whole === 0) return null;
  const exact = (Math.abs(part) * 1000) / Math.abs(whole);
  return Math.sign(part) * Math.sign(whole) * Math.round(exact);
}

function verdictOf({ billed, own, rounding = roundingOf(0, { lines: 0, places: 9 }) }: Sides): Verdict {
  if (billed === null) return 'no-bill';
  if (own === null) return 'no-own';
  return Math.abs(billed - own) <= rounding ? 'agrees' : 'gap';
}

export function gapOf(sides: Sides): Gap {
  const { billed, own, unpricedRecords } = sides;
  const gap = billed === null || own === null ? null : billed - own;
  return {
    billedNanoUsd: billed,
    ownNanoUsd: own,
    gapNanoUsd: gap,
    gapPerMille: gap === null || billed === null ? null : perMille(gap, billed),
    verdict: verdictOf(sides),
    unpricedRecords,
  };
}

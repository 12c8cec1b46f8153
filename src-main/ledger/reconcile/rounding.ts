/** One cent: what a bill is paid in cannot be compared more finely. */
const centNanoUsd = 10_000_000;
const nanoPlaces = 9;

/** How the billed lines of a month are written. */
export interface BilledLines {
  readonly lines: number;
  /** Most decimals any of their amounts has. */
  readonly places: number;
}

/** The largest gap that can ever be called rounding: 0.5 % of the bill, at least a cent. */
export function mostRounding(billedNanoUsd: number): number {
  return Math.max(centNanoUsd, Math.floor(Math.abs(billedNanoUsd) / 200));
}

/**
 * The largest gap that rounding alone makes: half a unit of the last decimal for every billed line, never less than a
 * cent, never more than 0.5 % of the bill (docs/adr/2026-11-28-within-rounding.md).
 */
export function roundingOf(billedNanoUsd: number, { lines, places }: BilledLines): number {
  const halfUnit = places >= nanoPlaces ? 0 : 10 ** (nanoPlaces - Math.max(0, places)) / 2;
  return Math.max(centNanoUsd, Math.min(Math.floor(lines * halfUnit), mostRounding(billedNanoUsd)));
}

/** Whether it matters how the lines are written: below a cent all agree, above 0.5 % none does. */
export function dependsOnLines(billedNanoUsd: number, gapNanoUsd: number): boolean {
  const size = Math.abs(gapNanoUsd);
  return size > centNanoUsd && size <= mostRounding(billedNanoUsd);
}

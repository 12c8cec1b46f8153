import type { Gap } from './gap.ts';

export type Direction = 'shrinking' | 'growing' | 'steady' | 'unknown';

export interface Trend {
  readonly direction: Direction;
  readonly words: string;
}

/** Fewest months a direction is drawn from, and most that still say something about today. */
const [fewest, most] = [3, 6];
/** A change over the months below one percentage point is none. */
const steadyPerMille = 10;

function percent(perMille: number): string {
  return `${(perMille / 10).toFixed(1)} %`;
}

/** Slope of a straight line through the values, per step (least squares). */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const over = values.reduce((sum, value, i) => sum + (i - middle) * (value - mean), 0);
  return over / values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
}

/**
 * Where an account's gap is heading: the slope of its share, without its sign, over the last six compared months that
 * are over. `months` are oldest first.
 */
export function trendOf(months: readonly Pick<Gap, 'gapPerMille'>[]): Trend {
  const shares = months
    .flatMap(({ gapPerMille }) => (gapPerMille === null ? [] : [Math.abs(gapPerMille)]))
    .slice(-most);
  const [first = 0, last = 0] = [shares[0], shares.at(-1)];
  if (shares.length < fewest)
    return {
      direction: 'unknown',
      words: `A trend needs ${fewest} months with both a bill and own figures; there ${shares.length === 1 ? 'is 1' : `are ${shares.length}`}.`,
    };
  const change = slopeOf(shares) * (shares.length - 1);
  if (Math.abs(change) < steadyPerMille) {
    const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
    return { direction: 'steady', words: `Steady around ${percent(mean)} for ${shares.length} months.` };
  }
  const direction = change < 0 ? 'shrinking' : 'growing';
  return {
    direction,
    words: `The gap is ${direction}: ${percent(first)} in the first of ${shares.length} months, ${percent(last)} in the last.`,
  };
}

import type { RouteOutput } from '../../../../src-preload/contract/index.ts';
import { sumDecimals } from '../../../ui/decimal-text.ts';

type Answer = RouteOutput<'balances.series'>;
export type Change = Answer['changes'][number];

export interface BalanceSeries {
  readonly currency: string;
  /** Oldest first. */
  readonly readings: Answer['series'];
  /** Falls and rises between readings, newest first. */
  readonly changes: readonly Change[];
  /** What the falls and the rises come to, as decimal strings. */
  readonly spent: string;
  readonly toppedUp: string;
}

/** The balances of a connection, one series per currency, the one with the most readings first. */
export function seriesOf({ series, changes }: Answer): readonly BalanceSeries[] {
  const currencies = [...new Set(series.map((reading) => reading.currency))];
  return currencies
    .map((currency) => {
      const own = changes.filter((change) => change.currency === currency);
      const sum = (kind: Change['kind']) =>
        sumDecimals(own.filter((change) => change.kind === kind).map((change) => unsigned(change.amount)));
      return {
        currency,
        readings: series.filter((reading) => reading.currency === currency).toSorted((a, b) => a.at - b.at),
        changes: own.toSorted((a, b) => b.to - a.to),
        ...{ spent: sum('spend'), toppedUp: sum('top-up') },
      };
    })
    .sort((a, b) => b.readings.length - a.readings.length);
}

const mostPoints = 400;

/** At most 400 readings for drawing: the first, the last and every turn are kept before those between. */
export function thinned<T extends { readonly available: string }>(readings: readonly T[]): readonly T[] {
  const turns = readings.filter(
    (reading, index) =>
      index === 0 || index === readings.length - 1 || reading.available !== readings[index - 1]?.available,
  );
  if (turns.length <= mostPoints) return turns;
  const step = (turns.length - 1) / (mostPoints - 1);
  return Array.from({ length: mostPoints }, (_, index) => turns[Math.round(index * step)]).filter(
    (reading) => reading !== undefined,
  );
}

/** A fall may be stated with or without its sign. */
function unsigned(amount: string): string {
  return amount.replace(/^-/, '');
}

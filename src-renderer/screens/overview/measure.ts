import type { Figures } from '../../../src-preload/contract/values.ts';

/** What bars, ranks and changes count. Cash and API-equivalent are never added; requests stand in where no money is known. */
export type Measure = 'cash' | 'equivalent' | 'requests';

/** How a measure is named beside a sum; cash goes without saying. */
export const measureWords: Readonly<Record<Measure, string | null>> = {
  cash: null,
  equivalent: 'API-equivalent',
  requests: 'requests',
};

/** What a row counts for. Usage only: plan fees are cash but nobody's usage. */
export function measured(figures: Figures, measure: Measure): number {
  switch (measure) {
    case 'cash':
      return figures.cashNanoUsd - figures.planFeeNanoUsd;
    case 'equivalent':
      return figures.equivalentNanoUsd;
    case 'requests':
      return figures.requests;
  }
}

/** Requests missing from a measure because their cost is unknown. */
export function unpricedIn(figures: Figures, measure: Measure): number {
  switch (measure) {
    case 'cash':
      return figures.unpricedCash;
    case 'equivalent':
      return figures.unpricedEquivalent;
    case 'requests':
      return 0;
  }
}

/** Measures that have something to show, best first; requests only where there is no money at all. */
export function availableMeasures(totals: Figures): readonly Measure[] {
  const money = (['cash', 'equivalent'] as const).filter((measure) => measured(totals, measure) !== 0);
  return money.length > 0 ? money : ['requests'];
}

/** The wanted measure where it is available, else the first that is. */
export function chooseMeasure(wanted: string | null, totals: Figures): Measure {
  const available = availableMeasures(totals);
  return available.find((measure) => measure === wanted) ?? available[0] ?? 'requests';
}

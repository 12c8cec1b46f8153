import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import type { Measure } from './measure.ts';

export interface HeatGrid {
  /** Seven rows in the order of the week; 24 values each. */
  readonly rows: readonly { readonly weekday: number; readonly values: readonly number[] }[];
  readonly largest: number;
}

type Heat = RouteOutput<'report.heat'>;

/** Money or requests per weekday and hour, the week starting as the user says. */
export function heatGrid(heat: Heat, measure: Measure, weekStart: 'monday' | 'sunday'): HeatGrid {
  const values = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const cell of heat.cells) {
    const row = values[cell.weekday];
    if (row) row[cell.hour] = cellValue(cell, measure);
  }
  const order = weekStart === 'monday' ? [0, 1, 2, 3, 4, 5, 6] : [6, 0, 1, 2, 3, 4, 5];
  return {
    rows: order.map((weekday) => ({ weekday, values: values[weekday] ?? [] })),
    largest: Math.max(0, ...values.flat()),
  };
}

function cellValue(cell: Heat['cells'][number], measure: Measure): number {
  if (measure === 'requests') return cell.requests;
  return measure === 'cash' ? cell.cashNanoUsd : cell.equivalentNanoUsd;
}

/** Step 0 (nothing) to 5 (the largest) of a value; whatever is more than nothing is at least 1. */
export function heatStep(value: number, largest: number): 0 | 1 | 2 | 3 | 4 | 5 {
  if (value <= 0 || largest <= 0) return 0;
  const step = Math.min(5, Math.ceil((value / largest) * 5));
  // a ceiling of a share between 0 and 1, times five
  return step as 1 | 2 | 3 | 4 | 5;
}

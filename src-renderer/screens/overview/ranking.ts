import type { ReportRow } from '../../../src-preload/contract/report.ts';
import { type Measure, measured, unpricedIn } from './measure.ts';
import { type Breakdown, labelOf, nameOf } from './names.ts';

export interface Rank {
  /** null for the rest folded into one row. */
  readonly name: string | null;
  readonly label: string;
  readonly names: readonly string[];
  readonly value: number;
  readonly requests: number;
  /** Requests whose unknown cost would belong to the measure. */
  readonly unpricedRequests: number;
}

export interface Ranking {
  readonly ranks: readonly Rank[];
  readonly total: number;
  readonly largest: number;
}

/** The names that count most, at most `most` rows; what does not fit is one row, so that the column adds up. */
export function rank(rows: readonly ReportRow[], by: Breakdown, measure: Measure, most: number): Ranking {
  const all = [...groupByName(rows, by, measure).values()]
    .filter((one) => one.value !== 0 || one.unpricedRequests > 0)
    .sort((a, b) => b.value - a.value || b.requests - a.requests || a.label.localeCompare(b.label));
  const total = all.reduce((sum, one) => sum + one.value, 0);
  const kept = all.length > most ? all.slice(0, most - 1) : all;
  const rest = all.slice(kept.length);
  const ranks = rest.length === 0 ? kept : [...kept, fold(rest, by)];
  return { ranks, total, largest: Math.max(0, ...kept.map((one) => one.value)) };
}

function groupByName(rows: readonly ReportRow[], by: Breakdown, measure: Measure): ReadonlyMap<string, Rank> {
  const groups = new Map<string, Rank>();
  for (const row of rows) {
    const name = nameOf(row, by);
    const known = groups.get(name);
    groups.set(name, {
      ...{ name, label: labelOf(name, by), names: [name] },
      value: (known?.value ?? 0) + measured(row, measure),
      requests: (known?.requests ?? 0) + row.requests,
      unpricedRequests: (known?.unpricedRequests ?? 0) + unpricedIn(row, measure),
    });
  }
  return groups;
}

function fold(rest: readonly Rank[], by: Breakdown): Rank {
  const add = (key: 'value' | 'requests' | 'unpricedRequests') =>
    rest.reduce((sum, one) => sum + one[key], 0);
  return {
    ...{ name: null, label: `${rest.length} other ${by}s`, names: rest.flatMap((one) => one.names) },
    ...{ value: add('value'), requests: add('requests'), unpricedRequests: add('unpricedRequests') },
  };
}

import type { ReportRow } from '../../../src-preload/contract/report.ts';
import type { Filters } from '../../../src-preload/contract/values.ts';

export const breakdowns = ['model', 'provider', 'project'] as const;
export type Breakdown = (typeof breakdowns)[number];

/** Name of a row under a breakdown; empty where the records state none. */
export function nameOf(row: ReportRow, by: Breakdown): string {
  return row[by] ?? '';
}

/** What stands on screen for a name. */
export function labelOf(name: string, by: Breakdown): string {
  return name === '' ? `No ${by}` : name;
}

/** The filter that keeps just the records of these names. */
export function filterFor(by: Breakdown, names: readonly string[]): Filters {
  switch (by) {
    case 'model':
      return { models: [...names] };
    case 'provider':
      return { providers: [...names] };
    case 'project':
      return { projects: [...names] };
  }
}

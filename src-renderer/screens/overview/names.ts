import type { ReportRow } from '../../../src-preload/contract/report.ts';
import type { Filters } from '../../../src-preload/contract/values.ts';

export const breakdowns = ['model', 'provider', 'project'] as const;
export type Breakdown = (typeof breakdowns)[number];

/** What a change is put down to. */
const moverKeys = ['model', 'project', 'source'] as const;
export type MoverKey = (typeof moverKeys)[number];

/** Name of a row under a breakdown; empty where the records state none. A source goes by its number: labels repeat. */
export function nameOf(row: ReportRow, by: Breakdown | MoverKey): string {
  return by === 'source' ? String(row.sourceId ?? '') : (row[by] ?? '');
}

/** What stands on screen for a name. */
export function labelOf(name: string, by: Breakdown | MoverKey, row?: ReportRow): string {
  if (by === 'source') return row?.source || 'No source';
  return name === '' ? `No ${by}` : name;
}

/** The filter that keeps just the records of these names. */
export function filterFor(by: Breakdown | MoverKey, names: readonly string[]): Filters {
  switch (by) {
    case 'model':
      return { models: [...names] };
    case 'provider':
      return { providers: [...names] };
    case 'project':
      return { projects: [...names] };
    case 'source':
      return { sources: names.map(Number) };
  }
}

import type { Filters } from '../../../src-preload/contract/values.ts';

/** A filter in force and the filters that stay when it is taken away. */
export interface Chip {
  readonly key: string;
  readonly label: string;
  readonly without: Filters;
}

/** Names for the ids filters hold. */
export interface Names {
  readonly import: (id: number) => string;
}

type ListKey = 'providers' | 'models' | 'sources' | 'sessions' | 'evidence';

/**
 * One chip per value of each filter that has no field of its own. Range, accounts, projects and search have theirs in
 * the frame, models and sources above the table.
 */
export function chipsOf(filters: Filters, names: Names): readonly Chip[] {
  return [
    ...listChips(filters, 'providers', (value) => `Provider: ${value}`),
    ...listChips(filters, 'sessions', (value) => (value === '' ? 'No session stated' : `Session: ${value}`)),
    ...listChips(filters, 'evidence', (value) => `Evidence: ${value}`),
    ...momentChip(filters),
    ...(filters.importId === undefined
      ? []
      : [
          {
            key: 'importId',
            label: `Import: ${names.import(filters.importId)}`,
            without: omit(filters, 'importId'),
          },
        ]),
    ...(filters.unpricedOnly
      ? [{ key: 'unpricedOnly', label: 'Unpriced only', without: omit(filters, 'unpricedOnly') }]
      : []),
    ...(filters.countedOnly
      ? [{ key: 'countedOnly', label: 'Counted only', without: omit(filters, 'countedOnly') }]
      : []),
  ];
}

/** Adds or takes away one value of a list filter; a list that gets empty is left out. */
export function toggle(filters: Filters, key: ListKey, value: string | number): Filters {
  const list: readonly (string | number)[] = filters[key] ?? [];
  const next = list.includes(value) ? list.filter((entry) => entry !== value) : [...list, value];
  return next.length === 0 ? omit(filters, key) : { ...filters, [key]: next };
}

export function omit(filters: Filters, ...keys: readonly (keyof Filters)[]): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([key]) => !keys.some((name) => name === key)));
}

function listChips(filters: Filters, key: ListKey, label: (value: string) => string): Chip[] {
  return (filters[key] ?? []).map((value: string | number) => ({
    key: `${key}:${value}`,
    label: label(String(value)),
    without: toggle(filters, key, value),
  }));
}

const weekdays = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

function momentChip(filters: Filters): Chip[] {
  const { hour, weekday } = filters;
  if (hour === undefined && weekday === undefined) return [];
  const day = weekday === undefined ? '' : (weekdays[weekday] ?? '');
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = hour === undefined ? '' : `${two(hour)}:00–${two((hour + 1) % 24)}:00`;
  return [
    {
      key: 'moment',
      label: [day, time].filter(Boolean).join(', '),
      without: omit(filters, 'hour', 'weekday'),
    },
  ];
}

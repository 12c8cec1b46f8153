import { useCallback, useMemo } from 'react';
import { useRoute } from '../api/client.ts';
import { assignSlots, homeSlots, type Slot } from './series.ts';

const fields = { model: 'models', provider: 'providers', project: 'projects' } as const;

/** Gives the names of a view, most important first, the colours they have everywhere in the window. */
export function useSlots(by: keyof typeof fields): (names: readonly string[]) => ReadonlyMap<string, Slot> {
  const known = useRoute('report.values', {}).data?.[fields[by]];
  const home = useMemo(() => homeSlots(known ?? []), [known]);
  return useCallback((names) => assignSlots(names, home), [home]);
}

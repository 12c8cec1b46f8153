import { useMemo } from 'react';
import type { Filters } from '../../../src-preload/contract/values.ts';
import { useRoute } from '../../api/client.ts';
import { assignSlots, type Slot } from '../../ui/series.ts';
import { sortGroups } from './groups.ts';

/** Colours of the models that match, the dearest first, as charts of the same view give them. */
export function useModelSlots(filters: Filters): ReadonlyMap<string, Slot> {
  const report = useRoute('report.run', { by: ['model'], filters }, { keepPrevious: true }).data;
  return useMemo(() => {
    const rows = sortGroups(report?.rows ?? [], 'model', 'cost', 'desc');
    return assignSlots(rows.flatMap((row) => row.model ?? []));
  }, [report]);
}

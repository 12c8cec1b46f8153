import { useMemo } from 'react';
import type { Filters } from '../../../src-preload/contract/values.ts';
import { useRoute } from '../../api/client.ts';
import type { Slot } from '../../ui/series.ts';
import { useSlots } from '../../ui/use-slots.ts';
import { sortGroups } from './groups.ts';

/** Colours of the models that match, the dearest first, as charts of the same view give them. */
export function useModelSlots(filters: Filters): ReadonlyMap<string, Slot> {
  const report = useRoute('report.run', { by: ['model'], filters }, { keepPrevious: true }).data;
  const slotsOf = useSlots('model');
  return useMemo(() => {
    const rows = sortGroups(report?.rows ?? [], 'model', 'cost', 'desc');
    return slotsOf(rows.flatMap((row) => row.model ?? []));
  }, [report, slotsOf]);
}

import type { MonthDetail } from '../../../src-preload/contract/reconcile.ts';
import { useAction } from '../../api/client.ts';
import { toast } from '../../ui/toast.tsx';
import { monthName } from './words.ts';

/** Lets a source's money count for the month, with a way back for a moment. */
export function useChoose({ month, witnesses }: MonthDetail): {
  readonly choose: (sourceId: number | null) => void;
  readonly isBusy: boolean;
} {
  const { accountId, chosenSourceId } = month;
  const action = useAction('reconcile.choose', { onError: (error) => toast.error(error.message) });
  const put = (sourceId: number | null, then?: () => void) =>
    action.mutate({ accountId, month: month.month, sourceId }, then && { onSuccess: then });
  return {
    isBusy: action.isPending,
    choose(sourceId) {
      const name = witnesses.find((one) => one.sourceId === sourceId)?.label;
      const text =
        name === undefined
          ? `The rule decides again what counts in ${monthName(month.month)}.`
          : `${name} counts in ${monthName(month.month)}.`;
      put(sourceId, () => toast.success(text, { label: 'Undo', onAction: () => put(chosenSourceId) }));
    },
  };
}

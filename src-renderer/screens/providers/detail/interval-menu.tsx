import type { SyncState } from '../../../../src-preload/contract/connections.ts';
import { useAction } from '../../../api/client.ts';
import { Select } from '../../../ui/select.tsx';
import { tellTrouble } from '../../../ui/unlock-request.ts';
import { intervalChoices, intervalOf } from './intervals.ts';

interface IntervalMenuProps {
  readonly connectionId: number;
  readonly report: SyncState;
  readonly usual: number | null;
}

/** How often a report is read. */
export function IntervalMenu({ connectionId, report, usual }: IntervalMenuProps) {
  const save = useAction('connections.setInterval', { onError: tellTrouble });
  return (
    <Select
      label={`How often: ${report.label}`}
      options={intervalChoices(report.everyMinutes, usual)}
      value={String(report.everyMinutes)}
      disabled={save.isPending}
      onChange={(value) =>
        save.mutate({ id: connectionId, report: report.report, everyMinutes: intervalOf(value, usual) })
      }
      className="max-w-full"
    />
  );
}

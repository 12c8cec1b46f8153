import { CalendarSearch } from 'lucide-react';
import type { AppInfo } from '../../../src-preload/contract/app.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { addDays, formatRange } from '../../ui/dates.ts';
import { Empty } from '../../ui/empty.tsx';
import { useView } from '../../ui/use-view.ts';

/** The ledger has records, but none of this range and these filters. */
export function NothingHere({ info }: { readonly info: AppInfo }) {
  const { dates, today, view, setView } = useView();
  const { firstDay, lastDay } = info;
  const isFiltered = Object.keys(view.filters).length > 0;
  return (
    <Card>
      <Empty
        icon={CalendarSearch}
        title={`No usage, ${formatRange(dates.from, dates.to, today)}`}
        actions={
          <>
            {lastDay && (
              <Button onClick={() => setView({ range: 'custom', from: addDays(lastDay, -29), to: lastDay })}>
                Show the last 30 days with records
              </Button>
            )}
            {isFiltered && <Button onClick={() => setView({ filters: {} })}>Clear the filters</Button>}
          </>
        }
      >
        {firstDay && lastDay ? `Your ledger has records of ${formatRange(firstDay, lastDay, today)}.` : ''}
      </Empty>
    </Card>
  );
}

import { useRoute } from '../../api/client.ts';
import { Amount } from '../../ui/amount.tsx';
import { formatRange } from '../../ui/dates.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { useView } from '../../ui/use-view.ts';
import { activityHref } from '../../ui/view.ts';

/** What was spent, on what. */
export function Overview() {
  const { view, filters, dates, today } = useView();
  const totals = useRoute('report.run', { by: [], filters }).data?.totals;
  if (!totals) return null;
  return (
    <PageBody>
      <StatRow label="Headline">
        <Stat
          label={`Cash, ${formatRange(dates.from, dates.to, today)}`}
          figure={<Amount nanoUsd={totals.cashNanoUsd} />}
          href={activityHref(view)}
        />
      </StatRow>
    </PageBody>
  );
}

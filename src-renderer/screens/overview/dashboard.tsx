import type { AppInfo } from '../../../src-preload/contract/app.ts';
import { useRoute } from '../../api/client.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { useView } from '../../ui/use-view.ts';
import { Concerns } from './concern-list.tsx';
import { Headline } from './headline-row.tsx';
import { HeatCard } from './heat-card.tsx';
import { chooseMeasure } from './measure.ts';
import { MoversCard } from './movers-card.tsx';
import { NothingHere } from './nothing-here.tsx';
import { RankingCard } from './ranking-card.tsx';
import { SampleBanner } from './sample-banner.tsx';
import { UsageCard } from './usage-card.tsx';
import { useChoices } from './use-choices.ts';

/** The figures of the range, most important first. */
export function Dashboard({ info }: { readonly info: AppInfo }) {
  const { filters, dates } = useView();
  const choices = useChoices();
  const report = useRoute('report.run', { by: [], filters }, { keepPrevious: true });
  const totals = report.data?.totals;
  const measure = totals ? chooseMeasure(choices.measure, totals) : 'cash';
  const oneDay = dates.from === dates.to;
  return (
    <PageBody>
      {info.sampleData && <SampleBanner />}
      <Concerns info={info} />
      {report.error && <Notice tone="over">{report.error.message}</Notice>}
      {report.data && <Headline report={report.data} />}
      {totals && totals.records === 0 && totals.cashNanoUsd === 0 && <NothingHere info={info} />}
      {totals && totals.records > 0 && (
        <>
          <div className="grid grid-cols-[minmax(0,1fr)_324px] gap-3 narrow:grid-cols-1">
            {oneDay ? (
              <RankingCard by="model" measure={measure} />
            ) : (
              <UsageCard totals={totals} measure={measure} />
            )}
            <MoversCard measure={measure} />
          </div>
          <div
            className={
              oneDay
                ? 'grid grid-cols-2 gap-3 tight:grid-cols-1'
                : 'grid grid-cols-[minmax(0,1fr)_minmax(0,0.95fr)_340px] gap-3 snug:grid-cols-2 tight:grid-cols-1'
            }
          >
            {!oneDay && <RankingCard by="model" measure={measure} />}
            <RankingCard by="project" measure={measure} />
            <HeatCard measure={measure} className={oneDay ? '' : 'snug:col-span-2 tight:col-span-1'} />
          </div>
        </>
      )}
    </PageBody>
  );
}

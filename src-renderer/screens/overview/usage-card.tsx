import { useMemo } from 'react';
import type { Figures } from '../../../src-preload/contract/values.ts';
import { BarsCard } from '../../ui/chart/bars-card.tsx';
import { usdCell } from '../../ui/csv.ts';
import { formatRange } from '../../ui/dates.ts';
import { plural } from '../../ui/numbers.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { useView } from '../../ui/use-view.ts';
import { activityHref } from '../../ui/view.ts';
import { stepFor } from './buckets.ts';
import { availableMeasures, type Measure, measureWords, unpricedIn } from './measure.ts';
import { breakdowns } from './names.ts';
import { usageInWords } from './usage.ts';
import { useChoices } from './use-choices.ts';
import { useFormat } from './use-format.ts';
import { useUsage } from './use-usage.ts';

const words = { cash: 'Cash', equivalent: 'API-equivalent', requests: 'Requests' } as const;
const breakdownWords = { model: 'Model', provider: 'Provider', project: 'Project' } as const;

/** Usage over time, stacked. */
export function UsageCard({ totals, measure }: { readonly totals: Figures; readonly measure: Measure }) {
  const { view, dates, today } = useView();
  const { by, chooseBy, chooseMeasure } = useChoices();
  const format = useFormat(measure);
  const { usage, buckets, data } = useUsage(by, measure);
  const measures = availableMeasures(totals);
  const unpriced = unpricedIn(totals, measure);
  const title = `Usage per ${stepFor(dates)}`;
  const inWords = useMemo(
    () => (usage ? usageInWords(usage, buckets, format.text) : ''),
    [usage, buckets, format],
  );

  const csv = () => [
    [
      'From',
      'To',
      ...data.series.map((series) => (measure === 'requests' ? series.label : `${series.label} (USD)`)),
    ],
    ...buckets.map((bucket, index) => [
      bucket.from,
      bucket.to,
      ...data.series.map((series) => cell(series.values[index] ?? 0)),
    ]),
  ];
  const cell = (value: number) => (measure === 'requests' ? value : usdCell(value));

  return (
    <BarsCard
      title={title}
      pictureTitle={`${title}, ${formatRange(dates.from, dates.to, today)}`}
      label={`${title}. ${inWords}`}
      data={data}
      height={194}
      rows={csv}
      sum={
        <>
          <span className="tnum" title={format.exact(usage?.total ?? 0)}>
            {unpriced > 0 && 'at least '}
            {usage ? format.text(usage.total, unpriced > 0) : ''}
          </span>
          {measures.length === 1 && measureWords[measure]}
          {unpriced > 0 && (
            <a
              href={activityHref(view, { unpricedOnly: true })}
              className="font-medium text-accent-text text-xs hover:underline"
            >
              {plural(unpriced, 'request')} unpriced
            </a>
          )}
        </>
      }
      tools={
        <>
          {measures.length > 1 && (
            <Segmented
              small
              label="Measure"
              options={measures.map((value) => ({ value, label: words[value] }))}
              value={measure}
              onChange={chooseMeasure}
            />
          )}
          <Segmented
            small
            label="Stacked by"
            options={breakdowns.map((value) => ({ value, label: breakdownWords[value] }))}
            value={by}
            onChange={chooseBy}
          />
        </>
      }
    />
  );
}

import type { Chart } from 'chart.js';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { Figures } from '../../../src-preload/contract/values.ts';
import { Card, CardBody, CardHead } from '../../ui/card.tsx';
import { BarsTable } from '../../ui/chart/bars-table.tsx';
import { useChartTheme } from '../../ui/chart/chart-theme.ts';
import { ChartTools } from '../../ui/chart/chart-tools.tsx';
import { Legend } from '../../ui/chart/legend.tsx';
import { chartPicture } from '../../ui/chart/picture.ts';
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

/** The chart's library is most of the screen's code: the figures do not wait for it. */
const StackedBars = lazy(async () => ({
  default: (await import('../../ui/chart/stacked-bars.tsx')).StackedBars,
}));

const chartHeight = 194;
const words = { cash: 'Cash', equivalent: 'API-equivalent', requests: 'Requests' } as const;
const breakdownWords = { model: 'Model', provider: 'Provider', project: 'Project' } as const;

/** Usage over time, stacked. */
export function UsageCard({ totals, measure }: { readonly totals: Figures; readonly measure: Measure }) {
  const { view, dates, today } = useView();
  const { by, chooseBy, chooseMeasure } = useChoices();
  const format = useFormat(measure);
  const theme = useChartTheme();
  const chart = useRef<Chart<'bar'> | null>(null);
  const [asTable, setAsTable] = useState(false);
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
  const pictureTitle = `${title}, ${formatRange(dates.from, dates.to, today)}`;
  const cell = (value: number) => (measure === 'requests' ? value : usdCell(value));

  const picture = () =>
    chart.current
      ? chartPicture(chart.current.canvas, { title: pictureTitle, series: data.series, theme })
      : null;

  return (
    <Card aria-label={title}>
      <CardHead
        title={title}
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
            <ChartTools title={title} rows={csv} picture={picture} asTable={asTable} onTable={setAsTable} />
          </>
        }
      />
      <CardBody className="flex flex-1 flex-col">
        {!asTable && <Legend series={data.series} />}
        {asTable ? (
          <BarsTable data={data} height={chartHeight} caption={title} />
        ) : (
          <Suspense fallback={<div style={{ minHeight: chartHeight }} />}>
            <StackedBars
              data={data}
              label={`${title}. ${inWords}`}
              minHeight={chartHeight}
              chartRef={(instance) => {
                chart.current = instance;
              }}
            />
          </Suspense>
        )}
      </CardBody>
    </Card>
  );
}

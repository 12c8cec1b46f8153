import type { Chart } from 'chart.js';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { MonthDetail } from '../../../src-preload/contract/reconcile.ts';
import { Card, CardBody, CardHead } from '../../ui/card.tsx';
import type { BarChartData } from '../../ui/chart/bars.ts';
import { BarsTable } from '../../ui/chart/bars-table.tsx';
import { useChartTheme } from '../../ui/chart/chart-theme.ts';
import { ChartTools } from '../../ui/chart/chart-tools.tsx';
import { Legend } from '../../ui/chart/legend.tsx';
import { chartPicture } from '../../ui/chart/picture.ts';
import { usdCell } from '../../ui/csv.ts';
import { useMoney } from '../../ui/use-money.ts';
import { useView } from '../../ui/use-view.ts';
import { type DayBar, dayBars, daySeries, daysInWords, footOf } from './days-chart.ts';
import { monthName, recordsHref } from './words.ts';

/** The chart's library is most of the screen's code: the figures do not wait for it. */
const StackedBars = lazy(async () => ({
  default: (await import('../../ui/chart/stacked-bars.tsx')).StackedBars,
}));

const chartHeight = 216;

function useDays(detail: MonthDetail): { readonly bars: readonly DayBar[]; readonly data: BarChartData } {
  const { today } = useView();
  const { money, moneyList, currency } = useMoney();
  return useMemo(() => {
    const bars = dayBars(detail, today);
    const data: BarChartData = {
      bars: bars.map((bar) => ({
        label: bar.label,
        subLabel: bar.subLabel,
        title: bar.title,
        weekend: bar.weekend,
        now: bar.day === today,
        foot: footOf(bar, (nanoUsd) => money(nanoUsd, { signed: true })),
        href: recordsHref(detail.month.accountId, bar.day, bar.day),
      })),
      series: daySeries(bars),
      isGrouped: true,
      events: [],
      format: (value) => money(value),
      formatList: moneyList,
      unit: 1e9 * Number(currency.usdPerUnit),
      formatAxis: (value) => money(value, { short: true }),
    };
    return { bars, data };
  }, [detail, today, money, moneyList, currency]);
}

/** Both sides of every day beside each other. */
export function DaysCard({ detail }: { readonly detail: MonthDetail }) {
  const { money } = useMoney();
  const theme = useChartTheme();
  const chart = useRef<Chart<'bar'> | null>(null);
  const [asTable, setAsTable] = useState(false);
  const { bars, data } = useDays(detail);
  const title = `${monthName(detail.month.month)} by day`;
  const rows = () => [
    ['Day (UTC)', 'Billed (USD)', 'Own figures (USD)', 'Gap (USD)', 'Compared'],
    ...bars.map(({ day, known }) => [
      day,
      ...[known?.billedNanoUsd, known?.ownNanoUsd, known?.gapNanoUsd].map((one) =>
        one == null ? '' : usdCell(one),
      ),
      known?.isCompared ? 'yes' : 'no',
    ]),
  ];
  const picture = () =>
    chart.current ? chartPicture(chart.current.canvas, { title, series: data.series, theme }) : null;
  return (
    <Card aria-label={title}>
      <CardHead
        title={title}
        tools={
          <ChartTools title={title} rows={rows} picture={picture} asTable={asTable} onTable={setAsTable} />
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
              label={`${title}, billed and own figures. ${daysInWords(detail.days, (one) => money(one, { signed: true }))}`}
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

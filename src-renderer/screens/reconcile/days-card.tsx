import { useMemo } from 'react';
import type { MonthDetail } from '../../../src-preload/contract/reconcile.ts';
import type { BarChartData } from '../../ui/chart/bars.ts';
import { BarsCard } from '../../ui/chart/bars-card.tsx';
import { usdCell } from '../../ui/csv.ts';
import { useMoney } from '../../ui/use-money.ts';
import { useView } from '../../ui/use-view.ts';
import { type DayBar, dayBars, daySeries, daysInWords, footOf } from './days-chart.ts';
import { monthName, recordsHref } from './words.ts';

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
  const inWords = daysInWords(detail.days, (one) => money(one, { signed: true }));
  return (
    <BarsCard
      title={title}
      label={`${title}, billed and own figures. ${inWords}`}
      data={data}
      height={216}
      rows={rows}
    />
  );
}

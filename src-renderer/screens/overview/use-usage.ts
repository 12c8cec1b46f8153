import { useMemo } from 'react';
import type { ReportRow } from '../../../src-preload/contract/report.ts';
import { useRoute } from '../../api/client.ts';
import type { BarChartData } from '../../ui/chart/bars.ts';
import { plural } from '../../ui/numbers.ts';
import { useMoney } from '../../ui/use-money.ts';
import { useSlots } from '../../ui/use-slots.ts';
import { useView } from '../../ui/use-view.ts';
import { activityHref } from '../../ui/view.ts';
import { type Bucket, bucketsOf } from './buckets.ts';
import type { Measure } from './measure.ts';
import type { Breakdown } from './names.ts';
import { buildUsage, type Usage } from './usage.ts';
import { useFormat } from './use-format.ts';

export interface UsageView {
  readonly usage: Usage | null;
  readonly buckets: readonly Bucket[];
  readonly data: BarChartData;
}

const noRows: readonly ReportRow[] = [];

/** Usage per day of the current view, ready for the chart. */
export function useUsage(by: Breakdown, measure: Measure): UsageView {
  const { view, dates, filters, today } = useView();
  const { money } = useMoney();
  const format = useFormat(measure);
  const slotsOf = useSlots(by);
  const weekStart = useRoute('settings.get', {}).data?.settings.weekStart ?? 'monday';
  const rows =
    useRoute('report.run', { by: ['day', by], filters }, { keepPrevious: true }).data?.rows ?? noRows;
  const buckets = useMemo(() => bucketsOf(dates, today, weekStart), [dates, today, weekStart]);
  const usage = useMemo(() => buildUsage(rows, buckets, by, measure), [rows, buckets, by, measure]);
  const data = useMemo((): BarChartData => {
    const slots = slotsOf(usage.series.flatMap((series) => (series.name === null ? [] : [series.name])));
    return {
      bars: buckets.map((bucket, index) => ({
        ...bucket,
        foot: plural(usage.records[index] ?? 0, 'record'),
        href: activityHref(view, { from: bucket.from, to: bucket.to }),
      })),
      series: usage.series.map((series) => ({
        label: series.label,
        slot: series.name === null ? null : (slots.get(series.name) ?? null),
        values: series.values,
      })),
      // fees are cash, and no part of what plans would cost per token
      events: (measure === 'cash' ? usage.fees : []).map((fee) => ({
        bar: fee.bucket,
        label: `Plan fee ${money(fee.nanoUsd)}`,
      })),
      format: format.text,
      formatList: format.list,
      formatAxis: format.axis,
      unit: format.unit,
    };
  }, [usage, buckets, measure, slotsOf, view, money, format]);
  return { usage: rows === noRows ? null : usage, buckets, data };
}

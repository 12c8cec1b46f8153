import type { ReportRow } from '../../../src-preload/contract/report.ts';
import type { Bucket } from './buckets.ts';
import { type Measure, measured } from './measure.ts';
import { type Breakdown, labelOf, nameOf } from './names.ts';

export interface UsageSeries {
  /** The name it stands for; null for the rest folded into "others". */
  readonly name: string | null;
  readonly label: string;
  /** Names in it: one, or those folded. */
  readonly names: readonly string[];
  /** One value per bucket. */
  readonly values: readonly number[];
  readonly total: number;
}

export interface Usage {
  /** Largest first (drawn at the bottom), "others" last. */
  readonly series: readonly UsageSeries[];
  readonly totals: readonly number[];
  readonly total: number;
  /** Plan fees by bucket: events, not bars. */
  readonly fees: readonly { readonly bucket: number; readonly nanoUsd: number }[];
  readonly records: readonly number[];
}

const mostSeries = 6;

/** Rows by day and name as stacked bars: six names at most, the rest folded, every stack adding up to its total. */
export function buildUsage(
  rows: readonly ReportRow[],
  buckets: readonly Bucket[],
  by: Breakdown,
  measure: Measure,
): Usage {
  const bucketOf = bucketIndex(buckets);
  const byName = new Map<string, number[]>();
  const records = buckets.map(() => 0);
  const fees = new Map<number, number>();
  for (const row of rows) {
    const bucket = bucketOf(row.day ?? '');
    if (bucket === undefined) continue;
    if (row.planFeeNanoUsd !== 0) fees.set(bucket, (fees.get(bucket) ?? 0) + row.planFeeNanoUsd);
    records[bucket] = (records[bucket] ?? 0) + row.records;
    const value = measured(row, measure);
    if (value === 0) continue;
    const name = nameOf(row, by);
    const values = byName.get(name) ?? buckets.map(() => 0);
    values[bucket] = (values[bucket] ?? 0) + value;
    byName.set(name, values);
  }
  const series = foldSmall(ranked(byName, by), by);
  const totals = buckets.map((_, bucket) => sum(series.map((one) => one.values[bucket] ?? 0)));
  return {
    ...{ series, totals, records, total: sum(totals) },
    fees: [...fees].map(([bucket, nanoUsd]) => ({ bucket, nanoUsd })).sort((a, b) => a.bucket - b.bucket),
  };
}

function ranked(byName: ReadonlyMap<string, readonly number[]>, by: Breakdown): readonly UsageSeries[] {
  return [...byName]
    .map(([name, values]) => ({ name, label: labelOf(name, by), names: [name], values, total: sum(values) }))
    .sort((a, b) => Math.abs(b.total) - Math.abs(a.total) || a.label.localeCompare(b.label));
}

function foldSmall(series: readonly UsageSeries[], by: Breakdown): readonly UsageSeries[] {
  if (series.length <= mostSeries + 1) return series;
  const rest = series.slice(mostSeries);
  const values = (rest[0]?.values ?? []).map((_, bucket) => sum(rest.map((one) => one.values[bucket] ?? 0)));
  const names = rest.flatMap((one) => one.names);
  const label = `${rest.length} other ${by}s`;
  return [...series.slice(0, mostSeries), { name: null, label, names, values, total: sum(values) }];
}

function bucketIndex(buckets: readonly Bucket[]): (day: string) => number | undefined {
  return (day) => {
    const found = buckets.findLastIndex((bucket) => bucket.from <= day);
    return found >= 0 && day <= (buckets[found]?.to ?? '') ? found : undefined;
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What the chart shows, in words, for those who cannot see it. */
export function usageInWords(
  usage: Usage,
  buckets: readonly Bucket[],
  format: (value: number) => string,
): string {
  const shown = buckets.map((bucket, index) => ({
    title: bucket.title,
    now: bucket.now,
    value: usage.totals[index] ?? 0,
  }));
  const highest = shown.reduce<(typeof shown)[number] | null>(
    (best, one) => (best && best.value >= one.value ? best : one),
    null,
  );
  const today = shown.find((one) => one.now);
  return [
    `${buckets.length} bars, ${format(usage.total)} in all, stacked by ${usage.series.map((one) => one.label).join(', ')}.`,
    highest ? `Highest: ${highest.title}, ${format(highest.value)}.` : '',
    today ? `${today.title} so far: ${format(today.value)}.` : '',
  ].join(' ');
}

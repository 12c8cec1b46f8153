import type { Chart } from 'chart.js';
import { Swatch } from '../swatch.tsx';
import { type BarChartData, barTotal } from './bars.ts';

const tipWidth = 216;
const gap = 8;

interface BarTipProps {
  readonly chart: Chart<'bar'>;
  readonly data: BarChartData;
  readonly bar: number;
}

/** Exact values of one bar in stack order. Stands on the side that has room and never over the bar itself. */
export function BarTip({ chart, data, bar: at }: BarTipProps) {
  const bar = data.bars[at];
  if (!bar) return null;
  const { chartArea } = chart;
  const step = chartArea.width / data.bars.length;
  const left = chartArea.left + step * at;
  const fitsRight = left + step + gap + tipWidth <= chart.width;
  const inOrder = data.series
    .map((series) => ({ ...series, value: series.values[at] ?? 0 }))
    .filter((part) => part.value !== 0);
  const parts = data.isGrouped ? inOrder : inOrder.toReversed();
  const [total, ...texts] = data.formatList([barTotal(data.series, at), ...parts.map((part) => part.value)]);
  return (
    <div
      aria-live="polite"
      style={{ width: tipWidth, top: 0, left: fitsRight ? left + step + gap : left - gap - tipWidth }}
      className="pointer-events-none absolute z-10 rounded-lg border bg-raised px-3 py-2 text-xs leading-4.5! shadow-pop"
    >
      <div className="flex justify-between gap-2 font-semibold">
        <span>{bar.title}</span>
        {!data.isGrouped && <span className="tnum">{total}</span>}
      </div>
      {parts.length > 0 && <hr className="my-1 border-border" />}
      {parts.map((part, index) => (
        <div key={part.label} className="flex items-center gap-1.5">
          <Swatch slot={part.slot} />
          <span className="min-w-0 flex-1 truncate">{part.label}</span>
          <span className="tnum">{texts[index]}</span>
        </div>
      ))}
      {data.events
        .filter((event) => event.bar === at)
        .map((event) => (
          <div key={event.label} className="tnum text-text-2">
            {event.label}, not stacked
          </div>
        ))}
      <hr className="my-1 border-border" />
      <div className="flex justify-between gap-2 text-text-3">
        <span className="tnum">{bar.foot}</span>
        <span>Click to open</span>
      </div>
    </div>
  );
}

import {
  Chart,
  type ChartOptions,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
} from 'chart.js';
import { type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from 'react';
import { Line } from 'react-chartjs-2';
import { type ChartTheme, useChartTheme } from './chart-theme.ts';
import { faded } from './paint.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler);

/** A reading: holds until the next one. */
export interface StepPoint {
  readonly atMs: number;
  /** For drawing only; `text` is what is said. */
  readonly value: number;
  readonly text: string;
  readonly when: string;
}

interface StepLineProps {
  /** Oldest first. */
  readonly points: readonly StepPoint[];
  /** The whole chart in words. */
  readonly label: string;
  readonly minHeight: number;
  readonly formatAxis: (value: number) => string;
  readonly formatTime: (atMs: number) => string;
  readonly chartRef?: (chart: Chart<'line'> | null) => void;
}

/** Something that is read now and then, as steps. Hovering or arrow keys choose a reading. */
export function StepLine({ points, label, minHeight, chartRef, ...formats }: StepLineProps) {
  const theme = useChartTheme();
  const chart = useRef<Chart<'line'> | null>(null);
  const [active, setActive] = useState<number | null>(null);
  const { formatAxis, formatTime } = formats;
  const data = useMemo(() => ({ datasets: [datasetOf(points, theme)] }), [points, theme]);
  const options = useMemo(
    () => optionsOf({ theme, points, formatAxis, formatTime }),
    [theme, points, formatAxis, formatTime],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const next = keyTarget(event.key, active, points.length);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
  };
  const onMouseMove = (event: MouseEvent) => setActive(nearest(chart.current, event, points));
  return (
    // biome-ignore lint/a11y/useSemanticElements: no element is a chart
    <div
      role="group"
      aria-label={`${label} Arrow keys choose a reading.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys read the points
      tabIndex={0}
      className="relative flex-1 rounded-sm"
      style={{ minHeight }}
      onMouseMove={onMouseMove}
      onMouseLeave={() => setActive(null)}
      onBlur={() => setActive(null)}
      onKeyDown={onKeyDown}
    >
      <div className="absolute inset-0">
        <Line
          ref={(instance) => {
            chart.current = instance ?? null;
            chartRef?.(instance ?? null);
          }}
          aria-hidden
          role="presentation"
          data={data}
          options={options}
        />
      </div>
      {active !== null && chart.current && <Tip chart={chart.current} point={points[active]} />}
    </div>
  );
}

const tipWidth = 168;

function Tip({ chart, point }: { readonly chart: Chart<'line'>; readonly point: StepPoint | undefined }) {
  if (!point) return null;
  const x = chart.scales.x?.getPixelForValue(point.atMs) ?? 0;
  const y = chart.scales.y?.getPixelForValue(point.value) ?? 0;
  const left = x + 12 + tipWidth <= chart.width ? x + 12 : Math.max(0, x - 12 - tipWidth);
  return (
    <>
      <i
        aria-hidden
        style={{ left: x - 4, top: y - 4 }}
        className="pointer-events-none absolute size-2 rounded-full bg-accent-text outline-2 outline-surface outline-solid"
      />
      <div
        aria-live="polite"
        style={{ left, top: Math.max(0, Math.min(y - 20, chart.height - 48)), width: tipWidth }}
        className="pointer-events-none absolute rounded-md border bg-raised px-2.5 py-1.5 text-xs shadow-pop"
      >
        <b className="tnum block font-semibold">{point.text}</b>
        <span className="tnum text-text-2">{point.when}</span>
      </div>
    </>
  );
}

function datasetOf(points: readonly StepPoint[], theme: ChartTheme) {
  const colour = theme.series[0] ?? theme.text2;
  return {
    data: points.map(({ atMs, value }) => ({ x: atMs, y: value })),
    borderColor: colour,
    backgroundColor: faded(colour, 0.1),
    borderWidth: 1.5,
    stepped: 'before' as const,
    fill: 'origin' as const,
    pointRadius: points.length === 1 ? 3 : 0,
    pointBackgroundColor: colour,
  };
}

interface Look extends Pick<StepLineProps, 'points' | 'formatAxis' | 'formatTime'> {
  readonly theme: ChartTheme;
}

function optionsOf({ theme, points, formatAxis, formatTime }: Look): ChartOptions<'line'> {
  const ticks = { color: theme.text3, font: { family: theme.fontFamily, size: 11, weight: 420 } };
  const first = points[0]?.atMs ?? 0;
  const last = points.at(-1)?.atMs ?? first;
  return {
    ...{ responsive: true, maintainAspectRatio: false, animation: false, events: [] },
    layout: { padding: { top: 6, right: 4 } },
    scales: {
      x: {
        type: 'linear',
        min: first,
        // one reading is a line all the same
        max: last === first ? first + 1 : last,
        border: { color: theme.axis },
        grid: { display: false },
        ticks: {
          ...ticks,
          ...{ maxTicksLimit: 5, maxRotation: 0, align: 'inner' as const, includeBounds: true },
          callback: (value) => (last === first ? '' : formatTime(Number(value))),
        },
      },
      y: {
        suggestedMin: 0,
        border: { display: false },
        grid: { drawTicks: false, color: (line) => (line.tick.value === 0 ? theme.axis : theme.grid) },
        ticks: { ...ticks, padding: 8, maxTicksLimit: 5, callback: (value) => formatAxis(Number(value)) },
      },
    },
  };
}

function nearest(
  chart: Chart<'line'> | null,
  event: MouseEvent,
  points: readonly StepPoint[],
): number | null {
  const at = chart?.scales.x?.getValueForPixel(event.clientX - chart.canvas.getBoundingClientRect().left);
  if (at === undefined || points.length === 0) return null;
  const distances = points.map((point) => Math.abs(point.atMs - at));
  return distances.indexOf(Math.min(...distances));
}

/** undefined: another key; null: none is chosen any more. */
function keyTarget(key: string, active: number | null, count: number): number | null | undefined {
  const last = count - 1;
  if (key === 'ArrowRight') return active === null ? 0 : Math.min(last, active + 1);
  if (key === 'ArrowLeft') return active === null ? last : Math.max(0, active - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  return key === 'Escape' && active !== null ? null : undefined;
}

import { BarController, BarElement, CategoryScale, Chart, type ChartOptions, LinearScale } from 'chart.js';
import { type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from 'react';
import { Bar as BarChart } from 'react-chartjs-2';
import { navigate } from '../hash-location.ts';
import { backdrop, backdropRoom } from './backdrop.ts';
import { BarTip } from './bar-tip.tsx';
import { axisStep, type BarChartData, barHeight } from './bars.ts';
import { type ChartTheme, useChartTheme } from './chart-theme.ts';
import { faded, hatch } from './paint.ts';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

export interface StackedBarsProps {
  readonly data: BarChartData;
  /** The whole chart in words. */
  readonly label: string;
  /** It grows to fill its card. */
  readonly minHeight: number;
  readonly chartRef?: (chart: Chart<'bar'> | null) => void;
}

/** Stacked bars. Hovering or arrow keys choose a bar, a click or Enter opens its records. */
export function StackedBars({ data, label, minHeight, chartRef }: StackedBarsProps) {
  const theme = useChartTheme();
  const [active, setActive] = useState<number | null>(null);
  const chart = useRef<Chart<'bar'> | null>(null);
  const state = useRef({ data, theme, active });
  state.current = { data, theme, active };
  const plugins = useMemo(() => [backdrop(() => state.current)], []);
  const datasets = useMemo(() => datasetsOf(data, theme), [data, theme]);
  const options = useMemo(() => optionsOf(data, theme), [data, theme]);
  const labels = data.bars.map((bar) => bar.title);

  const choose = (bar: number | null) => {
    if (bar === active) return;
    setActive(bar);
    state.current = { ...state.current, active: bar };
    chart.current?.draw();
  };
  const open = () => {
    const bar = active === null ? undefined : data.bars[active];
    if (bar) navigate(bar.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = keyTarget(event.key, active, data.bars.length);
    if (next !== null) choose(next);
    else if (event.key === 'Enter') open();
    else if (event.key === 'Escape') choose(null);
    else return;
    event.preventDefault();
  };
  const onMouseMove = (event: MouseEvent) => choose(barAt(chart.current, event, data.bars.length));

  return (
    // biome-ignore lint/a11y/useSemanticElements: no element is a chart
    <div
      role="group"
      aria-label={`${label} Arrow keys choose a bar, Enter opens its records.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys read the bars
      tabIndex={0}
      className="relative mt-1 flex-1 rounded-sm"
      style={{ minHeight }}
      onMouseMove={onMouseMove}
      onMouseLeave={() => choose(null)}
      onBlur={() => choose(null)}
      onKeyDown={onKeyDown}
      onClick={open}
    >
      {/* taken out of the flow, so that the chart follows its card and not the other way round */}
      <div className="absolute inset-0">
        <BarChart
          ref={(instance) => {
            chart.current = instance ?? null;
            chartRef?.(instance ?? null);
          }}
          aria-hidden
          role="presentation"
          data={{ labels, datasets }}
          options={options}
          plugins={plugins}
        />
      </div>
      {active !== null && chart.current && <BarTip chart={chart.current} data={data} bar={active} />}
    </div>
  );
}

function datasetsOf(data: BarChartData, theme: ChartTheme) {
  return data.series.map((series) => {
    const colour = series.slot === null ? null : (theme.series[series.slot - 1] ?? theme.other);
    const solid = colour ?? hatch(theme);
    const light = colour === null ? hatch(theme, 0.72) : faded(colour, 0.72);
    return {
      label: series.label,
      // nothing is no bar: a zero would get the least length too
      data: series.values.map((value) => (value === 0 ? null : value)),
      backgroundColor: data.bars.map((bar) => (bar.now ? light : solid)),
      hoverBackgroundColor: data.bars.map((bar) => (bar.now ? light : solid)),
      borderColor: theme.surface,
      borderWidth: { top: 1, right: 0, bottom: 0, left: 0 },
      borderSkipped: false as const,
      categoryPercentage: 0.64,
      barPercentage: 1,
      maxBarThickness: 44,
      // a pixel of colour and the pixel of the gap
      minBarLength: 2,
      stack: data.isGrouped ? series.label : 'all',
    };
  });
}

function optionsOf(data: BarChartData, theme: ChartTheme): ChartOptions<'bar'> {
  const totals = data.bars.map((_, bar) => barHeight(data, bar));
  // values are integers, so a step is at least one
  const step = Math.max(1, axisStep(Math.max(0, ...totals) / data.unit, 5) * data.unit);
  const lowest = Math.min(0, ...totals, ...(data.isGrouped ? data.series.flatMap((one) => one.values) : []));
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    events: [],
    layout: { padding: { ...backdropRoom, left: 0, right: 2 } },
    scales: {
      x: { stacked: true, display: false },
      y: {
        stacked: true,
        min: Math.floor(lowest / step) * step,
        max: Math.max(step, Math.ceil(Math.max(0, ...totals) / step) * step),
        border: { display: false },
        grid: {
          drawTicks: false,
          lineWidth: 1,
          color: (line) => (line.tick.value === 0 ? theme.axis : theme.grid),
        },
        ticks: {
          stepSize: step,
          padding: 8,
          color: theme.text3,
          font: { family: theme.fontFamily, size: 11, weight: 420 },
          callback: (value) => data.formatAxis(Math.round(Number(value))),
        },
      },
    },
  };
}

function barAt(chart: Chart<'bar'> | null, event: MouseEvent, bars: number): number | null {
  if (!chart) return null;
  const x = event.clientX - chart.canvas.getBoundingClientRect().left - chart.chartArea.left;
  const bar = Math.floor((x / chart.chartArea.width) * bars);
  return bar >= 0 && bar < bars ? bar : null;
}

function keyTarget(key: string, active: number | null, bars: number): number | null {
  const last = bars - 1;
  if (key === 'ArrowRight') return active === null ? 0 : Math.min(last, active + 1);
  if (key === 'ArrowLeft') return active === null ? last : Math.max(0, active - 1);
  if (key === 'Home') return 0;
  return key === 'End' ? last : null;
}

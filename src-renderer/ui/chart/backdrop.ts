import type { Chart, Plugin } from 'chart.js';
import type { BarChartData } from './bars.ts';
import { insideX, labelledEvery } from './bars.ts';
import type { ChartTheme } from './chart-theme.ts';

export interface BackdropState {
  readonly data: BarChartData;
  readonly theme: ChartTheme;
  readonly active: number | null;
}

const labelRoom = 28;
const eventRoom = 14;

/**
 * What stands behind and under the bars: weekend bands, the chosen bar's band, events, the day and weekday labels.
 * `read` is asked on every draw, so that hovering needs no new chart.
 */
export function backdrop(read: () => BackdropState): Plugin<'bar'> {
  return {
    id: 'backdrop',
    beforeDatasetsDraw(chart) {
      const state = read();
      drawBands(chart, state);
    },
    afterDatasetsDraw(chart) {
      const state = read();
      drawEvents(chart, state);
      drawLabels(chart, state);
    },
  };
}

function stepWidth(chart: Chart<'bar'>, bars: number): number {
  return chart.chartArea.width / Math.max(1, bars);
}

function centreOf(chart: Chart<'bar'>, bar: number, bars: number): number {
  return chart.chartArea.left + stepWidth(chart, bars) * (bar + 0.5);
}

function drawBands(chart: Chart<'bar'>, { data, theme, active }: BackdropState): void {
  const { ctx, chartArea } = chart;
  const step = stepWidth(chart, data.bars.length);
  const band = (bar: number, colour: string) => {
    ctx.fillStyle = colour;
    ctx.fillRect(chartArea.left + step * bar, chartArea.top, step, chartArea.height);
  };
  ctx.save();
  // behind the gridlines, which are drawn before any dataset
  ctx.globalCompositeOperation = 'destination-over';
  if (active !== null) band(active, theme.accentSoft);
  data.bars.forEach((bar, index) => {
    if (bar.weekend && index !== active) band(index, theme.sunken);
  });
  ctx.restore();
}

function drawEvents(chart: Chart<'bar'>, { data, theme }: BackdropState): void {
  const { ctx, chartArea } = chart;
  ctx.save();
  ctx.font = `420 11px ${theme.fontFamily}`;
  ctx.textBaseline = 'middle';
  let freeFrom = Number.NEGATIVE_INFINITY;
  for (const event of data.events) {
    const x = Math.round(centreOf(chart, event.bar, data.bars.length)) + 0.5;
    const y = chartArea.top - eventRoom / 2;
    ctx.strokeStyle = theme.borderStrong;
    ctx.setLineDash([2, 2]);
    ctx.beginPath();
    ctx.moveTo(x, y + 6);
    ctx.lineTo(x, Math.max(y + 6, topOf(chart, data, event.bar) - 4));
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.strokeStyle = theme.text2;
    ctx.fillStyle = theme.surface;
    ctx.beginPath();
    for (const [dx, dy] of [
      [0, -5],
      [5, 0],
      [0, 5],
      [-5, 0],
    ] as const)
      ctx.lineTo(x + dx, y + dy);
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
    const width = ctx.measureText(event.label).width;
    const toLeft = x + 9 + width > chartArea.right;
    const start = toLeft ? x - 9 - width : x + 9;
    if (start < freeFrom) continue;
    ctx.fillStyle = theme.text2;
    ctx.fillText(event.label, start, y);
    freeFrom = start + width + 8;
  }
  ctx.restore();
}

function topOf(chart: Chart<'bar'>, data: BarChartData, bar: number): number {
  const tops = data.series.map(
    (_, index) => chart.getDatasetMeta(index).data[bar]?.y ?? chart.chartArea.bottom,
  );
  return Math.min(chart.chartArea.bottom, ...tops);
}

function drawLabels(chart: Chart<'bar'>, { data, theme, active }: BackdropState): void {
  const { ctx, chartArea } = chart;
  const every = labelledEvery(data.bars.length, chartArea.width, widest(ctx, data, theme) + 8);
  const last = data.bars.length - 1;
  ctx.save();
  ctx.textAlign = 'center';
  ctx.textBaseline = 'alphabetic';
  data.bars.forEach((bar, index) => {
    const strong = bar.now || index === active;
    if (!strong && (last - index) % every !== 0) return;
    const isNear = active !== null && index !== active && Math.abs(index - active) < every;
    if (isNear && !bar.now) return;
    const centre = centreOf(chart, index, data.bars.length);
    const write = (text: string, y: number) =>
      ctx.fillText(text, insideX(centre, ctx.measureText(text).width, chart.width), y);
    ctx.fillStyle = strong ? theme.text : theme.text3;
    ctx.font = labelFont(theme, strong);
    write(bar.label, chartArea.bottom + 15);
    ctx.font = `${strong ? 520 : 420} 10px ${theme.fontFamily}`;
    write(bar.now ? 'now' : bar.subLabel, chartArea.bottom + labelRoom - 1);
  });
  ctx.restore();
}

function widest(ctx: CanvasRenderingContext2D, data: BarChartData, theme: ChartTheme): number {
  ctx.save();
  ctx.font = labelFont(theme, true);
  const widths = data.bars.map((bar) => ctx.measureText(bar.label).width);
  ctx.restore();
  return Math.max(14, ...widths);
}

function labelFont(theme: ChartTheme, strong: boolean): string {
  return `${strong ? 520 : 420} 11px ${theme.fontFamily}`;
}

/** Space the backdrop needs around the plot. */
export const backdropRoom = { top: eventRoom, bottom: labelRoom };

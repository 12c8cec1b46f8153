import type { Slot } from '../series.ts';

/** One bar of a stacked chart. */
export interface Bar {
  readonly label: string;
  readonly subLabel: string;
  /** In the tooltip and the table. */
  readonly title: string;
  readonly weekend: boolean;
  /** Not over yet: drawn lighter and marked "now". */
  readonly now: boolean;
  /** Tooltip's last line, e.g. `412 records`. */
  readonly foot: string;
  readonly href: string;
}

/** One colour of the stacks; the first is at the bottom. */
export interface BarSeries {
  readonly label: string;
  /** null is drawn hatched, as "others". */
  readonly slot: Slot | null;
  readonly values: readonly number[];
}

/** Something that happened in a bar's time but is no part of it. */
export interface BarEvent {
  readonly bar: number;
  readonly label: string;
}

export interface BarChartData {
  readonly bars: readonly Bar[];
  readonly series: readonly BarSeries[];
  /** The series stand beside each other instead of on top: they are compared, never added up. */
  readonly isGrouped?: boolean;
  readonly events: readonly BarEvent[];
  /** Text of a value. */
  readonly format: (value: number) => string;
  /** Texts of values that are read together, as in a tooltip. */
  readonly formatList: (values: readonly number[]) => readonly string[];
  /** What one unit on screen is in values (a euro in nano-USD): the steps of the axis are round in it. */
  readonly unit: number;
  /** Short text for the axis; values are whole. */
  readonly formatAxis: (value: number) => string;
}

/** Sum of a bar over all series. */
export function barTotal(series: readonly BarSeries[], bar: number): number {
  return series.reduce((sum, one) => sum + (one.values[bar] ?? 0), 0);
}

/** How high a bar reaches: the sum of a stack, the largest of a group. */
export function barHeight(
  { series, isGrouped }: Pick<BarChartData, 'series' | 'isGrouped'>,
  bar: number,
): number {
  return isGrouped ? Math.max(0, ...series.map((one) => one.values[bar] ?? 0)) : barTotal(series, bar);
}

/** Which bars have their label written, so that none touch: every one, or every second, third … counted from the last. */
export function labelledEvery(barCount: number, width: number, labelWidth: number): number {
  return Math.max(1, Math.ceil((barCount * labelWidth) / Math.max(1, width)));
}

/** Where a centred text of `width` px stands so that neither end leaves a canvas `room` px wide. */
export function insideX(centre: number, width: number, room: number): number {
  return Math.max(width / 2, Math.min(room - width / 2, centre));
}

/** A round axis step of 1, 2, 2.5 or 5 times a power of ten for at most `most` steps up to `largest`. */
export function axisStep(largest: number, most: number): number {
  if (largest <= 0) return 1;
  const rough = largest / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

import type { BarSeries } from './bars.ts';
import type { ChartTheme } from './chart-theme.ts';
import { hatch } from './paint.ts';

interface PictureOptions {
  readonly title: string;
  readonly series: readonly BarSeries[];
  readonly theme: ChartTheme;
}

const pad = 16;
const lineHeight = 18;
const swatch = 8;

/** A chart as a picture that stands alone: on the colour of its card, with its title and the names of its colours. */
export function chartPicture(canvas: HTMLCanvasElement, options: PictureOptions): HTMLCanvasElement | null {
  const ratio = canvas.width / Math.max(1, canvas.clientWidth);
  const measure = document.createElement('canvas').getContext('2d');
  if (!measure) return null;
  const width = canvas.clientWidth + 2 * pad;
  const places = legendPlaces(measure, options, width - 2 * pad);
  const head = pad + lineHeight + ((places.at(-1)?.line ?? 0) + 1) * lineHeight + 6;
  const picture = document.createElement('canvas');
  picture.width = width * ratio;
  picture.height = (head + canvas.clientHeight + pad) * ratio;
  const context = picture.getContext('2d');
  if (!context) return null;
  context.scale(ratio, ratio);
  context.fillStyle = options.theme.surface;
  context.fillRect(0, 0, picture.width, picture.height);
  drawHead(context, options, places);
  context.drawImage(canvas, pad, head, canvas.clientWidth, canvas.clientHeight);
  return picture;
}

interface Place {
  readonly x: number;
  readonly line: number;
}

function legendPlaces(
  context: CanvasRenderingContext2D,
  { series, theme }: PictureOptions,
  width: number,
): readonly Place[] {
  context.font = `420 11px ${theme.fontFamily}`;
  let x = 0;
  let line = 0;
  return series.map((one) => {
    const length = swatch + 5 + context.measureText(one.label).width;
    if (x > 0 && x + length > width) {
      x = 0;
      line += 1;
    }
    const place = { x, line };
    x += length + 12;
    return place;
  });
}

function drawHead(
  context: CanvasRenderingContext2D,
  { title, series, theme }: PictureOptions,
  places: readonly Place[],
): void {
  context.textBaseline = 'middle';
  context.fillStyle = theme.text;
  context.font = `600 13px ${theme.fontFamily}`;
  context.fillText(title, pad, pad + lineHeight / 2);
  context.font = `420 11px ${theme.fontFamily}`;
  series.forEach((one, index) => {
    const { x, line } = places[index] ?? { x: 0, line: 0 };
    const y = pad + lineHeight * (line + 1.5);
    context.fillStyle = one.slot === null ? hatch(theme) : (theme.series[one.slot - 1] ?? theme.other);
    context.fillRect(pad + x, y - swatch / 2, swatch, swatch);
    context.fillStyle = theme.text2;
    context.fillText(one.label, pad + x + swatch + 5, y);
  });
}

import type { ChartTheme } from './chart-theme.ts';

/** `#rrggbb` with an opacity of 0 to 1. */
export function faded(hex: string, opacity: number): string {
  return (
    hex +
    Math.round(opacity * 255)
      .toString(16)
      .padStart(2, '0')
  );
}

const patternSize = 6;

/** The hatch of "others" for canvas, the same as in swatches. */
export function hatch(theme: ChartTheme, opacity = 1): CanvasPattern | string {
  const tile = document.createElement('canvas');
  const ratio = window.devicePixelRatio || 1;
  tile.width = patternSize * ratio;
  tile.height = patternSize * ratio;
  const context = tile.getContext('2d');
  if (!context) return theme.other;
  context.scale(ratio, ratio);
  context.globalAlpha = opacity;
  context.fillStyle = theme.sunken;
  context.fillRect(0, 0, patternSize, patternSize);
  context.strokeStyle = theme.other;
  context.lineWidth = 1.4;
  for (const shift of [-patternSize, -patternSize / 2, 0, patternSize / 2, patternSize]) {
    context.beginPath();
    context.moveTo(shift - 1, patternSize + 1);
    context.lineTo(shift + patternSize + 1, -1);
    context.stroke();
  }
  const pattern = context.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern ?? theme.other;
}

import { Swatch } from '../swatch.tsx';
import type { BarSeries } from './bars.ts';

/** Names of the colours, left to right as they lie bottom to top. */
export function Legend({ series }: { readonly series: readonly BarSeries[] }) {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-text-2 text-xs">
      {series.map((one) => (
        <li key={one.label} className="flex max-w-52 items-center gap-1.25 whitespace-nowrap">
          <Swatch slot={one.slot} />
          <span className="truncate">{one.label}</span>
        </li>
      ))}
    </ul>
  );
}

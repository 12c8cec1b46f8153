import { type KeyboardEvent, useRef, useState } from 'react';
import { cx } from '../../ui/cx.ts';
import { weekdayNames } from '../../ui/dates.ts';
import { useView } from '../../ui/use-view.ts';
import { activityHref } from '../../ui/view.ts';
import { type HeatGrid, heatStep } from './heat.ts';
import type { MeasureFormat } from './use-format.ts';

interface HeatCellsProps {
  readonly grid: HeatGrid;
  readonly format: MeasureFormat;
}

interface Place {
  readonly row: number;
  readonly hour: number;
}

const steps = ['bg-heat-0', 'bg-heat-1', 'bg-heat-2', 'bg-heat-3', 'bg-heat-4', 'bg-heat-5'] as const;
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** A grid with one tab stop: arrow keys move, every cell is a link to its records. */
export function HeatCells({ grid, format }: HeatCellsProps) {
  const { view } = useView();
  const [place, setPlace] = useState<Place>({ row: 0, hour: 9 });
  const [shown, setShown] = useState<Place | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moved(place, event.key, grid.rows.length);
    if (!next) return;
    event.preventDefault();
    setPlace(next);
    root.current?.querySelector<HTMLElement>(`[data-place="${next.row}-${next.hour}"]`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be laid out as even cells
    <div
      ref={root}
      role="grid"
      tabIndex={-1}
      aria-label="Usage by weekday and hour; arrow keys move"
      className="relative flex flex-col gap-0.5"
      onKeyDown={onKeyDown}
      onMouseLeave={() => setShown(null)}
      onBlur={() => setShown(null)}
    >
      {grid.rows.map((row, index) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: the cells take the focus
        <div
          key={row.weekday}
          role="row"
          className="grid grid-cols-[28px_repeat(24,minmax(0,1fr))] items-center gap-0.5"
        >
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: a heading of a row */}
          <span role="rowheader" className="text-text-3 text-xs">
            {weekdayNames[row.weekday]}
          </span>
          {row.values.map((value, hour) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: the link in it takes the focus
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the hour
            <span key={hour} role="gridcell" className="flex">
              <a
                data-place={`${index}-${hour}`}
                href={activityHref(view, { weekday: row.weekday, hour })}
                tabIndex={place.row === index && place.hour === hour ? 0 : -1}
                onMouseEnter={() => setShown({ row: index, hour })}
                onFocus={() => {
                  setPlace({ row: index, hour });
                  setShown({ row: index, hour });
                }}
                className={cx(
                  'h-5.5 flex-1 rounded-xs hover:outline-1 hover:outline-text-2 hover:outline-solid focus-visible:z-1 focus-visible:outline-offset-1',
                  steps[heatStep(value, grid.largest)],
                )}
              >
                <span className="sr-only">{`${weekdayNames[row.weekday]} ${span(hour)}: ${format.text(value)}`}</span>
              </a>
            </span>
          ))}
        </div>
      ))}
      <div
        aria-hidden
        className="tnum grid grid-cols-[28px_repeat(24,minmax(0,1fr))] gap-0.5 text-text-3 text-xs"
      >
        <span />
        {hours
          .filter((hour) => hour % 6 === 0)
          .map((hour) => (
            <span key={hour} className="col-span-6">
              {clock(hour)}
            </span>
          ))}
      </div>
      {shown && <HeatTip grid={grid} place={shown} format={format} />}
    </div>
  );
}

/** Stands above its cell, or below it in the upper rows, never over it. */
function HeatTip({ grid, place, format }: HeatCellsProps & { readonly place: Place }) {
  const row = grid.rows[place.row];
  if (!row) return null;
  const below = place.row < 2;
  const rowHeight = 24;
  const side =
    place.hour < 12
      ? { left: `calc(30px + (100% - 30px) * ${place.hour} / 24)` }
      : { right: `calc((100% - 30px) * ${23 - place.hour} / 24)` };
  return (
    <div
      aria-hidden
      style={{
        ...side,
        top: below ? rowHeight * (place.row + 1) + 4 : rowHeight * place.row - 6,
        transform: below ? undefined : 'translateY(-100%)',
      }}
      className="tnum pointer-events-none absolute z-10 flex gap-3 whitespace-nowrap rounded-md border bg-raised px-2 py-1 text-xs shadow-pop"
    >
      <span>
        {weekdayNames[row.weekday]} {span(place.hour)}
      </span>
      <b className="font-semibold">{format.text(row.values[place.hour] ?? 0)}</b>
    </div>
  );
}

function moved({ row, hour }: Place, key: string, rows: number): Place | null {
  switch (key) {
    case 'ArrowRight':
      return { row, hour: Math.min(23, hour + 1) };
    case 'ArrowLeft':
      return { row, hour: Math.max(0, hour - 1) };
    case 'ArrowDown':
      return { row: Math.min(rows - 1, row + 1), hour };
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), hour };
    case 'Home':
      return { row, hour: 0 };
    case 'End':
      return { row, hour: 23 };
    default:
      return null;
  }
}

function clock(hour: number): string {
  return `${String(hour % 24).padStart(2, '0')}:00`;
}

function span(hour: number): string {
  return `${clock(hour)}–${clock(hour + 1)}`;
}

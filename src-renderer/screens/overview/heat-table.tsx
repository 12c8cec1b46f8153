import { weekdayNames } from '../../ui/dates.ts';
import { Cell, HeadCell, Row, Table } from '../../ui/table.tsx';
import type { HeatGrid } from './heat.ts';
import type { MeasureFormat } from './use-format.ts';

/** The heat map as a table: hours down, weekdays across, only hours with usage. */
export function HeatTable({ grid, format }: { readonly grid: HeatGrid; readonly format: MeasureFormat }) {
  const hours = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) =>
    grid.rows.some((row) => row.values[hour]),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keyboard
    <section aria-label="Hour and weekday, table" tabIndex={0} className="-mx-4 h-46 overflow-auto">
      <Table className="table-auto!">
        <thead>
          <tr>
            <HeadCell>Hour</HeadCell>
            {grid.rows.map((row) => (
              <HeadCell key={row.weekday} align="right">
                {weekdayNames[row.weekday]}
              </HeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((hour) => (
            <Row key={hour}>
              <Cell className="tnum">{String(hour).padStart(2, '0')}:00</Cell>
              {grid.rows.map((row) => (
                <Cell key={row.weekday} align="right">
                  {row.values[hour] ? format.text(row.values[hour]) : '–'}
                </Cell>
              ))}
            </Row>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

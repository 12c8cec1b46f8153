import { formatMoment } from '../../../ui/dates.ts';
import { formatAmount } from '../../../ui/decimal-text.ts';
import { Cell, HeadCell, Row, Table } from '../../../ui/table.tsx';
import { useView } from '../../../ui/use-view.ts';
import type { BalanceSeries } from './balance-series.ts';

/** Rows drawn at once; the CSV has all. */
const mostRows = 500;

/** The readings one by one, newest first. */
export function BalanceTable({
  series,
  height,
}: {
  readonly series: BalanceSeries;
  readonly height: number;
}) {
  const { zone, today } = useView();
  const rows = series.readings.toReversed().slice(0, mostRows);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keyboard
    <section aria-label="Balance, table" tabIndex={0} className="-mx-4 overflow-auto" style={{ height }}>
      <Table>
        <thead>
          <tr>
            <HeadCell>Read at</HeadCell>
            <HeadCell align="right">Available</HeadCell>
          </tr>
        </thead>
        <tbody>
          {rows.map((reading) => (
            <Row key={reading.at}>
              <Cell className="tnum">{formatMoment(reading.at, zone, today)}</Cell>
              <Cell align="right" title={`${reading.available} ${series.currency}`}>
                {formatAmount(reading.available, series.currency)}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

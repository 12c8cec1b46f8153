import { Swatch } from '../swatch.tsx';
import { Cell, HeadCell, Row, Table } from '../table.tsx';
import { type BarChartData, barTotal } from './bars.ts';

/** The same chart as a table: one row per bar, newest first, with its total and every part. */
export function BarsTable({
  data,
  height,
  caption,
}: {
  data: BarChartData;
  height: number;
  caption: string;
}) {
  const order = data.bars.map((_, index) => data.bars.length - 1 - index);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keyboard
    <section aria-label={`${caption}, table`} tabIndex={0} className="-mx-4 overflow-auto" style={{ height }}>
      <Table className="table-auto!">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <HeadCell>Date</HeadCell>
            {!data.isGrouped && <HeadCell align="right">Total</HeadCell>}
            {data.series.map((series) => (
              <HeadCell key={series.label} align="right">
                <span className="inline-flex items-center gap-1.25">
                  <Swatch slot={series.slot} />
                  {series.label}
                </span>
              </HeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {order.map((index) => (
            <Row key={data.bars[index]?.title}>
              <Cell className="whitespace-nowrap">
                <a href={data.bars[index]?.href} className="hover:underline">
                  {data.bars[index]?.title}
                </a>
              </Cell>
              {!data.isGrouped && (
                <Cell align="right" className="font-medium">
                  {data.format(barTotal(data.series, index))}
                </Cell>
              )}
              {data.series.map((series) => (
                <Cell key={series.label} align="right">
                  {series.values[index] ? data.format(series.values[index]) : '–'}
                </Cell>
              ))}
            </Row>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

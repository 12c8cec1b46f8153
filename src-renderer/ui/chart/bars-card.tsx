import type { Chart } from 'chart.js';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { Card, CardBody, CardHead } from '../card.tsx';
import type { BarChartData } from './bars.ts';
import { BarsTable } from './bars-table.tsx';
import { useChartTheme } from './chart-theme.ts';
import { ChartTools } from './chart-tools.tsx';
import { Legend } from './legend.tsx';
import { chartPicture } from './picture.ts';

/** The chart's library is most of a screen's code: the figures do not wait for it. */
const StackedBars = lazy(async () => ({ default: (await import('./stacked-bars.tsx')).StackedBars }));

interface BarsCardProps {
  readonly title: string;
  /** What the chart says, in words. */
  readonly label: string;
  readonly data: BarChartData;
  readonly height: number;
  /** Figures for the CSV file, under their titles. */
  readonly rows: () => readonly (readonly (string | number)[])[];
  /** Over the picture; the title where left out. */
  readonly pictureTitle?: string;
  /** Beside the title. */
  readonly sum?: ReactNode;
  /** Before the table view and the export. */
  readonly tools?: ReactNode;
}

/** A card with bars, also as a table, as a picture and as CSV. */
export function BarsCard({
  title,
  label,
  data,
  height,
  rows,
  pictureTitle = title,
  sum,
  tools,
}: BarsCardProps) {
  const theme = useChartTheme();
  const chart = useRef<Chart<'bar'> | null>(null);
  const [asTable, setAsTable] = useState(false);
  const picture = () =>
    chart.current
      ? chartPicture(chart.current.canvas, { title: pictureTitle, series: data.series, theme })
      : null;
  return (
    <Card aria-label={title}>
      <CardHead
        title={title}
        sum={sum}
        tools={
          <>
            {tools}
            <ChartTools {...{ title, rows, picture, asTable }} onTable={setAsTable} />
          </>
        }
      />
      <CardBody className="flex flex-1 flex-col">
        {!asTable && <Legend series={data.series} />}
        {asTable ? (
          <BarsTable data={data} height={height} caption={title} />
        ) : (
          <Suspense fallback={<div style={{ minHeight: height }} />}>
            <StackedBars
              data={data}
              label={label}
              minHeight={height}
              chartRef={(instance) => {
                chart.current = instance;
              }}
            />
          </Suspense>
        )}
      </CardBody>
    </Card>
  );
}

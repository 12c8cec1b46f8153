import { useMemo, useState } from 'react';
import { useRoute } from '../../api/client.ts';
import { Card, CardBody, CardHead } from '../../ui/card.tsx';
import { ChartTools } from '../../ui/chart/chart-tools.tsx';
import { usdCell } from '../../ui/csv.ts';
import { weekdayNames } from '../../ui/dates.ts';
import { useMoney } from '../../ui/use-money.ts';
import { useView } from '../../ui/use-view.ts';
import { type HeatGrid, heatGrid } from './heat.ts';
import { HeatCells } from './heat-cells.tsx';
import { HeatTable } from './heat-table.tsx';
import { type Measure, measureWords } from './measure.ts';
import { useFormat } from './use-format.ts';

const title = 'Hour and weekday';
const scale = ['bg-heat-0', 'bg-heat-1', 'bg-heat-2', 'bg-heat-3', 'bg-heat-4', 'bg-heat-5'] as const;

/** When usage happens: one hue, six steps, hours across and weekdays down. */
export function HeatCard({ measure, className }: { readonly measure: Measure; readonly className?: string }) {
  const { filters, zone } = useView();
  const { money } = useMoney();
  const format = useFormat(measure);
  const [asTable, setAsTable] = useState(false);
  const weekStart = useRoute('settings.get', {}).data?.settings.weekStart ?? 'monday';
  const heat = useRoute('report.heat', { filters }, { keepPrevious: true }).data;
  const grid = useMemo(() => (heat ? heatGrid(heat, measure, weekStart) : null), [heat, measure, weekStart]);
  const csv = () => (grid ? csvRows(grid, measure) : []);
  return (
    <Card aria-label={title} {...(className !== undefined && { className })}>
      <CardHead
        title={title}
        sum={measureWords[measure] ?? undefined}
        tools={<ChartTools title={title} rows={csv} asTable={asTable} onTable={setAsTable} />}
      />
      <CardBody className="flex flex-1 flex-col gap-2">
        {grid && grid.largest > 0 && !asTable && <HeatCells grid={grid} format={format} />}
        {grid && grid.largest > 0 && asTable && <HeatTable grid={grid} format={format} />}
        {grid && grid.largest === 0 && (
          <p className="text-sm text-text-2">No record of this range states an hour.</p>
        )}
        <div className="mt-auto flex items-center justify-between gap-3 text-text-3 text-xs">
          <span className="truncate">{zone}</span>
          {grid && grid.largest > 0 && (
            <span className="tnum flex shrink-0 items-center gap-1">
              {format.axis(0)}
              {scale.map((step) => (
                <i key={step} aria-hidden className={`h-2 w-3.5 rounded-xs ${step}`} />
              ))}
              {format.text(grid.largest)}
            </span>
          )}
        </div>
        {heat && heat.withoutHourNanoUsd > 0 && (
          <p className="tnum text-text-3 text-xs">
            {money(heat.withoutHourNanoUsd)} {grid && grid.largest > 0 && 'more '}is billed by the day,
            without an hour
          </p>
        )}
      </CardBody>
    </Card>
  );
}

function csvRows(grid: HeatGrid, measure: Measure): readonly (readonly (string | number)[])[] {
  const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
  const value = (amount: number) => (measure === 'requests' ? amount : usdCell(amount));
  return [
    ['Weekday', ...hours],
    ...grid.rows.map((row) => [weekdayNames[row.weekday] ?? '', ...row.values.map(value)]),
  ];
}

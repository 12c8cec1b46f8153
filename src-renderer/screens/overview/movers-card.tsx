import { type ReactNode, useMemo, useState } from 'react';
import type { ReportRow } from '../../../src-preload/contract/report.ts';
import { useRoute } from '../../api/client.ts';
import { Card, CardHead } from '../../ui/card.tsx';
import { formatRange } from '../../ui/dates.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { assignSlots } from '../../ui/series.ts';
import { Swatch } from '../../ui/swatch.tsx';
import { useView } from '../../ui/use-view.ts';
import { activityHref } from '../../ui/view.ts';
import type { Measure } from './measure.ts';
import { type Mover, moversOf, periodBefore } from './movers.ts';
import { filterFor } from './names.ts';
import { rank } from './ranking.ts';
import { type MeasureFormat, useFormat } from './use-format.ts';

const mostRows = 5;
const noRows: readonly ReportRow[] = [];
const kinds = [
  { value: 'model', label: 'Models' },
  { value: 'project', label: 'Projects' },
] as const;

/** The largest differences to the range before; what does not fit is summed up, so that the column is the net change. */
export function MoversCard({ measure }: { readonly measure: Measure }) {
  const { view, filters, dates, today } = useView();
  const [by, setBy] = useState<'model' | 'project'>('model');
  const format = useFormat(measure);
  const before = periodBefore(dates);
  const now = useRoute('report.run', { by: [by], filters }, { keepPrevious: true }).data?.rows ?? noRows;
  const earlierFilters = { ...filters, ...before };
  const was =
    useRoute('report.run', { by: [by], filters: earlierFilters }, { keepPrevious: true }).data?.rows ??
    noRows;
  const movers = useMemo(() => moversOf(was, now, by, measure), [was, now, by, measure]);
  const slots = useMemo(
    () => assignSlots(rank(now, by, measure, 7).ranks.flatMap((one) => one.name ?? [])),
    [now, by, measure],
  );
  const shown = movers.length > mostRows ? movers.slice(0, mostRows - 1) : movers;
  const rest = movers.slice(shown.length);
  const net = movers.reduce((sum, mover) => sum + mover.change, 0);
  const largest = Math.max(0, ...movers.map((mover) => Math.abs(mover.change)));
  return (
    <Card aria-label="What changed">
      <CardHead
        title="What changed"
        sum={movers.length > 0 && <span title={format.exact(net)}>{format.change(net)} net</span>}
        tools={<Segmented small label="Changes of" options={kinds} value={by} onChange={setBy} />}
      />
      {movers.length === 0 ? (
        <p className="px-4 pt-1 pb-4 text-sm text-text-2">
          Nothing to compare with {formatRange(before.from, before.to, today)}.
        </p>
      ) : (
        <ul className="pb-1">
          {shown.map((mover) => (
            <MoverRow
              key={mover.name}
              mover={mover}
              swatch={by === 'model' && <Swatch slot={slots.get(mover.name) ?? null} />}
              href={activityHref(view, filterFor(by, [mover.name]))}
              largest={largest}
              format={format}
            />
          ))}
          {rest.length > 0 && (
            <li className="flex h-9 items-center justify-between border-t border-t-grid px-4 text-sm text-text-2">
              <span>{rest.length} more</span>
              <span className="tnum">
                {format.change(rest.reduce((sum, mover) => sum + mover.change, 0))}
              </span>
            </li>
          )}
        </ul>
      )}
    </Card>
  );
}

interface MoverRowProps {
  readonly mover: Mover;
  readonly swatch: ReactNode;
  readonly href: string;
  readonly largest: number;
  readonly format: MeasureFormat;
}

function MoverRow({ mover, swatch, href, largest, format }: MoverRowProps) {
  const title = `${format.text(mover.before)} before, ${format.text(mover.after)} now`;
  return (
    <li className="border-t-grid px-4 not-first:border-t hover:bg-hover">
      <a href={href} title={title} className="group flex h-10 items-center gap-2 rounded-sm">
        {swatch}
        <span className="min-w-0 flex-1 leading-3.5">
          <span className="block truncate text-sm group-hover:underline">{mover.label}</span>
          <span className="block truncate text-text-3 text-xs">{mover.reason}</span>
        </span>
        <ChangeBar share={largest === 0 ? 0 : mover.change / largest} />
        <span className="tnum w-18 text-right text-sm">{format.change(mover.change)}</span>
      </a>
    </li>
  );
}

/** Grows from a zero line: more to the right, less to the left. */
function ChangeBar({ share }: { readonly share: number }) {
  const width = `${Math.abs(share) * 50}%`;
  return (
    <span aria-hidden className="relative h-3 w-16 shrink-0">
      <i className="absolute inset-y-0 left-1/2 w-px bg-axis" />
      <i
        className={
          share > 0
            ? 'absolute inset-y-0 left-1/2 min-w-px bg-text-3'
            : 'absolute inset-y-0 right-1/2 min-w-px bg-border-strong'
        }
        style={{ width }}
      />
    </span>
  );
}

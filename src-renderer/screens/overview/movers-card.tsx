import { type ReactNode, useMemo, useState } from 'react';
import type { ReportRow } from '../../../src-preload/contract/report.ts';
import { useRoute } from '../../api/client.ts';
import { Card, CardHead } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { formatRange } from '../../ui/dates.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Swatch } from '../../ui/swatch.tsx';
import { useSlots } from '../../ui/use-slots.ts';
import { useView } from '../../ui/use-view.ts';
import { activityHref } from '../../ui/view.ts';
import { type Measure, measureWords } from './measure.ts';
import { type Mover, moversOf, periodBefore } from './movers.ts';
import { filterFor } from './names.ts';
import { rank } from './ranking.ts';
import { type MeasureFormat, useFormat } from './use-format.ts';

const mostRows = 4;
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
  const slotsOf = useSlots(by);
  const slots = useMemo(
    () =>
      slotsOf([
        ...rank(now, by, measure, 7).ranks.flatMap((one) => one.name ?? []),
        ...movers.map((one) => one.name),
      ]),
    [now, by, measure, movers, slotsOf],
  );
  const shown = movers.length > mostRows ? movers.slice(0, mostRows) : movers;
  const rest = movers.slice(shown.length);
  const net = sumOf(movers);
  const largest = Math.max(0, ...movers.map((mover) => Math.abs(mover.change)));
  return (
    <Card aria-label="What changed">
      <CardHead
        title="What changed"
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
          {rest.length > 0 && <SumRow label={`${rest.length} more`} value={format.change(sumOf(rest))} />}
          <SumRow
            strong
            label={measure === 'cash' ? 'Net change' : `Net change, ${measureWords[measure]}`}
            value={format.change(net)}
            title={format.exact(net)}
          />
        </ul>
      )}
    </Card>
  );
}

function sumOf(movers: readonly Mover[]): number {
  return movers.reduce((sum, mover) => sum + mover.change, 0);
}

interface SumRowProps {
  readonly label: string;
  readonly value: string;
  readonly title?: string;
  readonly strong?: boolean;
}

function SumRow({ label, value, title, strong }: SumRowProps) {
  return (
    <li
      className={cx(
        'flex h-9 items-center justify-between border-t border-t-grid px-4 text-sm',
        !strong && 'text-text-2',
      )}
    >
      <span>{label}</span>
      <span title={title} className={cx('tnum', strong && 'font-semibold')}>
        {value}
      </span>
    </li>
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
          <span className="block truncate text-text-3 text-xs">
            {mover.reason ?? `from ${format.text(mover.before)}`}
          </span>
        </span>
        <ChangeBar share={largest === 0 ? 0 : mover.change / largest} />
        <span className="tnum w-16 text-right text-sm">{format.change(mover.change)}</span>
      </a>
    </li>
  );
}

/** Grows from a zero line: more to the right, less to the left. */
function ChangeBar({ share }: { readonly share: number }) {
  const width = `${Math.abs(share) * 50}%`;
  return (
    <span aria-hidden className="relative h-3 w-12 shrink-0">
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

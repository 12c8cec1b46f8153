import { type ReactNode, useMemo, useState } from 'react';
import type { ReportRow } from '../../../src-preload/contract/report.ts';
import { useRoute } from '../../api/client.ts';
import { Card, CardHead } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { formatDay, formatRange } from '../../ui/dates.ts';
import { Segmented } from '../../ui/segmented.tsx';
import type { Slot } from '../../ui/series.ts';
import { Swatch } from '../../ui/swatch.tsx';
import { useSlots } from '../../ui/use-slots.ts';
import { useView } from '../../ui/use-view.ts';
import { activityHref } from '../../ui/view.ts';
import { JumpRow } from './jump-row.tsx';
import { type Measure, measureWords } from './measure.ts';
import { isBeforeRecords, type Mover, moversOf, periodBefore } from './movers.ts';
import { filterFor, type MoverKey } from './names.ts';
import { rank } from './ranking.ts';
import { type MeasureFormat, useFormat } from './use-format.ts';

const mostRows = 4;
const noRows: readonly ReportRow[] = [];
const noSlots: ReadonlyMap<string, Slot> = new Map();
const kinds = [
  { value: 'model', label: 'Models' },
  { value: 'project', label: 'Projects' },
  { value: 'source', label: 'Sources' },
] as const satisfies readonly { readonly value: MoverKey; readonly label: string }[];

/** The largest differences to the range before; what does not fit is summed up, so that the column is the net change. */
export function MoversCard({ measure }: { readonly measure: Measure }) {
  const { view, filters, dates, today } = useView();
  const [by, setBy] = useState<MoverKey>('model');
  const format = useFormat(measure);
  const before = periodBefore(dates);
  const asked = useRoute('report.run', { by: [by], filters }, { keepPrevious: true });
  const now = asked.data?.rows ?? noRows;
  const earlierFilters = { ...filters, ...before };
  const askedBefore = useRoute('report.run', { by: [by], filters: earlierFilters }, { keepPrevious: true });
  const was = askedBefore.data?.rows ?? noRows;
  const isPending = asked.isPending || askedBefore.isPending;
  const { firstDay = null } = useRoute('app.info', {}).data ?? {};
  const isNew = isBeforeRecords(before, firstDay) && was.length === 0;
  const movers = useMemo(
    () => (isNew ? [] : moversOf(was, now, by, measure)),
    [isNew, was, now, by, measure],
  );
  const slotsOf = useSlots('model');
  const slots = useMemo(
    () =>
      by === 'model'
        ? slotsOf([
            ...rank(now, by, measure, 7).ranks.flatMap((one) => one.name ?? []),
            ...movers.map((one) => one.name),
          ])
        : noSlots,
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
      <JumpRow by={by} measure={measure} />
      {isPending ? (
        <div aria-busy className="h-45" />
      ) : movers.length === 0 ? (
        <p className="px-4 pt-2 pb-4 text-sm text-text-2">
          {isNew && firstDay !== null
            ? `The records begin on ${formatDay(firstDay, today)}: nothing before to compare with.`
            : `The same as ${formatRange(before.from, before.to, today)}.`}
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
  const title = `${mover.label}: ${format.text(mover.before)} before, ${format.text(mover.after)} now${mover.reason ? `, ${mover.reason}` : ''}`;
  return (
    <li className="border-t-grid px-4 not-first:border-t hover:bg-hover">
      <a href={href} title={title} className="group flex h-10 items-center gap-2 rounded-sm">
        {swatch}
        <span className="min-w-0 flex-1 leading-3.5">
          <span className="flex items-center gap-2 text-sm">
            <span className="min-w-0 flex-1 truncate group-hover:underline">{mover.label}</span>
            <ChangeBar share={largest === 0 ? 0 : mover.change / largest} />
          </span>
          <span className="block truncate text-text-3 text-xs">{reasonWords(mover, format)}</span>
        </span>
        <span className="tnum min-w-16 text-right text-sm">{format.change(mover.change)}</span>
      </a>
    </li>
  );
}

/** The figure it started from, and what moved it. */
function reasonWords({ before, reason }: Mover, format: MeasureFormat): string {
  if (before === 0) return reason ?? `from ${format.text(before)}`;
  return reason === null ? `from ${format.text(before)}` : `from ${format.text(before)}, ${reason}`;
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

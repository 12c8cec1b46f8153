// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active row
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { cx } from '../../ui/cx.ts';
import { SortButton } from '../../ui/table.tsx';
import { useMoney } from '../../ui/use-money.ts';
import { useView } from '../../ui/use-view.ts';
import { type ActivitySort, type Column, columnsFor, gridTemplate } from './columns.ts';
import { moveTo } from './pages.ts';
import { RecordRow } from './record-row.tsx';
import { useModelSlots } from './use-model-slots.ts';
import { type RecordQuery, useRecordsAt } from './use-records.ts';
import { useWidth } from './use-width.ts';

const rowHeight = 28;
/** Rows to draw as skeletons while nothing is known yet. */
const skeletonRows = 24;

interface RecordTableProps {
  readonly query: RecordQuery;
  /** Null while it is not known. */
  readonly total: number | null;
  /** The rows shown are still those of the query before. */
  readonly isStale: boolean;
  readonly onSort: (sort: ActivitySort) => void;
  readonly onOpen: (id: number) => void;
  /** The record whose sheet is open. */
  readonly opened: number | null;
}

/** Every matching record; only the rows in view exist, and their pages are fetched as they come into view. */
export function RecordTable({ query, total, isStale, onSort, onOpen, opened }: RecordTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [wanted, setWanted] = useState<number | null>(null);
  const rowId = useId();
  const count = total ?? skeletonRows;
  const list = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollPaddingStart: rowHeight,
  });
  const rows = list.getVirtualItems();
  const recordAt = useRecordsAt(query, total ?? 0, {
    first: rows[0]?.index ?? 0,
    last: rows.at(-1)?.index ?? 0,
  });
  const shown = columnsFor(useWidth(scroller) || Number.POSITIVE_INFINITY);
  const template = gridTemplate(shown);
  const { zone, today } = useView();
  const money = useMoney();
  const slots = useModelSlots(query.filters);

  const queryKey = JSON.stringify(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question starts at the top again
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setActive(0);
    setWanted(null);
  }, [queryKey]);

  const open = (index: number): void => {
    setActive(index);
    setWanted(index);
  };
  const wantedId = wanted === null ? null : (recordAt(wanted)?.id ?? null);
  useEffect(() => {
    // its page may still have been on its way when it was asked for
    if (wantedId === null) return;
    setWanted(null);
    onOpen(wantedId);
  }, [wantedId, onOpen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') {
      open(active);
      return;
    }
    const screenful = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2;
    const next = moveTo(event.key, active, count, screenful);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    list.scrollToIndex(next);
  };
  const isActiveDrawn = rows.some((row) => row.index === active);
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label="Records"
      aria-busy={isStale || total === null}
      aria-rowcount={total === null ? -1 : total + 1}
      aria-colcount={shown.length}
      {...(isActiveDrawn && { 'aria-activedescendant': `${rowId}${active}` })}
      onKeyDown={onKeyDown}
      className={cx('group/grid min-h-0 flex-1 overflow-auto outline-none', isStale && 'opacity-60')}
    >
      <HeadRow columns={shown} template={template} query={query} onSort={onSort} />
      <div role="rowgroup" className="relative" style={{ height: list.getTotalSize() }}>
        {rows.map(({ index, start }) => (
          <div
            key={index}
            role="presentation"
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start}px)` }}
          >
            <RecordRow
              id={`${rowId}${index}`}
              index={index}
              record={recordAt(index)}
              columns={shown}
              template={template}
              isActive={index === active}
              isOpen={opened !== null && recordAt(index)?.id === opened}
              context={{ zone, today, money, slots }}
              onOpen={() => open(index)}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

interface HeadRowProps {
  readonly columns: readonly Column[];
  readonly template: string;
  readonly query: RecordQuery;
  readonly onSort: (sort: ActivitySort) => void;
}

function HeadRow({ columns, template, query, onSort }: HeadRowProps) {
  return (
    <div role="rowgroup" className="sticky top-0 z-1 border-b bg-surface">
      <div
        role="row"
        aria-rowindex={1}
        style={{ gridTemplateColumns: template }}
        className="grid h-8 items-center text-text-3 text-xs"
      >
        {columns.map(({ id, label, sort, align }) => {
          const sorted = sort !== null && sort === query.sort ? query.order : null;
          return (
            <div
              key={id}
              role="columnheader"
              {...(sort !== null && {
                'aria-sort': sorted === null ? 'none' : sorted === 'asc' ? 'ascending' : 'descending',
              })}
              className={cx(
                'truncate px-2 font-medium first:pl-4 last:pr-4',
                align === 'right' && 'text-right',
              )}
            >
              {sort === null ? (
                label
              ) : (
                <SortButton sorted={sorted} onSort={() => onSort(sort)}>
                  {label}
                </SortButton>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

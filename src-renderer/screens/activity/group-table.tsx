// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: a table's cells are read, its links have the focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the link in each row handles keys
import { type ReactNode, useMemo } from 'react';
import type { Report, ReportRow } from '../../../src-preload/contract/report.ts';
import { Amount } from '../../ui/amount.tsx';
import { cx } from '../../ui/cx.ts';
import { formatWeekday } from '../../ui/dates.ts';
import { mostPlaces } from '../../ui/decimals.ts';
import { evidenceOf } from '../../ui/evidence.ts';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { navigate } from '../../ui/hash-location.ts';
import { allTokens, formatCompact, formatCount, plural } from '../../ui/numbers.ts';
import type { Slot } from '../../ui/series.ts';
import { Swatch } from '../../ui/swatch.tsx';
import { InlineBar, SortButton } from '../../ui/table.tsx';
import { useMoney } from '../../ui/use-money.ts';
import { useSlots } from '../../ui/use-slots.ts';
import { useView } from '../../ui/use-view.ts';
import { activityHref } from '../../ui/view.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { drillDown, type GroupKey, type GroupSort, groupName, sortGroups } from './groups.ts';

interface GroupTableProps {
  readonly by: GroupKey;
  readonly report: Report;
  readonly sort: GroupSort;
  readonly order: 'asc' | 'desc';
  readonly onSort: (sort: GroupSort) => void;
}

/** Figures per day, model, project, account or session; a group opens to its records. */
export function GroupTable({ by, report, sort, order, onSort }: GroupTableProps) {
  const rows = useMemo(() => sortGroups(report.rows, by, sort, order), [report.rows, by, sort, order]);
  const slotsOf = useSlots('model');
  const slots = useMemo(
    () => slotsOf(sortGroups(report.rows, 'model', 'cost', 'desc').flatMap((row) => row.model ?? [])),
    [report.rows, slotsOf],
  );
  const { money } = useMoney();
  // money is shown with as many decimals as it needs, so all amounts of both columns are asked
  const places = useMemo(
    () => mostPlaces(rows.flatMap((row) => [money(row.cashNanoUsd), money(row.equivalentNanoUsd)])),
    [rows, money],
  );
  const most = Math.max(1, ...rows.map((row) => Math.max(row.cashNanoUsd, row.equivalentNanoUsd)));
  return (
    <VirtualList
      label={`Records by ${by}`}
      count={rows.length}
      rowHeight={32}
      className="flex-1"
      head={<Head by={by} sort={sort} order={order} onSort={onSort} />}
      row={(index, ariaRow) => {
        const row = rows[index];
        return row ? (
          <GroupRow
            row={row}
            ariaRow={ariaRow}
            by={by}
            most={most}
            places={places}
            slot={slots.get(row.model ?? '') ?? null}
          />
        ) : null;
      }}
      foot={<Totals report={report} groups={rows.length} places={places} />}
    />
  );
}

const heads: readonly {
  readonly label: string;
  readonly sort: GroupSort | null;
  readonly right: boolean;
  readonly wide?: true;
}[] = [
  { label: '', sort: 'name', right: false },
  { label: 'Records', sort: null, right: true },
  { label: 'Requests', sort: 'requests', right: true },
  { label: 'Tokens', sort: 'tokens', right: true },
  { label: 'Share', sort: null, right: false, wide: true },
  { label: 'Cash', sort: 'cost', right: true },
  { label: 'API-equivalent', sort: 'equivalent', right: true },
  { label: 'Evidence', sort: null, right: false, wide: true },
];

function Head({ by, sort, order, onSort }: Omit<GroupTableProps, 'report'>) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={cx(rowClass, 'border-b-border! bg-surface text-text-3 text-xs')}
    >
      {heads.map((head) => (
        <span
          key={head.label}
          role="columnheader"
          {...(head.sort !== null && { 'aria-sort': ariaSort(head.sort === sort ? order : null) })}
          className={cx(
            'flex items-center truncate font-medium',
            head.right && 'justify-end',
            head.wide && wideOnly,
          )}
        >
          {head.sort === null ? (
            head.label
          ) : (
            <SortButton
              sorted={head.sort === sort ? order : null}
              onSort={() => head.sort && onSort(head.sort)}
            >
              {head.label === '' ? nameOf(by) : head.label}
            </SortButton>
          )}
        </span>
      ))}
    </div>
  );
}

function ariaSort(sorted: 'asc' | 'desc' | null): 'ascending' | 'descending' | 'none' {
  if (sorted === null) return 'none';
  return sorted === 'asc' ? 'ascending' : 'descending';
}

interface GroupRowProps {
  readonly row: ReportRow;
  readonly ariaRow: number;
  readonly by: GroupKey;
  readonly most: number;
  readonly places: number;
  readonly slot: Slot | null;
}

function GroupRow({ row, ariaRow, by, most, places, slot }: GroupRowProps) {
  const { view, today } = useView();
  const name = groupName(row, by);
  const label = name === null ? `No ${by}` : by === 'day' ? formatWeekday(name, today) : name;
  const href = activityHref(view, drillDown(row, by));
  const evidence = evidenceOf(row, row.cashNanoUsd !== 0 ? 'cash' : 'equivalent');
  return (
    <div
      role="row"
      aria-rowindex={ariaRow}
      onClick={() => navigate(href)}
      className={cx(
        rowClass,
        'hover:bg-hover has-[a:focus-visible]:shadow-[inset_0_0_0_2px_var(--color-focus)]',
      )}
    >
      <span role="rowheader" className="flex min-w-0">
        <a href={href} title={label} className="flex min-w-0 items-center gap-2 outline-none">
          {by === 'model' && <Swatch slot={slot} />}
          <span
            className={cx('truncate', name === null ? 'text-text-3' : 'font-medium', by === 'day' && 'tnum')}
          >
            {label}
          </span>
        </a>
      </span>
      <Figure quiet>{formatCount(row.records)}</Figure>
      <Figure>{formatCount(row.requests)}</Figure>
      <Figure title={formatCount(allTokens(row.tokens))}>{formatCompact(allTokens(row.tokens))}</Figure>
      <span role="cell" className={wideOnly}>
        <InlineBar share={Math.max(row.cashNanoUsd, row.equivalentNanoUsd) / most} />
      </span>
      <Money nanoUsd={row.cashNanoUsd} unpriced={row.unpricedCash} places={places} strong />
      <Money nanoUsd={row.equivalentNanoUsd} unpriced={row.unpricedEquivalent} places={places} />
      <span role="cell" className={cx('truncate', wideOnly)}>
        {evidence && <EvidenceChip evidence={evidence} />}
      </span>
    </div>
  );
}

interface FigureProps {
  readonly children: ReactNode;
  readonly title?: string;
  readonly quiet?: boolean;
}

function Figure({ children, title, quiet }: FigureProps) {
  return (
    <span role="cell" title={title} className={cx('tnum justify-self-end', quiet && 'text-text-2')}>
      {children}
    </span>
  );
}

function Money({
  nanoUsd,
  unpriced,
  places,
  strong,
}: {
  readonly nanoUsd: number;
  readonly unpriced: number;
  readonly places: number;
  readonly strong?: boolean;
}) {
  if (nanoUsd === 0 && unpriced === 0)
    return (
      <span role="cell" className="text-right text-text-3">
        –
      </span>
    );
  return (
    <span role="cell" className={cx('tnum truncate text-right', strong ? 'font-medium' : 'text-text-2')}>
      {unpriced > 0 && (
        <small className="text-text-3 text-xs" title={`${plural(unpriced, 'request')} unpriced`}>
          {'at least '}
        </small>
      )}
      <Amount nanoUsd={nanoUsd} places={places} atLeast={unpriced > 0} />
    </span>
  );
}

interface TotalsProps {
  readonly report: Report;
  readonly groups: number;
  readonly places: number;
}

function Totals({ report: { totals }, groups, places }: TotalsProps) {
  return (
    <div
      role="row"
      aria-rowindex={groups + 2}
      className={cx(rowClass, 'rounded-b-lg border-t border-t-border! bg-sunken font-semibold')}
    >
      <span role="rowheader">Total of {formatCount(groups)}</span>
      <Figure>{formatCount(totals.records)}</Figure>
      <Figure>{formatCount(totals.requests)}</Figure>
      <Figure title={formatCount(allTokens(totals.tokens))}>{formatCompact(allTokens(totals.tokens))}</Figure>
      <span role="cell" className={wideOnly} />
      <Money nanoUsd={totals.cashNanoUsd} unpriced={totals.unpricedCash} places={places} strong />
      <Money nanoUsd={totals.equivalentNanoUsd} unpriced={totals.unpricedEquivalent} places={places} />
      <span role="cell" className={wideOnly} />
    </div>
  );
}

const rowClass = cx(
  'grid h-8 items-center gap-x-4 border-b border-b-grid px-4 text-sm',
  'min-w-[990px] grid-cols-[minmax(160px,1fr)_84px_84px_84px_minmax(72px,0.5fr)_128px_128px_104px]',
  'narrow:min-w-[710px] narrow:grid-cols-[minmax(140px,1fr)_72px_72px_72px_120px_120px]',
);

/** Left out where the window is narrow. */
const wideOnly = 'narrow:hidden';

function nameOf(by: GroupKey): string {
  return by.charAt(0).toUpperCase() + by.slice(1);
}

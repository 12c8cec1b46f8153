// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: cells are read, nothing in them takes the focus
import type { AuditEntry } from '../../../src-preload/contract/vault.ts';
import { useRoute } from '../../api/client.ts';
import { cx } from '../../ui/cx.ts';
import { formatMoment } from '../../ui/dates.ts';
import { useView } from '../../ui/use-view.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { actionOf, actorOf, changeOf } from './words.ts';

/** Entries are fetched in pages of this many, as they come into view. */
export const pageSize = 100;

const grid =
  'grid w-full min-w-[560px] grid-cols-[2.5rem_10.5rem_7rem_minmax(9rem,12rem)_minmax(0,1fr)] items-center gap-x-3 px-4 narrow:grid-cols-[2.5rem_10rem_minmax(9rem,11rem)_minmax(0,1fr)]';
const columns = ['No.', 'When', 'Through', 'What', 'Of what, and how'] as const;

interface AuditListProps {
  readonly total: number;
  /** The first entry that is not as it was written, and all after it are in doubt. */
  readonly firstBadId: number | null;
}

/** The log, newest first; only the rows in view exist. */
export function AuditList({ total, firstBadId }: AuditListProps) {
  return (
    <VirtualList
      label="Audit log"
      count={total}
      rowHeight={32}
      className="min-h-0 flex-1"
      head={
        <div role="row" aria-rowindex={1} className={cx(grid, 'h-8 border-b bg-surface text-text-3 text-xs')}>
          {columns.map((title) => (
            <div
              key={title}
              role="columnheader"
              className={cx(
                'truncate font-medium',
                title === 'No.' && 'text-right',
                title === 'Through' && 'narrow:hidden',
              )}
            >
              {title}
            </div>
          ))}
        </div>
      }
      row={(index, ariaRow) => <AuditRow index={index} ariaRow={ariaRow} firstBadId={firstBadId} />}
    />
  );
}

interface AuditRowProps {
  readonly index: number;
  readonly ariaRow: number;
  readonly firstBadId: number | null;
}

function AuditRow({ index, ariaRow, firstBadId }: AuditRowProps) {
  const offset = Math.floor(index / pageSize) * pageSize;
  const page = useRoute('audit.list', { offset, limit: pageSize }, { keepPrevious: true });
  const { today, zone } = useView();
  const entry: AuditEntry | undefined = page.data?.entries[index - offset];
  if (entry === undefined)
    return <div role="row" aria-rowindex={ariaRow} className={cx(grid, 'h-8 border-b')} />;
  const change = changeOf(entry);
  const isInDoubt = firstBadId !== null && entry.id >= firstBadId;
  return (
    <div
      role="row"
      aria-rowindex={ariaRow}
      className={cx(grid, 'h-8 border-b text-sm', isInDoubt && 'bg-over-soft')}
    >
      <div role="cell" className="tnum text-right text-text-3">
        {entry.id}
      </div>
      <div role="cell" className="tnum whitespace-nowrap text-text-2">
        {formatMoment(entry.at, zone, today)}
      </div>
      <div role="cell" className="truncate text-text-2 narrow:hidden">
        {actorOf(entry)}
      </div>
      <div role="cell" className="truncate font-medium" title={entry.action}>
        {actionOf(entry)}
      </div>
      <div role="cell" className="select-text truncate" title={`${entry.subject}\n${change}`}>
        {entry.subject}
        {change !== '' && <span className="text-text-3"> · {change}</span>}
      </div>
    </div>
  );
}

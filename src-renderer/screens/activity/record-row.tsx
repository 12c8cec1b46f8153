// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles keys
import type { ActivityRecord } from '../../../src-preload/contract/activity.ts';
import { cx } from '../../ui/cx.ts';
import { Skeleton } from '../../ui/progress.tsx';
import type { Column } from './columns.ts';
import { type CellContext, RecordCell } from './record-cells.tsx';

interface RecordRowProps {
  readonly id: string;
  readonly index: number;
  /** Null while its page is on its way. */
  readonly record: ActivityRecord | null;
  readonly columns: readonly Column[];
  readonly template: string;
  /** Where the keyboard is. */
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly context: CellContext;
  readonly onOpen: () => void;
}

/** One record of the table. Keys are handled by the grid, which has the focus. */
export function RecordRow({
  id,
  index,
  record,
  columns,
  template,
  isActive,
  isOpen,
  context,
  onOpen,
}: RecordRowProps) {
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={isActive}
      onClick={onOpen}
      style={{ gridTemplateColumns: template }}
      className={cx(
        'grid h-7 cursor-default items-center border-b border-b-grid text-sm hover:bg-hover',
        isOpen && 'bg-selected hover:bg-selected',
        isActive &&
          'group-focus-visible/grid:bg-selected group-focus-visible/grid:shadow-[inset_0_0_0_2px_var(--color-focus)]',
        record && !record.countsCost && !record.countsUsage && 'text-text-3',
      )}
    >
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={cx('truncate px-2 first:pl-4 last:pr-4', column.align === 'right' && 'tnum text-right')}
        >
          {record ? (
            <RecordCell id={column.id} record={record} context={context} />
          ) : (
            <Skeleton className={cx('w-3/5', column.align === 'right' && 'ml-auto')} />
          )}
        </div>
      ))}
    </div>
  );
}

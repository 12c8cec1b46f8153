import { ChevronDown, ChevronUp } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

/** Table pieces: 11 px heads that stick, 12 px rows, names left, figures right. */
export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return (
    <table
      {...rest}
      className={cx('w-full table-fixed border-separate border-spacing-0 text-sm', className)}
    />
  );
}

const cellPad = 'px-2 first:pl-4 last:pr-4';

interface HeadCellProps extends Omit<ComponentProps<'th'>, 'align'> {
  readonly align?: 'left' | 'right';
  /** Given where the column can be sorted by. */
  readonly onSort?: () => void;
  readonly sorted?: 'asc' | 'desc' | null;
}

export function HeadCell({
  align = 'left',
  onSort,
  sorted = null,
  className,
  children,
  ...rest
}: HeadCellProps) {
  return (
    <th
      scope="col"
      {...rest}
      {...(onSort && {
        'aria-sort': sorted === null ? 'none' : sorted === 'asc' ? 'ascending' : 'descending',
      })}
      className={cx(
        'sticky top-0 z-1 h-7 whitespace-nowrap border-b bg-surface font-medium text-text-3 text-xs',
        align === 'right' ? 'text-right' : 'text-left',
        cellPad,
        className,
      )}
    >
      {onSort ? (
        <SortButton sorted={sorted} onSort={onSort}>
          {children}
        </SortButton>
      ) : (
        children
      )}
    </th>
  );
}

interface SortButtonProps {
  readonly sorted: 'asc' | 'desc' | null;
  readonly onSort: () => void;
  readonly children: ReactNode;
}

export function SortButton({ sorted, onSort, children }: SortButtonProps) {
  const Chevron = sorted === 'asc' ? ChevronUp : ChevronDown;
  return (
    <button
      type="button"
      onClick={onSort}
      className={cx(
        'inline-flex items-center gap-1 rounded-sm font-medium hover:text-text',
        sorted !== null && 'text-text',
      )}
    >
      {sorted !== null && <Chevron aria-hidden className="size-3.5" strokeWidth={1.5} />}
      {children}
    </button>
  );
}

export function Row({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr
      {...rest}
      className={cx(
        'hover:bg-hover aria-selected:bg-selected [&:last-child>td]:border-b-transparent',
        className,
      )}
    />
  );
}

interface CellProps extends Omit<ComponentProps<'td'>, 'align'> {
  readonly align?: 'left' | 'right';
}

export function Cell({ align = 'left', className, ...rest }: CellProps) {
  return (
    <td
      {...rest}
      className={cx(
        'h-7 truncate border-b border-b-grid',
        align === 'right' && 'tnum text-right',
        cellPad,
        className,
      )}
    />
  );
}

/** A quiet bar for shares and ranks. */
export function InlineBar({ share, className }: { readonly share: number; readonly className?: string }) {
  return (
    <span aria-hidden className={cx('block h-1.5 overflow-hidden rounded-xs bg-track', className)}>
      {share > 0 && (
        <i
          className="block h-full min-w-px rounded-xs bg-heat-4"
          style={{ width: `${Math.min(1, share) * 100}%` }}
        />
      )}
    </span>
  );
}

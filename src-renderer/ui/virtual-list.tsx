// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements do not allow
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import { cx } from './cx.ts';

interface VirtualListProps {
  readonly count: number;
  readonly rowHeight: number;
  /** Draws row `index` with the role of a row, as `aria-rowindex` counts it; rows are positioned for it. */
  readonly row: (index: number, ariaRow: number) => ReactNode;
  /** A row that sticks to the top of the scrolled area. */
  readonly head: ReactNode;
  /** A row that sticks to its bottom. */
  readonly foot?: ReactNode;
  readonly label: string;
  readonly className?: string;
}

/** A long table of equal rows of which only those in view exist. */
export function VirtualList({ count, rowHeight, row, head, foot, label, className }: VirtualListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: rowHeight,
  });
  return (
    <div
      ref={scroller}
      role="table"
      aria-label={label}
      aria-rowcount={count + (foot === undefined ? 1 : 2)}
      className={cx('min-h-0 overflow-auto', className)}
    >
      <div role="rowgroup" className="sticky top-0 z-2 w-fit min-w-full">
        {head}
      </div>
      <div role="rowgroup" className="relative" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map((item) => (
          <div
            key={item.key}
            role="presentation"
            className="absolute inset-x-0 top-0"
            style={{ height: item.size, transform: `translateY(${item.start}px)` }}
          >
            {row(item.index, item.index + 2)}
          </div>
        ))}
      </div>
      {foot !== undefined && (
        <div role="rowgroup" className="sticky bottom-0 z-2 w-fit min-w-full">
          {foot}
        </div>
      )}
    </div>
  );
}

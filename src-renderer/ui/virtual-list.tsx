import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import { cx } from './cx.ts';

interface VirtualListProps {
  readonly count: number;
  readonly rowHeight: number;
  /** Draws row `index`; rows are positioned for it. */
  readonly row: (index: number) => ReactNode;
  /** Sticks to the top of the scrolled area. */
  readonly head?: ReactNode;
  /** Called with the last row in view, for lists that load as they go. */
  readonly onReach?: (index: number) => void;
  readonly label: string;
  readonly className?: string;
}

/** A long list of equal rows of which only those in view exist. */
export function VirtualList({ count, rowHeight, row, head, onReach, label, className }: VirtualListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1);
      if (last) onReach?.(last.index);
    },
  });
  return (
    <section ref={scroller} aria-label={label} className={cx('min-h-0 overflow-auto', className)}>
      {head}
      <div className="relative" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map((item) => (
          <div
            key={item.key}
            className="absolute inset-x-0 top-0"
            style={{ height: item.size, transform: `translateY(${item.start}px)` }}
          >
            {row(item.index)}
          </div>
        ))}
      </div>
    </section>
  );
}

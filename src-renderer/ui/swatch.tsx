import { cx } from './cx.ts';
import { type Slot, slotColour } from './series.ts';

/** The colour of a series; hatched for "others". */
export function Swatch({
  slot,
  className,
}: {
  readonly slot: Slot | null | undefined;
  readonly className?: string;
}) {
  return (
    <i
      aria-hidden
      className={cx('inline-block size-2 shrink-0 rounded-xs', !slot && 'hatched', className)}
      {...(slot && { style: { background: slotColour(slot) } })}
    />
  );
}

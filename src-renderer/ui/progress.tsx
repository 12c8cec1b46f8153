import { cx } from './cx.ts';

interface ProgressProps {
  readonly label: string;
  readonly done: number;
  /** null while it is not known. */
  readonly total: number | null;
  readonly className?: string;
}

export function Progress({ label, done, total, className }: ProgressProps) {
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share !== null && { 'aria-valuenow': Math.round(share * 100) })}
      className={cx('h-1 overflow-hidden rounded-xs bg-track', className)}
    >
      <i
        className={cx('block h-full rounded-xs bg-accent', share === null && 'w-1/3 animate-pulse')}
        {...(share !== null && { style: { width: `${share * 100}%` } })}
      />
    </div>
  );
}

/** Holds the place of a figure or a line that is on its way. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={cx('h-3 rounded-sm bg-track', className)} />;
}

import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

interface StatProps {
  readonly label: ReactNode;
  /** The figure, already formatted. */
  readonly figure: ReactNode;
  /** The exact value, on hover. */
  readonly title?: string;
  /** The records behind it. */
  readonly href?: string | undefined;
  /** `at least`, where rows are unpriced. */
  readonly atLeast?: boolean;
  readonly evidence?: ReactNode;
  readonly asOf?: ReactNode;
  readonly note?: ReactNode;
  /** Beside the cash, not part of it: lighter, on the sunken surface. */
  readonly aside?: boolean;
  readonly children?: ReactNode;
  readonly className?: string;
}

/** Four lines: label, figure, how sure and how fresh, one note. */
export function Stat({
  label,
  figure,
  title,
  href,
  atLeast,
  evidence,
  asOf,
  note,
  aside,
  children,
  className,
}: StatProps) {
  const Figure = href === undefined ? 'span' : 'a';
  const name = useId();
  return (
    <div
      className={cx(
        '-mt-px -ml-px flex min-w-0 gap-3 border-t border-l p-4 py-3 narrow:px-3',
        aside && 'bg-sunken [--chip-surface:var(--color-surface)]',
        className,
      )}
    >
      <div className="min-w-0 flex-1">
        <div
          id={name}
          title={typeof label === 'string' ? label : undefined}
          className="truncate font-medium text-sm text-text-2"
        >
          {label}
        </div>
        <Figure
          {...(href !== undefined && { href, 'aria-describedby': name })}
          title={title}
          className={cx(
            'tnum mt-1 mb-1.5 flex w-fit items-baseline gap-1.5 whitespace-nowrap rounded-sm text-2xl tracking-figure narrow:text-[24px]',
            aside ? 'font-medium text-text-2' : 'font-semibold',
            href !== undefined && 'decoration-1 decoration-border-control underline-offset-4 hover:underline',
          )}
        >
          {atLeast && <small className="font-medium text-sm text-text-2 tracking-[0]">at least</small>}
          {figure}
        </Figure>
        <div className="flex h-4.5 items-center gap-1.5">
          {evidence}
          {asOf !== undefined && (
            <span
              className="tnum truncate text-text-3 text-xs"
              title={typeof asOf === 'string' ? asOf : undefined}
            >
              {asOf}
            </span>
          )}
        </div>
        {note !== undefined && (
          <div
            title={typeof note === 'string' ? note : undefined}
            className="tnum mt-1 truncate text-sm text-text-2"
          >
            {note}
          </div>
        )}
      </div>
      {children}
    </div>
  );
}

/** Stats side by side in one card. */
export function StatRow({
  children,
  className,
  label,
}: {
  children: ReactNode;
  className?: string;
  label: string;
}) {
  return (
    <section
      aria-label={label}
      className={cx('grid overflow-hidden rounded-lg border bg-surface', className)}
    >
      {children}
    </section>
  );
}

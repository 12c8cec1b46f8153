import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return (
    <section {...rest} className={cx('flex min-w-0 flex-col rounded-lg border bg-surface', className)} />
  );
}

interface CardHeadProps {
  readonly title: ReactNode;
  readonly id?: string;
  /** A sum or a count beside the title. */
  readonly sum?: ReactNode | undefined;
  /** At the right: toggles, table view, export. */
  readonly tools?: ReactNode;
  readonly className?: string;
}

export function CardHead({ title, id, sum, tools, className }: CardHeadProps) {
  return (
    <header className={cx('flex min-h-10 flex-wrap items-center gap-x-2 py-1.25 pr-2 pl-4', className)}>
      <h2 id={id} className="whitespace-nowrap">
        {title}
      </h2>
      {sum !== undefined && <span className="flex items-center gap-2 text-sm text-text-2">{sum}</span>}
      {tools !== undefined && <div className="ml-auto flex items-center gap-1">{tools}</div>}
    </header>
  );
}

export function CardBody({ className, ...rest }: ComponentProps<'div'>) {
  return <div {...rest} className={cx('min-w-0 px-4 pb-3', className)} />;
}

/** A quiet box inside a card or a sheet; never a card inside a card. */
export function Well({ className, ...rest }: ComponentProps<'div'>) {
  return (
    <div
      {...rest}
      className={cx('rounded-lg border bg-sunken [--chip-surface:var(--color-surface)]', className)}
    />
  );
}

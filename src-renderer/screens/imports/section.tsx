import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';

interface SectionProps {
  readonly title: string;
  readonly sum?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a sheet. */
export function Section({ title, sum, tools, children }: SectionProps) {
  return (
    <section className="mt-4">
      <header className="mb-2 flex items-baseline gap-2">
        <h3>{title}</h3>
        {sum !== undefined && <span className="tnum text-text-3 text-xs">{sum}</span>}
        {tools && <span className="ml-auto">{tools}</span>}
      </header>
      {children}
    </section>
  );
}

/** A quiet action in the text, such as "Save as CSV". */
export function TextButton({ className, ...rest }: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...rest}
      className={cx(
        'rounded-sm font-medium text-accent-text text-xs underline-offset-2 hover:underline disabled:opacity-50',
        className,
      )}
    />
  );
}

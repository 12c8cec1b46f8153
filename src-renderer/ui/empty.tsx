import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

interface EmptyProps {
  readonly icon?: LucideIcon;
  readonly title: string;
  /** Why it is empty and what fills it. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
}

/** A place with nothing in it yet: says why and what to do, never blank. */
export function Empty({ icon: Icon, title, children, actions, className }: EmptyProps) {
  return (
    <div className={cx('flex flex-col items-start gap-3 p-6', className)}>
      {Icon && (
        <span className="grid size-10 place-items-center rounded-lg bg-accent-soft text-accent-text">
          <Icon aria-hidden className="size-4.5" strokeWidth={1.5} />
        </span>
      )}
      <div>
        <h2>{title}</h2>
        {children !== undefined && <div className="mt-0.5 max-w-prose text-sm text-text-2">{children}</div>}
      </div>
      {actions !== undefined && <div className="flex gap-2">{actions}</div>}
    </div>
  );
}

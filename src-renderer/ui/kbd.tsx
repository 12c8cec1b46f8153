import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export function Kbd({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  return (
    <kbd
      className={cx(
        'inline-flex h-4.5 min-w-4.5 items-center justify-center whitespace-nowrap rounded-sm border border-border-strong bg-surface px-1 font-medium font-sans text-text-3 text-xs',
        className,
      )}
    >
      {children}
    </kbd>
  );
}

/** How the modifier of shortcuts is written on this machine. */
export const modKey = /Mac|iP/.test(navigator.platform) ? '⌘' : 'Ctrl';

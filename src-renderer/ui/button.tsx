import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Tooltip } from './tooltip.tsx';

export type ButtonKind = 'default' | 'primary' | 'quiet' | 'danger';
export type ButtonSize = 'sm' | 'md' | 'lg';

interface Look {
  readonly kind?: ButtonKind;
  readonly size?: ButtonSize;
  readonly icon?: LucideIcon;
}

export interface ButtonProps extends Look, ComponentProps<'button'> {}

/** A button with a word. One `primary` per view. */
export function Button({ kind, size, icon: Icon, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={buttonClass({ kind, size }, className)}>
      {Icon && <Icon aria-hidden className={iconClass(kind)} />}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  kind,
  size,
  icon: Icon,
  className,
  children,
  ...rest
}: Look & ComponentProps<'a'>) {
  return (
    <a {...rest} className={buttonClass({ kind, size }, className)}>
      {Icon && <Icon aria-hidden className={iconClass(kind)} />}
      {children}
    </a>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: LucideIcon;
  /** Its name, read aloud and shown on hover. */
  readonly label: string;
  readonly kind?: ButtonKind;
  readonly size?: ButtonSize;
  readonly badge?: ReactNode;
}

/** A button without a word, for table and chart tools, search and close. */
export function IconButton({
  icon: Icon,
  label,
  kind = 'quiet',
  size = 'md',
  className,
  badge,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={buttonClass({ kind, size }, cx('px-0!', widths[size], className))}
      >
        <Icon
          aria-hidden
          className={size === 'sm' ? 'size-3.5 shrink-0' : 'size-4 shrink-0'}
          strokeWidth={1.5}
        />
        {badge}
      </button>
    </Tooltip>
  );
}

function buttonClass(
  { kind = 'default', size = 'md' }: { kind?: ButtonKind | undefined; size?: ButtonSize | undefined },
  className?: string,
): string {
  return cx(
    'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium',
    'transition-colors duration-(--duration-fast) disabled:opacity-50 aria-disabled:opacity-50',
    sizes[size],
    kinds[kind],
    className,
  );
}

const sizes: Readonly<Record<ButtonSize, string>> = {
  sm: 'h-6 px-2 text-sm',
  md: 'h-7 px-2.5 text-sm',
  lg: 'h-8 px-3.5 text-md',
};

const widths: Readonly<Record<ButtonSize, string>> = { sm: 'w-6', md: 'w-7', lg: 'w-8' };

const kinds: Readonly<Record<ButtonKind, string>> = {
  default: 'border-border-strong bg-surface text-text enabled:hover:bg-hover [a&]:hover:bg-hover',
  primary:
    'border-transparent bg-accent font-semibold! text-on-accent enabled:hover:bg-accent-hover [a&]:hover:bg-accent-hover',
  quiet:
    'border-transparent bg-transparent text-text-2 enabled:hover:bg-hover enabled:hover:text-text [a&]:hover:bg-hover',
  danger: 'border-border-strong bg-surface text-over enabled:hover:bg-over-soft [a&]:hover:bg-over-soft',
};

function iconClass(kind: ButtonKind | undefined): string {
  return cx('size-3.5 shrink-0', (kind ?? 'default') === 'default' && 'text-text-3');
}

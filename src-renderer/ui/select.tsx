import { ChevronDown, type LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Menu, MenuRadioGroup, MenuRadioItem } from './menu.tsx';

interface SelectProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: ReactNode }[];
  readonly value: T | null;
  readonly onChange: (value: T) => void;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly id?: string;
  readonly className?: string;
  readonly width?: number;
}

/** One of a list, in a field. For up to about fifty options; longer lists want a search. */
export function Select<T extends string>({
  label,
  options,
  value,
  onChange,
  placeholder,
  width,
  ...rest
}: SelectProps<T>) {
  const chosen = options.find((option) => option.value === value);
  const text = chosen ? chosen.label : <span className="text-text-3">{placeholder ?? 'Choose'}</span>;
  return (
    <Menu
      label={label}
      {...(width !== undefined && { width })}
      trigger={
        <FieldButton
          {...rest}
          input
          aria-label={`${label}: ${typeof chosen?.label === 'string' ? chosen.label : (placeholder ?? 'Choose')}`}
        >
          {text}
        </FieldButton>
      }
    >
      {/* Radix hands the value back as a plain string; it is one of ours */}
      <MenuRadioGroup value={value ?? ''} onValueChange={(next) => onChange(next as T)}>
        {options.map((option) => (
          <MenuRadioItem key={option.value} value={option.value}>
            {option.label}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
    </Menu>
  );
}

interface FieldButtonProps extends ComponentProps<'button'> {
  readonly icon?: LucideIcon;
  /** In a form: the stronger border of inputs. */
  readonly input?: boolean;
}

/** A field that opens a menu. */
export function FieldButton({ icon: Icon, input, className, children, ...rest }: FieldButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={cx(
        'inline-flex h-7 min-w-0 items-center gap-1.5 whitespace-nowrap rounded-md border bg-surface px-2 font-medium text-sm text-text',
        'enabled:hover:bg-hover disabled:opacity-50 data-[state=open]:bg-hover',
        input ? 'border-border-control font-regular!' : 'border-border-strong',
        className,
      )}
    >
      {Icon && <Icon aria-hidden className="size-3.5 shrink-0 text-text-3" strokeWidth={1.5} />}
      <span className="truncate">{children}</span>
      <ChevronDown aria-hidden className="ml-auto size-3.5 shrink-0 text-text-3" strokeWidth={1.5} />
    </button>
  );
}

import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

/**
 * A menu of actions or choices. Not modal: the modal form locks scrolling with a style element, which the content
 * security policy refuses.
 */
export function Menu({ trigger, label, children, align = 'start', width, ...opening }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} {...opening}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <section aria-label={label}>
          <DropdownMenu.Content
            aria-label={label}
            align={align}
            sideOffset={4}
            collisionPadding={8}
            className="enter-pop z-50 max-h-[min(420px,var(--radix-dropdown-menu-content-available-height))] min-w-44 overflow-y-auto rounded-lg border bg-raised p-1 shadow-pop"
            {...(width !== undefined && { style: { width } })}
          >
            {children}
          </DropdownMenu.Content>
        </section>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuProps extends Pick<ComponentProps<typeof DropdownMenu.Root>, 'open' | 'onOpenChange'> {
  /** A button that takes a ref and props. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  readonly width?: number;
}

const itemClass =
  'flex h-7 select-none items-center gap-2 rounded-sm px-2 text-sm outline-none data-[highlighted]:bg-hover data-[disabled]:opacity-50';

export function MenuItem({ className, ...rest }: ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item {...rest} className={cx(itemClass, className)} />;
}

/** One of several; stays open so that more can be chosen. */
export function MenuCheckItem({
  children,
  className,
  ...rest
}: ComponentProps<typeof DropdownMenu.CheckboxItem>) {
  return (
    <DropdownMenu.CheckboxItem
      onSelect={(event) => event.preventDefault()}
      {...rest}
      className={cx(itemClass, className)}
    >
      <CheckMark />
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

export const MenuRadioGroup = DropdownMenu.RadioGroup;

export function MenuRadioItem({
  children,
  className,
  ...rest
}: ComponentProps<typeof DropdownMenu.RadioItem>) {
  return (
    <DropdownMenu.RadioItem {...rest} className={cx(itemClass, className)}>
      <CheckMark />
      {children}
    </DropdownMenu.RadioItem>
  );
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2 pt-1.5 pb-1 font-medium text-text-3 text-xs">
      {children}
    </DropdownMenu.Label>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-border" />;
}

function CheckMark() {
  return (
    <span className="flex size-3.5 shrink-0 items-center justify-center text-accent-text">
      <DropdownMenu.ItemIndicator>
        <Check aria-hidden className="size-3.5" />
      </DropdownMenu.ItemIndicator>
    </span>
  );
}

import { Check, Minus } from 'lucide-react';
import { Checkbox as RadixCheckbox, Switch as RadixSwitch } from 'radix-ui';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

interface FieldProps {
  readonly label: string;
  /** What to give, in one line. */
  readonly hint?: ReactNode;
  /** What is wrong and what would be right; replaces the hint. */
  readonly error?: string | null | undefined;
  /** Gets the ids that tie the control to its label and message. */
  readonly children: (ids: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': boolean;
  }) => ReactNode;
  readonly className?: string;
}

/** Label, control, and a hint or an error under it. */
export function Field({ label, hint, error, children, className }: FieldProps) {
  const id = useId();
  const message = error ?? hint;
  const messageId = message ? `${id}-message` : undefined;
  return (
    <div className={cx('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="font-medium text-sm text-text-2">
        {label}
      </label>
      {children({ id, 'aria-describedby': messageId, 'aria-invalid': Boolean(error) })}
      {message && (
        <p id={messageId} className={cx('text-xs', error ? 'text-over' : 'text-text-3')}>
          {message}
        </p>
      )}
    </div>
  );
}

const inputClass =
  'min-w-0 rounded-md border border-border-control bg-surface px-2 text-sm text-text aria-invalid:border-over-fill disabled:opacity-50';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...rest}
      className={cx(inputClass, 'h-7', className)}
    />
  );
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea spellCheck={false} {...rest} className={cx(inputClass, 'py-1.5', className)} />;
}

export function Checkbox({ className, ...rest }: ComponentProps<typeof RadixCheckbox.Root>) {
  return (
    <RadixCheckbox.Root
      {...rest}
      className={cx(
        'group grid size-4 shrink-0 place-items-center rounded-sm border border-border-control bg-surface disabled:opacity-50',
        'data-[state=checked]:border-transparent data-[state=checked]:bg-accent data-[state=checked]:text-on-accent',
        'data-[state=indeterminate]:border-transparent data-[state=indeterminate]:bg-accent data-[state=indeterminate]:text-on-accent',
        className,
      )}
    >
      <RadixCheckbox.Indicator>
        <Check aria-hidden strokeWidth={2.25} className="size-3 group-data-[state=indeterminate]:hidden" />
        <Minus
          aria-hidden
          strokeWidth={2.25}
          className="hidden size-3 group-data-[state=indeterminate]:block"
        />
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  );
}

export function Switch({ className, ...rest }: ComponentProps<typeof RadixSwitch.Root>) {
  return (
    <RadixSwitch.Root
      {...rest}
      className={cx(
        'inline-flex h-4.5 w-8 shrink-0 items-center rounded-full bg-border-control p-0.5 data-[state=checked]:bg-accent disabled:opacity-50',
        className,
      )}
    >
      <RadixSwitch.Thumb className="size-3.5 rounded-full bg-surface shadow-knob transition-transform duration-(--duration-base) data-[state=checked]:translate-x-3.5" />
    </RadixSwitch.Root>
  );
}

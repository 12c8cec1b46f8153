import { useRef } from 'react';
import { cx } from './cx.ts';

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly small?: boolean;
  readonly className?: string;
}

/** A few exclusive choices in a row. One tab stop; arrow keys move and choose. */
export function Segmented<T extends string>({
  label,
  options,
  value,
  onChange,
  small,
  className,
}: SegmentedProps<T>) {
  const group = useRef<HTMLDivElement>(null);
  const move = (step: number) => {
    const at = options.findIndex((option) => option.value === value);
    const next = options[(at + step + options.length) % options.length];
    if (!next) return;
    onChange(next.value);
    group.current?.querySelector<HTMLElement>(`[data-value="${next.value}"]`)?.focus();
  };
  return (
    <div
      ref={group}
      role="radiogroup"
      aria-label={label}
      className={cx('inline-flex rounded-md bg-track p-0.5', className)}
    >
      {options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: a row of radio inputs cannot be drawn as segments
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          data-value={option.value}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChange(option.value)}
          onKeyDown={(event) => {
            const step = arrowSteps[event.key];
            if (step === undefined) return;
            event.preventDefault();
            move(step);
          }}
          className={cx(
            'inline-flex select-none items-center whitespace-nowrap rounded-sm font-medium text-text-2',
            'hover:text-text aria-checked:bg-knob aria-checked:text-text aria-checked:shadow-knob',
            'focus-visible:outline-2 focus-visible:outline-focus focus-visible:outline-solid focus-visible:outline-offset-1',
            small ? 'h-5 px-2 text-xs' : 'h-6 px-2.25 text-sm',
          )}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

const arrowSteps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

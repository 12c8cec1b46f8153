import { Search } from 'lucide-react';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** `search` where it is the page's own: `/` then puts the cursor here. */
  readonly id?: 'search';
  readonly className?: string;
}

/** Narrows a list down while typing; Escape clears, and leaves once there is nothing to clear. */
export function SearchBox({ label, value, onChange, id, className }: SearchBoxProps) {
  return (
    <search
      className={cx(
        'flex h-7 items-center gap-1.5 rounded-md border border-border-strong bg-surface px-2',
        'focus-within:outline-2 focus-within:outline-focus focus-within:outline-solid focus-within:outline-offset-2',
        className,
      )}
    >
      <Search aria-hidden className="size-3.5 shrink-0 text-text-3" strokeWidth={1.5} />
      <input
        {...(id !== undefined && { id })}
        type="text"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (value === '') event.currentTarget.blur();
          onChange('');
        }}
        className="min-w-0 flex-1 bg-transparent text-sm outline-none"
      />
      {id !== undefined && <Kbd>/</Kbd>}
    </search>
  );
}

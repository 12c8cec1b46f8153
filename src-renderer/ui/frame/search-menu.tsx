import { Command } from 'cmdk';
import { Check } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type ReactNode, useState } from 'react';

export interface Choice<V> {
  readonly value: V;
  readonly label: string;
  readonly note?: string;
}

interface SearchMenuProps<V extends string | number> {
  /** A button that takes a ref and props. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly all: string;
  readonly options: readonly Choice<V>[];
  readonly chosen: readonly V[];
  readonly onToggle: (value: V) => void;
  readonly onChange: (chosen: V[]) => void;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** A long list to choose several of: typing finds, arrow keys move, Enter chooses. What is chosen stands first. */
export function SearchMenu<V extends string | number>({
  trigger,
  label,
  open,
  onOpenChange,
  ...list
}: SearchMenuProps<V>) {
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className="enter-pop z-50 w-80 max-w-[calc(100vw-16px)] overflow-hidden rounded-lg border bg-raised shadow-pop"
        >
          <ChoiceList label={label} {...list} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ChoiceList<V extends string | number>({
  label,
  all,
  options,
  chosen,
  onToggle,
  onChange,
}: Omit<SearchMenuProps<V>, 'trigger' | 'open' | 'onOpenChange'>) {
  // in the order it was opened with: a row does not jump away as it is chosen
  const [ordered] = useState(() => [
    ...options.filter((option) => chosen.includes(option.value)),
    ...options.filter((option) => !chosen.includes(option.value)),
  ]);
  return (
    <Command
      label={label}
      filter={(value, search) => Number(value.includes(search.trim().toLowerCase()))}
      loop
    >
      <Command.Input
        placeholder="Find"
        className="h-9 w-full border-b bg-transparent px-3 text-sm outline-none"
      />
      <Command.List
        label={label}
        className="max-h-[min(360px,calc(var(--radix-popover-content-available-height)-40px))] overflow-y-auto p-1"
      >
        {chosen.length > 0 && (
          <Command.Item value={all.toLowerCase()} onSelect={() => onChange([])} className={itemClass}>
            <span className="size-3.5 shrink-0" />
            {all}
          </Command.Item>
        )}
        {ordered.map(({ value, label: name, note }) => (
          <Command.Item
            key={value}
            value={`${name.toLowerCase()} ${value}`}
            aria-checked={chosen.includes(value)}
            onSelect={() => onToggle(value)}
            className={itemClass}
          >
            <span className="size-3.5 shrink-0 text-accent-text">
              {chosen.includes(value) && <Check aria-hidden className="size-3.5" />}
            </span>
            <span title={name} className="min-w-0 flex-1 truncate">
              {name}
            </span>
            {note && <span className="text-text-3 text-xs">{note}</span>}
          </Command.Item>
        ))}
      </Command.List>
      <div role="status">
        <Command.Empty className="px-3 py-3 text-sm text-text-2">Nothing is called that.</Command.Empty>
      </div>
    </Command>
  );
}

const itemClass = 'flex h-7 items-center gap-2 rounded-sm px-2 text-sm data-[selected=true]:bg-hover';

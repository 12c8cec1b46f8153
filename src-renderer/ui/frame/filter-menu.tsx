import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Input } from '../field.tsx';
import { Menu, MenuCheckItem, MenuItem, MenuSeparator } from '../menu.tsx';
import { FieldButton } from '../select.tsx';

interface FilterMenuProps<V extends string | number> {
  readonly icon: LucideIcon;
  readonly label: string;
  /** What the field says while nothing is chosen. */
  readonly all: string;
  readonly options: readonly { readonly value: V; readonly label: string; readonly note?: string }[];
  readonly chosen: readonly V[];
  readonly onChange: (chosen: V[]) => void;
}

const searchFrom = 10;

/** Several of a list; none chosen means all of them. Long lists have a search. */
export function FilterMenu<V extends string | number>({
  icon,
  label,
  all,
  options,
  chosen,
  onChange,
}: FilterMenuProps<V>) {
  const [wanted, setWanted] = useState('');
  const needle = wanted.trim().toLowerCase();
  const shown = options.filter((option) => option.label.toLowerCase().includes(needle));
  const toggle = (value: V) => {
    onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  };
  return (
    <Menu
      label={label}
      width={240}
      trigger={
        <FieldButton
          icon={icon}
          aria-label={`${label}: ${summary(all, options, chosen)}`}
          className="max-w-44 shrink-0"
        >
          {summary(all, options, chosen)}
        </FieldButton>
      }
    >
      {options.length > searchFrom && (
        <Input
          aria-label={`Find in ${label.toLowerCase()}`}
          placeholder="Find"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          onKeyDown={(event) => event.stopPropagation()}
          className="mb-1 w-full"
        />
      )}
      <MenuItem disabled={chosen.length === 0} onSelect={() => onChange([])}>
        {all}
      </MenuItem>
      <MenuSeparator />
      {shown.map((option) => (
        <MenuCheckItem
          key={option.value}
          checked={chosen.includes(option.value)}
          onCheckedChange={() => toggle(option.value)}
        >
          <span className="truncate">{option.label}</span>
          {option.note && <span className="ml-auto text-text-3 text-xs">{option.note}</span>}
        </MenuCheckItem>
      ))}
    </Menu>
  );
}

function summary<V>(
  all: string,
  options: readonly { value: V; label: string }[],
  chosen: readonly V[],
): string {
  if (chosen.length === 0) return all;
  const first = options.find((option) => option.value === chosen[0])?.label ?? String(chosen[0]);
  return chosen.length === 1 ? first : `${first} +${chosen.length - 1}`;
}

import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Menu, MenuCheckItem, MenuItem, MenuSeparator } from '../menu.tsx';
import { FieldButton } from '../select.tsx';
import { type Choice, SearchMenu } from './search-menu.tsx';

interface FilterMenuProps<V extends string | number> {
  readonly icon: LucideIcon;
  readonly label: string;
  /** What the field says while nothing is chosen. */
  readonly all: string;
  readonly options: readonly Choice<V>[];
  readonly chosen: readonly V[];
  readonly onChange: (chosen: V[]) => void;
}

const searchFrom = 10;

/** Several of a list; none chosen means all of them. Long lists have a search. */
export function FilterMenu<V extends string | number>(props: FilterMenuProps<V>) {
  const { icon, label, all, options, chosen, onChange } = props;
  // Kept here, as a list that comes while its menu is open can be one with a search.
  const [open, setOpen] = useState(false);
  const toggle = (value: V) => {
    onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  };
  const said = summary(all, options, chosen);
  const trigger = (
    <FieldButton icon={icon} aria-label={`${label}: ${said}`} title={said} className="max-w-44 shrink-0">
      {said}
    </FieldButton>
  );
  if (options.length > searchFrom)
    return <SearchMenu {...props} trigger={trigger} onToggle={toggle} open={open} onOpenChange={setOpen} />;
  return (
    <Menu label={label} width={240} trigger={trigger} open={open} onOpenChange={setOpen}>
      <MenuItem disabled={chosen.length === 0} onSelect={() => onChange([])}>
        {all}
      </MenuItem>
      <MenuSeparator />
      {options.map((option) => (
        <MenuCheckItem
          key={option.value}
          checked={chosen.includes(option.value)}
          onCheckedChange={() => toggle(option.value)}
        >
          <span title={option.label} className="truncate">
            {option.label}
          </span>
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

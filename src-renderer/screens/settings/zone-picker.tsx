import { Command } from 'cmdk';
import { Check } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useMemo, useState } from 'react';
import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import { FieldButton } from '../../ui/select.tsx';
import { findZones, labelOf, zoneChoices } from './zones.ts';

interface ZonePickerProps {
  readonly found: RouteOutput<'settings.get'>;
  readonly onChange: (zone: string) => void;
}

/** The system's zone or any other, found by typing part of its name or offset. */
export function ZonePicker({ found, onChange }: ZonePickerProps) {
  const [isOpen, setOpen] = useState(false);
  const { settings, systemZone } = found;
  const chosen = settings.zone === 'system' ? `System (${labelOf(systemZone)})` : labelOf(settings.zone);
  const choose = (zone: string) => {
    setOpen(false);
    if (zone !== settings.zone) onChange(zone);
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <FieldButton input aria-label={`Zone: ${chosen}`} className="w-72 narrow:w-60">
          {chosen}
        </FieldButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Zone"
          className="enter-pop z-50 w-80 overflow-hidden rounded-lg border bg-raised shadow-pop"
        >
          <ZoneList found={found} onChoose={choose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface ZoneListProps {
  readonly found: RouteOutput<'settings.get'>;
  readonly onChoose: (zone: string) => void;
}

function ZoneList({ found: { settings, systemZone, zones }, onChoose }: ZoneListProps) {
  const [query, setQuery] = useState('');
  const choices = useMemo(() => zoneChoices(zones, Date.now()), [zones]);
  const hits = useMemo(() => findZones(choices, query), [choices, query]);
  return (
    <Command shouldFilter={false} label="Zones">
      <Command.Input
        value={query}
        onValueChange={setQuery}
        placeholder="Berlin, or +05:30"
        className="h-9 w-full border-b bg-transparent px-3 text-sm outline-none"
      />
      <Command.List className="max-h-72 overflow-y-auto p-1">
        {query === '' && (
          <ZoneItem
            value="system"
            label={`System: ${labelOf(systemZone)}`}
            isChosen={settings.zone === 'system'}
            onChoose={onChoose}
          />
        )}
        {hits.map(({ zone, label, offset }) => (
          <ZoneItem
            key={zone}
            value={zone}
            label={label}
            offset={offset}
            isChosen={settings.zone === zone}
            onChoose={onChoose}
          />
        ))}
      </Command.List>
      <div role="status">
        <Command.Empty className="px-3 pb-3 text-sm text-text-2">No zone has that in its name.</Command.Empty>
      </div>
    </Command>
  );
}

interface ZoneItemProps {
  readonly value: string;
  readonly label: string;
  readonly offset?: string;
  readonly isChosen: boolean;
  readonly onChoose: (zone: string) => void;
}

function ZoneItem({ value, label, offset, isChosen, onChoose }: ZoneItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={() => onChoose(value)}
      className="flex h-7 items-center gap-2 rounded-sm px-2 text-sm data-[selected=true]:bg-hover"
    >
      <span className="size-3.5 shrink-0 text-accent-text">
        {isChosen && <Check aria-label="chosen" className="size-3.5" />}
      </span>
      <span className="min-w-0 flex-1 truncate">{label}</span>
      <span className="tnum text-text-3 text-xs">{offset}</span>
    </Command.Item>
  );
}

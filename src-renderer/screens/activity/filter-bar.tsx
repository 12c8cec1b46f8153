import { Boxes, Database, SlidersHorizontal, X } from 'lucide-react';
import type { Filters } from '../../../src-preload/contract/values.ts';
import { useRoute } from '../../api/client.ts';
import { evidenceOrder } from '../../ui/evidence.ts';
import { FilterMenu } from '../../ui/frame/filter-menu.tsx';
import { Menu, MenuCheckItem, MenuLabel, MenuSeparator } from '../../ui/menu.tsx';
import { FieldButton } from '../../ui/select.tsx';
import type { View } from '../../ui/view.ts';
import { type Chip, chipsOf, omit, toggle } from './chips.ts';

type ViewFilters = View['filters'];

interface FilterBarProps {
  readonly filters: ViewFilters;
  readonly onChange: (filters: ViewFilters) => void;
}

/** The filters the frame does not have: model, source, provider, evidence, unpriced, counted. */
export function FilterMenus({ filters, onChange }: FilterBarProps) {
  const values = useRoute('report.values', {}).data;
  const sources = useRoute('sources.list', {}).data?.sources ?? [];
  return (
    <>
      <FilterMenu
        icon={Boxes}
        label="Models"
        all="All models"
        options={[...(values?.models ?? []), ''].map((name) => ({
          value: name,
          label: name === '' ? 'No model' : name,
        }))}
        chosen={filters.models ?? []}
        onChange={(models) =>
          onChange(models.length === 0 ? omit(filters, 'models') : { ...filters, models })
        }
      />
      <FilterMenu
        icon={Database}
        label="Sources"
        all="All sources"
        options={sources.map(({ id, label, account }) => ({ value: id, label, note: account }))}
        chosen={filters.sources ?? []}
        onChange={(ids) =>
          onChange(ids.length === 0 ? omit(filters, 'sources') : { ...filters, sources: ids })
        }
      />
      <MoreFilters filters={filters} providers={values?.providers ?? []} onChange={onChange} />
    </>
  );
}

function MoreFilters({
  filters,
  providers,
  onChange,
}: FilterBarProps & { readonly providers: readonly string[] }) {
  const flag = (key: 'unpricedOnly' | 'countedOnly') => () =>
    onChange(filters[key] ? omit(filters, key) : { ...filters, [key]: true });
  return (
    <Menu label="More filters" width={200} trigger={<FieldButton icon={SlidersHorizontal}>More</FieldButton>}>
      <MenuCheckItem checked={filters.unpricedOnly === true} onCheckedChange={flag('unpricedOnly')}>
        Unpriced only
      </MenuCheckItem>
      <MenuCheckItem checked={filters.countedOnly === true} onCheckedChange={flag('countedOnly')}>
        Counted only
      </MenuCheckItem>
      <MenuSeparator />
      <MenuLabel>Evidence</MenuLabel>
      {evidenceOrder.map((evidence) => (
        <MenuCheckItem
          key={evidence}
          checked={filters.evidence?.includes(evidence) === true}
          onCheckedChange={() => onChange(toggle(filters, 'evidence', evidence))}
        >
          {evidence}
        </MenuCheckItem>
      ))}
      {providers.length > 0 && (
        <>
          <MenuSeparator />
          <MenuLabel>Provider</MenuLabel>
          {providers.map((provider) => (
            <MenuCheckItem
              key={provider}
              checked={filters.providers?.includes(provider) === true}
              onCheckedChange={() => onChange(toggle(filters, 'providers', provider))}
            >
              <span className="truncate">{provider}</span>
            </MenuCheckItem>
          ))}
        </>
      )}
    </Menu>
  );
}

/** The filters in force that have no field of their own, each with a way to take it away. */
export function FilterChips({ filters, onChange }: FilterBarProps) {
  const imports =
    useRoute('imports.list', {}, { enabled: filters.importId !== undefined }).data?.imports ?? [];
  const chips = chipsOf(filters, {
    import: (id) => imports.find((row) => row.id === id)?.fileName ?? String(id),
  });
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Filters in force" className="flex flex-wrap gap-1.5">
      {chips.map((chip) => (
        <li key={chip.key}>
          <ChipButton chip={chip} onRemove={() => onChange(withoutRange(chip.without))} />
        </li>
      ))}
    </ul>
  );
}

function ChipButton({ chip, onRemove }: { readonly chip: Chip; readonly onRemove: () => void }) {
  return (
    <button
      type="button"
      aria-label={`Remove filter ${chip.label}`}
      onClick={onRemove}
      className="inline-flex h-6 max-w-72 items-center gap-1.5 rounded-md bg-accent-soft pr-1.5 pl-2 font-medium text-accent-text text-xs hover:bg-pressed"
    >
      <span className="truncate">{chip.label}</span>
      <X aria-hidden className="size-3 shrink-0" strokeWidth={2} />
    </button>
  );
}

function withoutRange({ from: _from, to: _to, ...filters }: Filters): ViewFilters {
  return filters;
}

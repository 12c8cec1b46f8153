import { Building2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { VendorModel } from '../../../src-preload/contract/calls.ts';
import { Button } from '../../ui/button.tsx';
import { FilterMenu } from '../../ui/frame/filter-menu.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { SearchBox } from '../../ui/search-box.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { countShows, type ModelQuery, type Show } from './model-list.ts';

interface ToolbarProps {
  readonly models: readonly VendorModel[];
  readonly query: ModelQuery;
  readonly onQuery: (query: ModelQuery) => void;
  readonly children: ReactNode;
}

const words: Readonly<Record<Show, string>> = {
  all: 'All',
  unpriced: 'Unpriced',
  differs: 'Price differs',
  retiring: 'Retiring',
};

/** Narrows the list down: by words, provider, and what deserves a look. */
export function Toolbar({ models, query, onQuery, children }: ToolbarProps) {
  const counts = countShows(models);
  const connection = models.find((model) => model.connectionId === query.connectionId)?.connection;
  const options = (['all', 'unpriced', 'differs', 'retiring'] as const)
    .filter((show) => show === 'all' || counts[show] > 0 || show === query.show)
    .map((show) => ({ value: show, label: `${words[show]} ${formatCount(counts[show])}` }));
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2">
      <SearchBox
        id="search"
        label="Search models"
        value={query.search}
        onChange={(search) => onQuery({ ...query, search })}
        className="w-56"
      />
      <FilterMenu
        icon={Building2}
        label="Providers"
        all="All providers"
        options={providersOf(models)}
        chosen={query.providers}
        onChange={(providers) => onQuery({ ...query, providers })}
      />
      {query.connectionId !== null && (
        <Button
          icon={X}
          aria-label={`No longer only ${connection ?? 'that connection'}`}
          onClick={() => onQuery({ ...query, connectionId: null })}
        >
          {connection ?? 'One connection'}
        </Button>
      )}
      {options.length > 1 && (
        <Segmented
          label="Show"
          options={options}
          value={query.show}
          onChange={(show) => onQuery({ ...query, show })}
        />
      )}
      <span className="flex-1" />
      {children}
    </div>
  );
}

function providersOf(models: readonly VendorModel[]) {
  const counts = new Map<string, { label: string; count: number }>();
  for (const { provider, providerLabel } of models) {
    const known = counts.get(provider);
    counts.set(provider, { label: providerLabel, count: (known?.count ?? 0) + 1 });
  }
  return [...counts]
    .map(([value, { label, count }]) => ({ value, label, note: formatCount(count) }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

import { Search } from 'lucide-react';
import { useState } from 'react';
import type { ProviderInfo } from '../../../src-preload/contract/connections.ts';
import { useConnectRequest } from '../../ui/connect-request.ts';
import { plural } from '../../ui/numbers.ts';
import { SearchBox } from '../../ui/search-box.tsx';
import { offerWords } from './capability-words.ts';
import { galleryGroups } from './gallery-groups.ts';
import { ProviderName } from './provider-name.tsx';

/** Every vendor LLMLab knows, by kind, with what it offers; choosing one opens its form. */
export function Gallery({ providers }: { readonly providers: readonly ProviderInfo[] }) {
  const [typed, setTyped] = useState('');
  const groups = galleryGroups(providers, typed);
  return (
    <section aria-labelledby="gallery" className="flex flex-col gap-3 pt-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id="gallery" className="text-lg!">
          Add a vendor
        </h2>
        <span className="min-w-0 flex-1 text-sm text-text-2">
          {plural(providers.length, 'vendor')}, each with what it offers.
        </span>
        <SearchBox id="search" label="Search vendors" value={typed} onChange={setTyped} className="w-56" />
      </div>
      {groups.map((group) => (
        <div key={group.kind} className="flex flex-col gap-2">
          <h3 className="font-medium! text-sm! text-text-2">{group.title}</h3>
          <ul className="grid grid-cols-4 gap-2 snug:grid-cols-3 tight:grid-cols-1">
            {group.providers.map((provider) => (
              <li key={provider.id} className="min-w-0">
                <Tile provider={provider} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {groups.length === 0 && (
        <p role="status" className="flex items-center gap-2 py-6 text-sm text-text-2">
          <Search aria-hidden className="size-4 text-text-3" strokeWidth={1.5} />
          No vendor is called that. Any server that speaks like OpenAI or Anthropic can be added as Custom.
        </p>
      )}
    </section>
  );
}

function Tile({ provider }: { readonly provider: ProviderInfo }) {
  return (
    <button
      type="button"
      onClick={() => useConnectRequest.getState().request(provider.id)}
      className="flex h-full w-full flex-col gap-0.5 rounded-lg border bg-surface px-3.5 py-2.5 text-left hover:border-border-strong hover:bg-hover"
    >
      <span className="flex w-full items-baseline gap-2">
        <span className="min-w-0 font-semibold text-md">
          <ProviderName vendor={provider.vendor} label={provider.label} />
        </span>
        {provider.connections > 0 && (
          <span className="tnum ml-auto shrink-0 text-good text-xs">
            {provider.connections === 1 ? 'connected' : `${provider.connections} connected`}
          </span>
        )}
      </span>
      <span className="text-sm text-text-2">{offerWords(provider)}</span>
    </button>
  );
}

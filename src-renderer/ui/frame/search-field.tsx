import { Search } from 'lucide-react';
import { useState } from 'react';
import { navigate } from '../hash-location.ts';
import { Kbd } from '../kbd.tsx';
import { useView } from '../use-view.ts';
import { activityHref, type View } from '../view.ts';

/** Searches the records; the answer is Activity. `/` puts the cursor here. */
export function SearchField() {
  const { view } = useView();
  return <SearchForm key={view.filters.search ?? ''} view={view} />;
}

function SearchForm({ view }: { readonly view: View }) {
  const [text, setText] = useState(view.filters.search ?? '');
  const submit = () => {
    const { search: _, ...filters } = view.filters;
    const search = text.trim();
    navigate(activityHref({ ...view, filters: search === '' ? filters : { ...filters, search } }));
  };
  return (
    <search className="min-w-24 shrink">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        className="flex h-7 w-42 max-w-full items-center gap-1.5 rounded-md border border-border-strong bg-surface px-2 focus-within:outline-2 focus-within:outline-focus focus-within:outline-solid focus-within:outline-offset-2 narrow:w-28"
      >
        <Search aria-hidden className="size-3.5 shrink-0 text-text-3" strokeWidth={1.5} />
        <input
          id="search"
          type="text"
          aria-label="Search records"
          placeholder="Search records"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
          className="min-w-0 flex-1 bg-transparent text-sm outline-none narrow:placeholder:text-transparent"
        />
        <Kbd>/</Kbd>
      </form>
    </search>
  );
}

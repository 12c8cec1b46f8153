import { Search } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { navigate } from '../hash-location.ts';
import { Kbd } from '../kbd.tsx';
import { useView } from '../use-view.ts';
import { activityHref, type View } from '../view.ts';

const typingPauseMs = 250;

/** Narrows the page down while typing; Enter goes to the records, Escape clears. `/` puts the cursor here. */
export function SearchField() {
  const { view, setView } = useView();
  const search = view.filters.search ?? '';
  const [text, setText] = useState(search);
  // What the address was last told: a search that differs came from elsewhere (a link, Back, "Clear filters").
  const told = useRef(search);
  useEffect(() => {
    if (search === told.current) return;
    told.current = search;
    setText(search);
  }, [search]);
  const apply = useCallback(
    (wanted: string) => {
      told.current = wanted;
      setView({ filters: withSearch(view.filters, wanted) }, { replace: true });
    },
    [view, setView],
  );
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === told.current) return;
    const pause = setTimeout(() => apply(wanted), typingPauseMs);
    return () => clearTimeout(pause);
  }, [text, apply]);
  const submit = () => {
    told.current = text.trim();
    navigate(activityHref({ ...view, filters: withSearch(view.filters, text.trim()) }));
  };
  const clear = (input: HTMLInputElement) => {
    if (text === '') input.blur();
    setText('');
    if (told.current !== '') apply('');
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
            if (event.key === 'Escape') clear(event.currentTarget);
          }}
          className="min-w-0 flex-1 bg-transparent text-sm outline-none narrow:placeholder:text-transparent"
        />
        <Kbd>/</Kbd>
      </form>
    </search>
  );
}

function withSearch({ search: _, ...filters }: View['filters'], search: string): View['filters'] {
  return search === '' ? filters : { ...filters, search };
}

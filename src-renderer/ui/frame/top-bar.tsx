import { CircleDollarSign, Folder, Upload } from 'lucide-react';
import { useRoute } from '../../api/client.ts';
import { Button } from '../button.tsx';
import { pickFiles } from '../import-request.ts';
import type { Page } from '../pages.ts';
import { useView } from '../use-view.ts';
import { FilterMenu } from './filter-menu.tsx';
import { RangePicker } from './range-picker.tsx';
import { SearchField } from './search-field.tsx';

/** Range, filters, search and Import. Pages that show no figures of a range have their title there instead. */
export function TopBar({ page }: { readonly page: Page | undefined }) {
  const records = useRoute('app.info', {}).data?.records ?? 0;
  const filtered = page?.filtered === true && records > 0;
  return (
    <header className="flex min-h-(--topbar-height) shrink-0 flex-wrap items-center gap-2 border-b bg-canvas px-5 narrow:px-4 tight:py-3">
      <h1 className={filtered ? 'sr-only' : 'font-semibold text-lg tracking-title'}>
        {page?.label ?? 'LLMLab'}
      </h1>
      {filtered && <ViewControls />}
      <span className="flex-1" />
      {filtered && <SearchField />}
      <Button icon={Upload} onClick={pickFiles}>
        Import
      </Button>
    </header>
  );
}

function ViewControls() {
  const { view, setView } = useView();
  const accounts = useRoute('accounts.list', {}).data?.accounts ?? [];
  const projects = useRoute('report.values', {}).data?.projects ?? [];
  return (
    <>
      <RangePicker />
      <span aria-hidden className="mx-1 h-5 w-px bg-border" />
      <FilterMenu
        icon={CircleDollarSign}
        label="Accounts"
        all="All accounts"
        options={accounts.map(({ id, name, kind }) => ({ value: id, label: name, note: kindWords[kind] }))}
        chosen={view.filters.accounts ?? []}
        onChange={(ids) => setView({ filters: withList(view.filters, 'accounts', ids) })}
      />
      <FilterMenu
        icon={Folder}
        label="Projects"
        all="All projects"
        options={[...projects, ''].map((name) => ({ value: name, label: name === '' ? 'No project' : name }))}
        chosen={view.filters.projects ?? []}
        onChange={(names) => setView({ filters: withList(view.filters, 'projects', names) })}
      />
    </>
  );
}

const kindWords = { api: 'API', plan: 'plan', local: 'local' } as const;

function withList<F extends object, K extends string, V>(filters: F, key: K, values: readonly V[]) {
  const { [key as unknown as keyof F]: _, ...rest } = filters;
  return values.length === 0 ? rest : { ...rest, [key]: values };
}

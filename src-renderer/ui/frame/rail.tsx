import { cx } from '../cx.ts';
import { useHashSearch } from '../hash-location.ts';
import { Kbd, modKey } from '../kbd.tsx';
import { type Page, pageHref } from '../pages.ts';
import { usePalette } from '../palette-store.ts';
import { Mark } from './brand.tsx';
import { JobsArea } from './jobs-area.tsx';

interface RailProps {
  readonly pages: readonly Page[];
  readonly path: string;
  /** The page of the path. */
  readonly page: Page | undefined;
}

/** Pages at the top, what is running and the set-up at the bottom; icons only in a narrow window. */
export function Rail({ pages, path, page: shown }: RailProps) {
  const current = shown?.under ?? shown?.path;
  const openPalette = () => usePalette.getState().setOpen(true);
  return (
    <aside className="flex min-h-0 flex-col border-r bg-rail px-2 pb-3">
      <SkipLink path={path} />
      <div className="flex h-(--topbar-height) shrink-0 items-center gap-2 px-2 font-semibold text-lg tracking-title narrow:justify-center narrow:px-0">
        <Mark />
        <span className="narrow:hidden">LLMLab</span>
        <button
          type="button"
          aria-label={`Command palette, ${modKey} K`}
          onClick={openPalette}
          className="ml-auto rounded-sm narrow:hidden"
        >
          <Kbd>{modKey} K</Kbd>
        </button>
      </div>
      <PageLinks label="Pages" pages={pages.filter((page) => page.place === 'main')} current={current} />
      <div className="mt-auto flex min-h-0 flex-col gap-2">
        <JobsArea />
        <PageLinks label="Set-up" pages={pages.filter((page) => page.place === 'setup')} current={current} />
      </div>
    </aside>
  );
}

/** For keyboards: past the rail and the top bar. */
function SkipLink({ path }: { readonly path: string }) {
  return (
    <a
      href={`#${path}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('page')?.focus();
      }}
      className="-translate-y-16 absolute top-2 left-2 z-50 rounded-md bg-accent px-3 py-1.5 font-semibold text-on-accent focus:translate-y-0"
    >
      Skip to the page
    </a>
  );
}

interface PageLinksProps {
  readonly label: string;
  readonly pages: readonly Page[];
  /** Path of the page that is marked. */
  readonly current: string | undefined;
}

function PageLinks({ label, pages, current: marked }: PageLinksProps) {
  const search = useHashSearch();
  return (
    <nav aria-label={label} className="flex flex-col gap-0.5">
      {pages.map((page) => {
        const current = page.path === marked;
        return (
          <a
            key={page.path}
            href={pageHref(page, search)}
            aria-current={current ? 'page' : undefined}
            title={`${page.label} (g ${page.key})`}
            className={cx(
              'relative flex h-8 items-center gap-2.5 rounded-md px-2 font-medium narrow:h-9 narrow:justify-center narrow:px-0',
              current
                ? 'bg-surface text-text shadow-[0_0_0_1px_var(--color-border)] [&>svg]:text-accent-text'
                : 'text-text-2 hover:bg-hover hover:text-text',
            )}
          >
            <page.icon aria-hidden className="size-4 shrink-0" strokeWidth={1.5} />
            <span className="narrow:sr-only">{page.label}</span>
            {page.Count && <page.Count />}
          </a>
        );
      })}
    </nav>
  );
}

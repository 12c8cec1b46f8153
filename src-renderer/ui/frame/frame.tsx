import type { ReactNode } from 'react';
import { useHashPath } from '../hash-location.ts';
import { type Page, pageAt } from '../pages.ts';
import { ConnectionNotice } from './connection-notice.tsx';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';
import { useTidyHash } from './use-tidy-hash.ts';

/** Rail at the left, top bar above the page. The page scrolls; nothing else does. */
export function Frame({
  pages,
  children,
}: {
  readonly pages: readonly Page[];
  readonly children: ReactNode;
}) {
  useTidyHash();
  const [path] = useHashPath();
  const page = pageAt(pages, path);
  return (
    <div className="grid h-full grid-cols-[var(--rail-width)_minmax(0,1fr)] narrow:grid-cols-[var(--rail-width-narrow)_minmax(0,1fr)]">
      <Rail pages={pages} path={path} page={page} />
      <div className="flex min-h-0 min-w-0 flex-col">
        <TopBar page={page} />
        <ConnectionNotice />
        <main id="page" tabIndex={-1} className="min-h-0 flex-1 overflow-auto outline-none">
          {children}
        </main>
      </div>
    </div>
  );
}

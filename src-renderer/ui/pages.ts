import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import { hrefOf, parseView } from './view.ts';

/** A page of the window. One row per screen in routes.tsx. */
export interface Page {
  readonly path: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** `g` then this letter goes there. */
  readonly key: string;
  /** `inner`: reached from the page at `under`, which the rail marks for it. */
  readonly place: 'main' | 'setup' | 'inner';
  readonly under?: string;
  /** Whether range and filters of the top bar apply to it. */
  readonly filtered: boolean;
  /** What waits for the user there, in the rail. */
  readonly Count?: ComponentType;
  readonly Screen: ComponentType;
  /** Fetches the screen's code, if it is not there yet. */
  readonly load: () => Promise<unknown>;
}

/** The page of a path: its own, or the one it is a part of (`/providers/3`). */
export function pageAt<P extends Pick<Page, 'path'>>(pages: readonly P[], path: string): P | undefined {
  return pages.find((page) => page.path === path || (page.path !== '/' && path.startsWith(`${page.path}/`)));
}

/** A link to a page. Range, accounts and projects go along; what only one page filters by does not. */
export function pageHref(page: Pick<Page, 'path' | 'filtered'>, search: string): string {
  if (!page.filtered) return `#${page.path}`;
  const { filters, ...view } = parseView(search);
  const { accounts, projects } = filters;
  return hrefOf(page.path, {
    ...view,
    filters: { ...(accounts && { accounts }), ...(projects && { projects }) },
  });
}

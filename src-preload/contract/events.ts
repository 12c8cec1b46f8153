import type { Job } from './data.ts';

/** What the core tells its hosts, in order; plain data. */
export type CoreEvent =
  | { readonly kind: 'ledger.changed' }
  | { readonly kind: 'settings.changed' }
  /** Whether and how logs are followed, or what keeps them from being read. */
  | { readonly kind: 'following.changed' }
  | { readonly kind: 'job.changed'; readonly job: Job }
  /** The host received files to import (drag onto the icon, Open dialog, second instance). */
  | { readonly kind: 'import.requested'; readonly paths: readonly string[] }
  /** The host asks the window to show a page (menu, tray, deep link): a hash route such as `/sources`. */
  | { readonly kind: 'navigate'; readonly to: string };

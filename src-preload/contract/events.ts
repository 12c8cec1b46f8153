import type { Job } from './data.ts';

/** What the core tells its hosts, in order; plain data. */
export type CoreEvent =
  | { readonly kind: 'ledger.changed' }
  | { readonly kind: 'settings.changed' }
  /** Whether and how logs are followed, or what keeps them from being read. */
  | { readonly kind: 'following.changed' }
  | { readonly kind: 'job.changed'; readonly job: Job }
  /** A connection, its sync state, its models, its health or the vault is no longer what it was. */
  | { readonly kind: 'connections.changed' }
  /** A part of a streamed reply, for who asked with this `ref`. */
  | { readonly kind: 'call.text'; readonly ref: string; readonly text: string }
  /** The host received files to import (drag onto the icon, Open dialog, second instance). */
  | { readonly kind: 'import.requested'; readonly paths: readonly string[] }
  /** The host asks the window to show a page (menu, tray, deep link): a hash route such as `/sources`. */
  | { readonly kind: 'navigate'; readonly to: string };

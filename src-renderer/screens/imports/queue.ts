import type { FileRef, ImportRow, Mapping, Preview } from '../../../src-preload/contract/imports.ts';

/** What the user wants the file read as, when they said so. */
export interface Choice {
  readonly as?: string;
  readonly account?: string;
  readonly mapping?: Mapping;
}

export interface Trouble {
  readonly message: string;
}

/** Where one picked file stands. `read` may hold several previews: one per file inside an archive. */
export type Phase =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'uploading' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly previews: readonly Preview[] }
  | { readonly kind: 'committing'; readonly previews: readonly Preview[] }
  | { readonly kind: 'committed'; readonly imports: readonly ImportRow[] }
  | { readonly kind: 'failed'; readonly trouble: Trouble }
  | { readonly kind: 'cancelled' };

/** One picked, dropped or named file on its way into the ledger. */
export interface Item {
  readonly key: string;
  readonly name: string;
  /** Null until an upload has answered. */
  readonly file: FileRef | null;
  readonly choice: Choice;
  readonly phase: Phase;
}

/** One line of the sheet's list: a picked file, or one file inside a picked archive. */
export interface Entry {
  readonly key: string;
  readonly item: Item;
  readonly name: string;
  readonly preview: Preview | null;
  readonly state: EntryState;
}

export type EntryState =
  | 'waiting'
  | 'reading'
  | 'ready'
  | 'empty'
  | 'asks'
  | 'unreadable'
  | 'committing'
  | 'committed'
  | 'cancelled';

/** The lines of the list, archives spread out. */
export function entriesOf(items: readonly Item[]): readonly Entry[] {
  return items.flatMap((item): Entry[] => {
    const previews = previewsOf(item);
    if (previews.length === 0) {
      return [{ key: item.key, item, name: item.name, preview: null, state: stateOf(item, null) }];
    }
    return previews.map((preview, index) => ({
      key: `${item.key}/${index}`,
      item,
      name: preview.fileName,
      preview,
      state: stateOf(item, preview),
    }));
  });
}

export function previewsOf(item: Item): readonly Preview[] {
  return item.phase.kind === 'read' || item.phase.kind === 'committing' ? item.phase.previews : [];
}

/** Whether a commit of this entry would change the ledger: refused rows alone are nothing to keep. */
export function isCommittable(entry: Entry): boolean {
  return entry.state === 'ready';
}

/** True while a file is still on its way, so that closing the sheet would stop something. */
export function isBusy(items: readonly Item[]): boolean {
  return items.some(({ phase }) => busyPhases.has(phase.kind));
}

function stateOf(item: Item, preview: Preview | null): EntryState {
  switch (item.phase.kind) {
    case 'waiting':
      return 'waiting';
    case 'uploading':
    case 'reading':
      return 'reading';
    case 'committing':
      return preview?.kind === 'ready' ? 'committing' : previewState(preview);
    case 'committed':
      return 'committed';
    case 'cancelled':
      return 'cancelled';
    case 'failed':
      return 'unreadable';
    case 'read':
      return previewState(preview);
  }
}

function previewState(preview: Preview | null): EntryState {
  switch (preview?.kind) {
    case 'ready':
      return preview.counts.accepted > 0 ? 'ready' : 'empty';
    case 'choose':
    case 'unknown':
      return 'asks';
    default:
      return 'unreadable';
  }
}

const busyPhases: ReadonlySet<Phase['kind']> = new Set(['waiting', 'uploading', 'reading', 'committing']);

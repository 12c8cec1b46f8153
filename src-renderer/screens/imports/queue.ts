import type {
  Committed,
  FileRef,
  Mapping,
  Preview,
  ReadyPreview,
} from '../../../src-preload/contract/imports.ts';
import { type MappingDraft, startDraft, type UnknownPreview } from './mapping-draft.ts';

/** What the user wants a file read as, where they said so. */
export interface Choice {
  readonly as?: string;
  readonly account?: string;
  readonly mapping?: Mapping;
}

/** Where one file stands between being picked and being in the ledger. */
export type Phase =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'uploading' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly preview: Preview }
  | { readonly kind: 'committing'; readonly preview: Preview }
  | { readonly kind: 'committed'; readonly preview: Preview; readonly files: readonly Committed[] }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'cancelled' };

/** One file of the sheet: picked, dropped or named by path, or one file inside such an archive. */
export interface Item {
  readonly key: string;
  readonly name: string;
  /** Null until an upload has answered. */
  readonly file: FileRef | null;
  /** Name inside the archive; null for a plain file. */
  readonly member: string | null;
  readonly choice: Choice;
  readonly phase: Phase;
  /** The last answer, still shown while the file is read again with other choices. */
  readonly shown: Preview | null;
  /** The column mapper, for a file no importer knows. */
  readonly columns: Columns | null;
  /** Name of an earlier file of the sheet with the very same content; kept up to date by `markTwins`. */
  readonly sameAs: string | null;
}

export interface Columns {
  readonly file: UnknownPreview;
  readonly draft: MappingDraft;
}

/** The answers of one read: an archive becomes one item per file inside, in its own order. */
export function spread(item: Item, previews: readonly Preview[]): readonly Item[] {
  const [only] = previews;
  if (!only) return [{ ...item, phase: { kind: 'failed', message: 'The archive holds no file.' } }];
  if (previews.length === 1) return [answered(item, only)];
  return previews.map((preview, index) => ({
    ...answered(item, preview),
    key: `${item.key}/${index}`,
    name: preview.fileName,
    member: preview.fileName,
  }));
}

function answered(item: Item, preview: Preview): Item {
  const columns =
    preview.kind === 'unknown' && !item.columns
      ? { file: preview, draft: startDraft(preview) }
      : item.columns;
  return { ...item, phase: { kind: 'read', preview }, shown: preview, columns };
}

export type ItemState =
  | 'waiting'
  | 'reading'
  | 'ready'
  /** Read without trouble, but it would add nothing. */
  | 'nothing-new'
  /** The content of an earlier file of this sheet: written once, with that one. */
  | 'same'
  /** Needs an answer: which format, which columns. */
  | 'asks'
  | 'unreadable'
  | 'committing'
  | 'committed'
  | 'cancelled';

export function stateOf(item: Item): ItemState {
  switch (item.phase.kind) {
    case 'uploading':
      return 'reading';
    case 'failed':
      return 'unreadable';
    case 'read':
      return item.sameAs === null ? previewState(item.phase.preview) : 'same';
    default:
      return item.phase.kind;
  }
}

/** The preview to show for an item: its own, or while it is read again the one before. */
export function previewOf(item: Item | null): Preview | null {
  if (!item) return null;
  if ('preview' in item.phase) return item.phase.preview;
  return item.phase.kind === 'failed' || item.phase.kind === 'cancelled' ? null : item.shown;
}

/** The preview of a recognised file, as a list of none or one. */
export function readyOf(item: Item): readonly ReadyPreview[] {
  const preview = previewOf(item);
  return preview?.kind === 'ready' ? [preview] : [];
}

/** True while a file is still on its way, so that closing the sheet stops something. */
export function isBusy(items: readonly Item[]): boolean {
  return items.some(({ phase }) => busyPhases.has(phase.kind));
}

/** True once something was committed and no file is left that could still be: the sheet has done its work. */
export function isFinished(items: readonly Item[]): boolean {
  const states = items.map(stateOf);
  return states.includes('committed') && states.every((state) => endStates.has(state));
}

const endStates: ReadonlySet<ItemState> = new Set(['committed', 'nothing-new', 'same']);

/** The items, each that holds what an earlier one holds already told so: committed twice it would only be refused row by row. */
export function markTwins(items: readonly Item[]): readonly Item[] {
  const names = new Map<string, string>();
  return items.map((item) => {
    const { phase } = item;
    const preview = 'preview' in phase && phase.preview.kind === 'ready' ? phase.preview : null;
    const sameAs = phase.kind === 'read' && preview ? (names.get(preview.sha256) ?? null) : null;
    if (preview && sameAs === null) names.set(preview.sha256, item.name);
    return item.sameAs === sameAs ? item : { ...item, sameAs };
  });
}

function previewState(preview: Preview): ItemState {
  switch (preview.kind) {
    case 'ready':
      return preview.counts.accepted > 0 ? 'ready' : 'nothing-new';
    case 'choose':
    case 'unknown':
      return 'asks';
    case 'unreadable':
      return 'unreadable';
  }
}

const busyPhases: ReadonlySet<Phase['kind']> = new Set(['waiting', 'uploading', 'reading', 'committing']);

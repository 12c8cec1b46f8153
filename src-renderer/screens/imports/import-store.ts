import { createStore } from 'zustand/vanilla';
import type { Committed, FileRef, ReadyPreview } from '../../../src-preload/contract/imports.ts';
import type { PendingFile } from '../../ui/import-request.ts';
import {
  commitItem,
  failed,
  guessFormats,
  type ImportPorts,
  readItem,
  referenceOf,
  stopJob,
} from './host-calls.ts';
import { assignRole, type MappingDraft, type Role, reguess } from './mapping-draft.ts';
import { type Choice, type Item, markTwins, type Phase, stateOf } from './queue.ts';

export interface ImportState {
  readonly items: readonly Item[];
  /** Key of the item whose details are shown. */
  readonly selected: string | null;
  /** Queues files for reading, one after the other, in the order given. */
  add(picked: readonly PendingFile[]): void;
  select(key: string | null): void;
  /** Reads an item again with other choices. */
  choose(key: string, choice: Choice): Promise<void>;
  /** Keeps what was chosen in the column mapper so far. */
  edit(key: string, draft: MappingDraft): void;
  /** Gives a column of an unknown table another role, and guesses anew how its cells are written. */
  assign(key: string, column: string, role: Role | null): Promise<void>;
  /** Stops reading an item; what is being read in the core is cancelled too. */
  cancel(key: string): Promise<void>;
  remove(key: string): void;
  /** Commits the ready items among `keys`, one transaction each; answers with what was written. */
  commit(keys: readonly string[]): Promise<readonly Committed[]>;
  /** Empties the sheet; running reads are cancelled, running commits go on. */
  reset(): Promise<void>;
}

/** The files of the import sheet and what becomes of them. One per window. */
export function createImportStore(ports: ImportPorts) {
  const sources = new Map<string, PendingFile>();
  let pumping = false;
  let added = 0;

  return createStore<ImportState>()((set, get) => {
    const find = (key: string): Item | undefined => get().items.find((item) => item.key === key);

    function replace(key: string, by: readonly Item[]): void {
      set(({ items, selected }) => ({
        items: markTwins(items.flatMap((item) => (item.key === key ? by : [item]))),
        selected: selected === key ? (by[0]?.key ?? null) : selected,
      }));
    }

    function enter(key: string, phase: Phase): void {
      const item = find(key);
      if (item) replace(key, [{ ...item, phase }]);
    }

    /** An answer counts only while the item still waits for it, and for the choice it was asked with. */
    function isAwaited(asked: Item): boolean {
      const item = find(asked.key);
      return item !== undefined && stateOf(item) === 'reading' && item.choice === asked.choice;
    }

    async function read(item: Item): Promise<void> {
      enter(item.key, { kind: item.file ? 'reading' : 'uploading' });
      const items = await answerOf(item);
      const now = find(item.key);
      if (now && isAwaited(item)) replace(item.key, keepColumns(items, now));
    }

    async function answerOf(item: Item): Promise<readonly Item[]> {
      try {
        const file = await referenceOf(item, sources.get(item.key));
        if (!isAwaited(item)) return [];
        enter(item.key, { kind: 'reading' });
        return await readItem(ports, item, file);
      } catch (error) {
        return [{ ...item, phase: failed(error) }];
      }
    }

    async function pump(): Promise<void> {
      if (pumping) return;
      pumping = true;
      for (let next = firstWaiting(get().items); next; next = firstWaiting(get().items)) await read(next);
      pumping = false;
    }

    async function leave(key: string, to: (item: Item) => Item): Promise<void> {
      const item = find(key);
      if (!item) return;
      replace(key, [to(item)]);
      void pump();
      if (item.phase.kind === 'reading') await stopJob(ports, key);
    }

    /** An item that can be committed now, marked as under way; the sheet may be closed before its turn comes. */
    function takeReady(key: string): readonly ReadyItem[] {
      const item = find(key);
      if (item?.phase.kind !== 'read' || stateOf(item) === 'same') return [];
      if (item.phase.preview.kind !== 'ready' || !item.file) return [];
      const { preview } = item.phase;
      enter(key, { kind: 'committing', preview });
      return [{ item: { ...item, file: item.file }, preview }];
    }

    return {
      items: [],
      selected: null,
      add: (picked) => {
        const items = picked.map((source) => {
          added += 1;
          const key = `import-${added}`;
          sources.set(key, source);
          return newItem(key, source.name);
        });
        set((state) => ({
          items: [...state.items, ...items],
          selected: state.selected ?? items[0]?.key ?? null,
        }));
        void pump();
      },
      select: (selected) => set({ selected }),
      choose: (key, choice) => leave(key, (item) => ({ ...item, choice, phase: { kind: 'waiting' } })),
      edit: (key, draft) => {
        const item = find(key);
        if (item?.columns) replace(key, [{ ...item, columns: { ...item.columns, draft } }]);
      },
      assign: async (key, column, role) => {
        const columns = find(key)?.columns;
        if (!columns) return;
        const draft = assignRole(columns.draft, column, role);
        get().edit(key, draft);
        const guess = await guessFormats(ports, columns.file, draft.mapping);
        const now = find(key)?.columns?.draft;
        // another choice has its own answer on its way
        if (now?.mapping.columns !== draft.mapping.columns) return;
        get().edit(key, guess ? reguess(now, guess) : { ...now, guessedFor: now.mapping.columns });
      },
      cancel: (key) => leave(key, (item) => ({ ...item, phase: { kind: 'cancelled' } })),
      remove: (key) => {
        replace(key, []);
        if (get().selected === null) set({ selected: get().items[0]?.key ?? null });
      },
      commit: async (keys) => {
        const files: Committed[] = [];
        for (const { item, preview } of keys.flatMap(takeReady)) {
          const outcome = await commitItem(ports, item, preview);
          enter(item.key, outcome.phase);
          files.push(...outcome.files);
        }
        return files;
      },
      reset: async () => {
        const reading = get().items.filter((item) => item.phase.kind === 'reading');
        set({ items: [], selected: null });
        sources.clear();
        for (const item of reading) await stopJob(ports, item.key);
      },
    };
  });
}

interface ReadyItem {
  readonly item: Item & { readonly file: FileRef };
  readonly preview: ReadyPreview;
}

export type ImportStore = ReturnType<typeof createImportStore>;

function newItem(key: string, name: string): Item {
  return {
    key,
    name,
    file: null,
    member: null,
    choice: {},
    phase: { kind: 'waiting' },
    shown: null,
    columns: null,
    sameAs: null,
  };
}

/** What was chosen in the mapper while the file was read is newer than what the read began with. */
function keepColumns(items: readonly Item[], now: Item): readonly Item[] {
  return now.columns ? items.map((item) => ({ ...item, columns: now.columns })) : items;
}

function firstWaiting(items: readonly Item[]): Item | undefined {
  return items.find((item) => item.phase.kind === 'waiting');
}

import { useCallback, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { callRoute } from '../../api/client.ts';
import { useImportRequest } from '../../ui/import-request.ts';
import { formatBytes, formatCount, plural } from '../../ui/numbers.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { useMoney } from '../../ui/use-money.ts';
import { announceCommit } from './commit-toast.ts';
import { rowsOf } from './counts.ts';
import { FileList } from './file-list.tsx';
import { createImportStore } from './import-store.ts';
import { ItemView } from './item-view.tsx';
import { changesOf, moneyOf } from './preview-money.ts';
import { type Item, isFinished, previewOf, readyOf, stateOf } from './queue.ts';
import { SheetFooter } from './sheet-footer.tsx';

/** One per window: an import under way survives navigation. */
const store = createImportStore({ call: callRoute });

/** The sheet files land in, wherever they were dropped, picked or named. Nothing is written until Commit. */
export function ImportSheet() {
  const { items, selected, select, remove, reset } = useStore(store);
  useTakenRequests();
  const finished = isFinished(items);
  useEffect(() => {
    if (finished) void reset();
  }, [finished, reset]);
  const commitButton = useRef<HTMLButtonElement>(null);
  const commit = useCommit(items);
  const item = items.find(({ key }) => key === selected) ?? items[0] ?? null;
  return (
    <Sheet
      open={items.length > 0}
      onOpenChange={(open) => {
        if (!open) void reset();
      }}
      title={titleOf(items)}
      description={item ? subtitleOf(items, item) : ''}
      initialFocus={() => commitButton.current}
      footer={
        <SheetFooter
          items={items}
          commitButton={commitButton}
          onCommit={commit}
          onClose={() => void reset()}
        />
      }
    >
      {items.length > 1 && (
        <FileList items={items} selected={item?.key ?? null} onSelect={select} onRemove={remove} />
      )}
      {item && <ItemView key={item.key} item={item} items={items} store={store} />}
    </Sheet>
  );
}

/** Takes the files other parts of the window ask to be imported. */
function useTakenRequests(): void {
  const waiting = useImportRequest((state) => state.files.length);
  useEffect(() => {
    if (waiting > 0) store.getState().add(useImportRequest.getState().take());
  }, [waiting]);
}

/** Commits what is ready and says so, with an Undo. */
function useCommit(items: readonly Item[]): () => void {
  const { money } = useMoney();
  const ready = items.filter((item) => stateOf(item) === 'ready');
  // What several files came to is known only once they are in: they may state the same usage.
  const change = ready.length > 1 ? '' : changesOf(moneyOf(ready.flatMap(readyOf)), money).join(', ');
  const keys = ready.map((item) => item.key).join('\n');
  return useCallback(() => {
    if (keys === '') return;
    void commitReady(keys.split('\n'), change);
  }, [keys, change]);
}

async function commitReady(keys: readonly string[], change: string): Promise<void> {
  const files = await store.getState().commit(keys);
  if (files.length > 0) announceCommit(files, change);
}

function titleOf(items: readonly Item[]): string {
  const [only] = items;
  return items.length === 1 && only ? `Import ${only.name}` : `Import ${plural(items.length, 'file')}`;
}

function subtitleOf(items: readonly Item[], item: Item): string {
  if (items.length > 1) return 'Choose a file to see what it would add.';
  const preview = previewOf(item);
  if (preview?.kind !== 'ready') return preview ? formatBytes(preview.bytes) : 'Looking what it is';
  const seconds = Math.max(0.01, preview.elapsedMs / 1000).toFixed(2);
  return `${formatBytes(preview.bytes)}, ${formatCount(rowsOf(preview.counts))} rows, read in ${seconds} s`;
}

import { type RefObject, useEffect } from 'react';
import { Button } from '../../ui/button.tsx';
import { Kbd, modKey } from '../../ui/kbd.tsx';
import { plural } from '../../ui/numbers.ts';
import { addCounts, isEmpty } from './counts.ts';
import { type Item, type ItemState, isBusy, readyOf, stateOf } from './queue.ts';

interface SheetFooterProps {
  readonly items: readonly Item[];
  readonly commitButton: RefObject<HTMLButtonElement | null>;
  readonly onCommit: () => void;
  readonly onClose: () => void;
}

/** The promise at the left, Commit at the far right; Ctrl+Enter commits from anywhere in the sheet. */
export function SheetFooter({ items, commitButton, onCommit, onClose }: SheetFooterProps) {
  const ready = items.filter((item) => stateOf(item) === 'ready');
  const rows = addCounts(ready.flatMap(readyOf).map((preview) => preview.counts)).accepted;
  const isReady = ready.length > 0 && !isBusy(items);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !isReady) return;
      event.preventDefault();
      onCommit();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isReady, onCommit]);
  const label = ready.length > 1 ? `Commit ${plural(ready.length, 'file')}` : `Commit ${plural(rows, 'row')}`;
  return (
    <>
      <span className="flex-1 text-text-3 text-xs">{promiseOf(items)}</span>
      <Button size="lg" onClick={onClose}>
        {canBecomeReady(items) ? 'Cancel' : 'Close'}
      </Button>
      {canBecomeReady(items) && (
        <Button
          ref={commitButton}
          kind="primary"
          size="lg"
          aria-disabled={!isReady}
          aria-keyshortcuts="Control+Enter"
          onClick={() => isReady && onCommit()}
        >
          {ready.length === 0 ? 'Commit' : label}
          <Kbd className="border-transparent! bg-[color-mix(in_srgb,currentColor_14%,transparent)]! text-inherit!">
            {modKey} ↵
          </Kbd>
        </Button>
      )}
    </>
  );
}

/** False where all files turned out to be of no use: then there is nothing a Commit could ever do here. */
function canBecomeReady(items: readonly Item[]): boolean {
  return items.some((item) => !hopeless.has(stateOf(item)));
}

const hopeless: ReadonlySet<ItemState> = new Set([
  'unreadable',
  'cancelled',
  'nothing-new',
  'same',
  'committed',
]);

function promiseOf(items: readonly Item[]): string {
  const states = items.map(stateOf);
  if (states.includes('committing')) return 'Writing. Closing this sheet does not stop it.';
  if (states.length > 0 && states.every((state) => state === 'nothing-new')) {
    if (items.flatMap(readyOf).every(({ counts }) => isEmpty(counts))) return 'Nothing to write: no rows.';
    return 'Nothing to write: every row is in the ledger already or was refused.';
  }
  return 'Nothing is written until you commit. Undo stays in the import history.';
}

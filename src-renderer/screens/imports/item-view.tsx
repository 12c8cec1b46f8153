import { Check } from 'lucide-react';
import { useCallback } from 'react';
import type { Mapping } from '../../../src-preload/contract/imports.ts';
import { Empty } from '../../ui/empty.tsx';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { ChooseView } from './choose-view.tsx';
import { ColumnMapper } from './column-mapper.tsx';
import type { ImportStore } from './import-store.ts';
import type { Choice, Item } from './queue.ts';
import { previewOf, stateOf } from './queue.ts';
import { ReadingView } from './reading-view.tsx';
import { ReadyView } from './ready-view.tsx';
import { writtenOf } from './summary-words.ts';
import { TroubleView } from './trouble-view.tsx';

interface ItemViewProps {
  readonly item: Item;
  /** All files of the sheet. */
  readonly items: readonly Item[];
  readonly store: ImportStore;
}

/** One file of the sheet, whatever became of it. */
export function ItemView({ item, items, store }: ItemViewProps) {
  const { key, choice, columns } = item;
  const choose = useCallback(
    (change: Choice) => {
      const now = store.getState().items.find((one) => one.key === key)?.choice ?? {};
      void store.getState().choose(key, { ...now, ...change });
    },
    [key, store],
  );
  const apply = useCallback((mapping: Mapping) => choose({ mapping }), [choose]);
  const body = <ItemBody item={item} items={items} store={store} choose={choose} />;
  if (!columns || stateOf(item) === 'committed') return body;
  return (
    <>
      <ColumnMapper
        columns={columns}
        applied={choice.mapping}
        onEdit={(draft) => store.getState().edit(key, draft)}
        onAssign={(column, role) => void store.getState().assign(key, column, role)}
        onApply={apply}
      />
      {body}
    </>
  );
}

function ItemBody({
  item,
  items,
  store,
  choose,
}: ItemViewProps & { readonly choose: (change: Choice) => void }) {
  const { key, choice } = item;
  const { cancel, remove } = store.getState();
  const state = stateOf(item);
  const preview = previewOf(item);
  if (state === 'committed') return <CommittedView item={item} items={items} />;
  if (state === 'unreadable' || state === 'cancelled') {
    return (
      <TroubleView
        item={item}
        onRetry={() => void store.getState().choose(key, { ...choice })}
        onReadAs={(as) => choose({ as })}
        onRemove={() => remove(key)}
      />
    );
  }
  switch (preview?.kind) {
    case 'ready':
      return (
        <>
          {state === 'same' && (
            <Notice tone="info" className="mt-2">
              Same content as {item.sameAs}: it is written once, with that file.
            </Notice>
          )}
          <ReadyView
            preview={preview}
            busy={state !== 'ready' && state !== 'nothing-new' && state !== 'same'}
            onAccount={(account) => choose({ account })}
            onLeave={() => void store.getState().reset()}
          />
        </>
      );
    case 'choose':
      return <ChooseView preview={preview} onChoose={(as) => choose({ as })} />;
    case 'unknown':
      return null;
    default:
      return <ReadingView item={item} onCancel={() => void cancel(key)} />;
  }
}

function CommittedView({ item, items }: Omit<ItemViewProps, 'store'>) {
  const all = writtenOf(items);
  const own = writtenOf([item]).records;
  const from = all.files > 1 ? ` from ${plural(all.files, 'file')}` : '';
  return (
    <Empty icon={Check} title={`${plural(all.records, 'record')} written${from}`} className="px-0!">
      {all.files > 1 && `${plural(own, 'record')} from ${item.name}. `}
      The import history shows them and keeps an Undo.
    </Empty>
  );
}

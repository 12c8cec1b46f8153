import { Ban, Check, CircleAlert, CircleHelp, Clock, type LucideIcon, Minus, X } from 'lucide-react';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { formatCount } from '../../ui/numbers.ts';
import { useMoney } from '../../ui/use-money.ts';
import { isEmpty } from './counts.ts';
import { type Item, type ItemState, previewOf, readyOf, stateOf } from './queue.ts';
import { summaryWords } from './summary-words.ts';

interface FileListProps {
  readonly items: readonly Item[];
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
  readonly onRemove: (key: string) => void;
}

/** The files of an import, each with where it stands; the chosen one is shown below. */
export function FileList({ items, selected, onSelect, onRemove }: FileListProps) {
  return (
    <section aria-label="Files" className="pt-1 pb-2">
      <Summary items={items} />
      <ul className="max-h-46 overflow-y-auto rounded-lg border">
        {items.map((item) => (
          <FileRow
            key={item.key}
            item={item}
            isSelected={item.key === selected}
            onSelect={onSelect}
            onRemove={onRemove}
          />
        ))}
      </ul>
    </section>
  );
}

function Summary({ items }: { readonly items: readonly Item[] }) {
  const { money } = useMoney();
  return (
    <p role="status" className="tnum mb-2 text-sm text-text-2">
      {summaryWords(items, money)}
    </p>
  );
}

interface FileRowProps {
  readonly item: Item;
  readonly isSelected: boolean;
  readonly onSelect: (key: string) => void;
  readonly onRemove: (key: string) => void;
}

function FileRow({ item, isSelected, onSelect, onRemove }: FileRowProps) {
  const state = stateOf(item);
  const { icon: Icon, tone } = looks[state];
  return (
    <li
      className={cx(
        'flex items-center border-t border-t-grid pr-1 first:border-t-0',
        isSelected && 'bg-selected',
      )}
    >
      <button
        type="button"
        aria-current={isSelected}
        onClick={() => onSelect(item.key)}
        className="flex h-9 min-w-0 flex-1 items-center gap-2.5 pl-3 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2 aria-[current=true]:hover:bg-transparent"
      >
        <Icon aria-hidden className={cx('size-3.5 shrink-0', tone)} strokeWidth={2} />
        <span className="min-w-0 flex-1 truncate font-medium">{item.name}</span>
        <span className="tnum shrink-0 text-text-2 text-xs">{wordsOf(item, state)}</span>
      </button>
      {state !== 'committing' && state !== 'committed' && (
        <IconButton icon={X} size="sm" label={`Leave out ${item.name}`} onClick={() => onRemove(item.key)} />
      )}
    </li>
  );
}

const looks: Readonly<Record<ItemState, { readonly icon: LucideIcon; readonly tone: string }>> = {
  waiting: { icon: Clock, tone: 'text-text-3' },
  reading: { icon: Clock, tone: 'text-accent-text' },
  ready: { icon: Check, tone: 'text-good' },
  'nothing-new': { icon: Minus, tone: 'text-text-3' },
  same: { icon: Minus, tone: 'text-text-3' },
  asks: { icon: CircleHelp, tone: 'text-warn' },
  unreadable: { icon: CircleAlert, tone: 'text-over' },
  committing: { icon: Clock, tone: 'text-accent-text' },
  committed: { icon: Check, tone: 'text-good' },
  cancelled: { icon: Ban, tone: 'text-text-3' },
};

function wordsOf(item: Item, state: ItemState): string {
  const preview = previewOf(item);
  switch (state) {
    case 'ready': {
      const [ready] = readyOf(item);
      return ready ? `${ready.formatLabel}, ${formatCount(ready.counts.accepted)} new` : '';
    }
    case 'nothing-new':
      return readyOf(item).every(({ counts }) => isEmpty(counts)) ? 'no rows' : 'nothing new';
    case 'same':
      return `same content as ${item.sameAs}`;
    case 'asks':
      return preview?.kind === 'choose' ? 'which format?' : 'which columns?';
    case 'unreadable':
      return 'not read';
    case 'waiting':
      return 'waiting';
    case 'reading':
      return 'reading';
    case 'committing':
      return 'writing';
    case 'committed':
      return 'in the ledger';
    case 'cancelled':
      return 'stopped';
  }
}

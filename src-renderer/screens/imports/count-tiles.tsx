import type { ReactNode } from 'react';
import type { ReadyPreview } from '../../../src-preload/contract/imports.ts';
import { cx } from '../../ui/cx.ts';
import { formatCount, plural } from '../../ui/numbers.ts';
import { useMoney } from '../../ui/use-money.ts';
import { type Counts, rowsOf, splitOf, sumSentence } from './counts.ts';
import { type Move, moneyOf, type PreviewMoney } from './preview-money.ts';

const fills = {
  new: 'bg-accent',
  updated: 'bg-info-fill',
  duplicate: 'bg-other',
  refused: 'bg-over-fill',
} as const;

/** What became of the rows of an import. */
export function RowCounts({ counts }: { readonly counts: Counts }) {
  return (
    <section aria-label="Rows">
      <dl className="flex border-t pt-3">
        <RowTiles counts={counts} />
      </dl>
      <SplitBar counts={counts} />
      <p className="tnum mt-1.5 text-text-3 text-xs">{sumSentence(counts, formatCount)}</p>
      <Skipped counts={counts} />
    </section>
  );
}

/** What becomes of the rows and what money they bring, with the sums written out. */
export function CountTiles({
  previews,
  counts,
}: {
  readonly previews: readonly ReadyPreview[];
  readonly counts: Counts;
}) {
  const money = moneyOf(previews);
  return (
    <section aria-label="What a commit would do">
      <dl className="flex border-t pt-3">
        <RowTiles counts={counts} />
        <MoneyTiles money={money} />
      </dl>
      <SplitBar counts={counts} />
      <div className="tnum mt-1.5 flex flex-wrap justify-between gap-x-4 text-text-3 text-xs">
        <span>{sumSentence(counts, formatCount)}</span>
        <Moves money={money} />
      </div>
      <Skipped counts={counts} />
    </section>
  );
}

function Skipped({ counts }: { readonly counts: Counts }) {
  if (counts.skipped === 0) return null;
  const [states, are] = counts.skipped === 1 ? ['states', 'is'] : ['state', 'are'];
  return (
    <p className="tnum mt-1 text-text-3 text-xs">
      {plural(counts.skipped, 'more line')} {states} no usage (empty buckets, sums, other events) and {are}{' '}
      left out.
    </p>
  );
}

function RowTiles({ counts }: { readonly counts: Counts }) {
  return (
    <>
      <Tile label="New" fill={fills.new} note={newNote(counts)}>
        {formatCount(counts.accepted - counts.updated)}
      </Tile>
      {counts.updated > 0 && (
        <Tile label="Updated" fill={fills.updated} note="grew since last time">
          {formatCount(counts.updated)}
        </Tile>
      )}
      <Tile label="Duplicate" fill={fills.duplicate} note="already in the ledger" quiet>
        {formatCount(counts.duplicate)}
      </Tile>
      <Tile
        label="Refused"
        fill={fills.refused}
        note={counts.refused > 0 ? 'kept, with reasons' : 'none'}
        quiet
      >
        <span className={cx(counts.refused > 0 && 'text-over')}>{formatCount(counts.refused)}</span>
      </Tile>
    </>
  );
}

function newNote({ accepted, unpriced }: Counts): string {
  if (unpriced > 0) return `${formatCount(unpriced)} unpriced`;
  return accepted > 0 ? 'all priced' : 'none';
}

const countsAs: Readonly<Record<PreviewMoney['countsAs'], string>> = {
  cash: 'to cash',
  equivalent: 'API-equivalent, not cash',
  both: 'cash and API-equivalent',
  none: 'totals stay as they are',
};

function MoneyTiles({ money }: { readonly money: PreviewMoney }) {
  const { money: format, title } = useMoney();
  return (
    <>
      <Tile label="Adds" note={countsAs[money.countsAs]} title={title(money.adds)} strong>
        {money.atLeast && (
          <small className="mr-1 font-medium text-text-2 text-xs tracking-normal">at least</small>
        )}
        {format(money.adds, { signed: true, atLeast: money.atLeast })}
      </Tile>
      {money.replaced !== 0 && (
        <Tile label="Counted already" note="by another source" title={title(money.replaced)} quiet>
          {format(-money.replaced, { signed: true })}
        </Tile>
      )}
    </>
  );
}

interface TileProps {
  readonly label: string;
  readonly fill?: string;
  readonly note: string;
  readonly title?: string;
  readonly quiet?: boolean;
  /** Begins the money, set apart from the rows. */
  readonly strong?: boolean;
  readonly children: ReactNode;
}

function Tile({ label, fill, note, title, quiet, strong, children }: TileProps) {
  return (
    <div
      className={cx(
        'flex min-w-0 flex-1 flex-col border-l pl-3 first:border-l-0 first:pl-0',
        strong && 'border-l-border-strong',
      )}
    >
      <dt className="flex items-center gap-1 whitespace-nowrap text-text-2 text-xs">
        {fill && <i aria-hidden className={cx('size-2 shrink-0 rounded-xs', fill)} />}
        {label}
      </dt>
      <dd
        title={title}
        className={cx('tnum truncate font-semibold text-xl tracking-figure', quiet && 'text-text-2')}
      >
        {children}
      </dd>
      <dd className="tnum truncate text-text-3 text-xs" title={note}>
        {note}
      </dd>
    </div>
  );
}

function SplitBar({ counts }: { readonly counts: Counts }) {
  const parts = splitOf(counts).filter((part) => part.rows > 0);
  const label = `${parts.map((part) => `${formatCount(part.rows)} ${part.kind}`).join(', ')} of ${plural(rowsOf(counts), 'row')}`;
  return (
    <div
      role="img"
      aria-label={label}
      className="mt-3 flex h-1.5 gap-0.5 overflow-hidden rounded-xs bg-track"
    >
      {parts.map((part) => (
        <i
          key={part.kind}
          className={cx('min-w-1', fills[part.kind])}
          style={{ flexGrow: part.rows, flexBasis: 0 }}
        />
      ))}
    </div>
  );
}

function Moves({ money }: { readonly money: PreviewMoney }) {
  const showEquivalent = money.equivalent.change !== 0;
  return (
    <span className="flex gap-x-4">
      {(money.cash.change !== 0 || !showEquivalent) && <MoveText label="Cash" move={money.cash} />}
      {showEquivalent && <MoveText label="API-equivalent" move={money.equivalent} />}
    </span>
  );
}

function MoveText({ label, move }: { readonly label: string; readonly move: Move }) {
  const { money, title } = useMoney();
  if (move.change === 0) return <span>{`${label} stays ${money(move.before)}`}</span>;
  return (
    <span title={title(move.change)}>
      {label}, all time: {money(move.before)} to{' '}
      <b className="font-semibold text-text">{money(move.after)}</b>{' '}
      <span className="font-medium">{money(move.change, { signed: true })}</span>
    </span>
  );
}

import type { ActivityRecord } from '../../../src-preload/contract/activity.ts';
import { Aligned } from '../../ui/aligned.tsx';
import { cx } from '../../ui/cx.ts';
import { pipsOf } from '../../ui/evidence.ts';
import { formatCompact, formatCount } from '../../ui/numbers.ts';
import type { Slot } from '../../ui/series.ts';
import { Swatch } from '../../ui/swatch.tsx';
import type { MoneyFormat } from '../../ui/use-money.ts';
import { formatWhen, whenTitle } from '../../ui/when.ts';
import { type ColumnId, cacheTokens } from './columns.ts';

/** What cells need besides the record, looked up once for the whole table. */
export interface CellContext {
  readonly zone: string;
  readonly today: string;
  readonly money: MoneyFormat;
  readonly slots: ReadonlyMap<string, Slot>;
}

/** The content of one cell. */
export function RecordCell({
  id,
  record,
  context,
}: {
  readonly id: ColumnId;
  readonly record: ActivityRecord;
  readonly context: CellContext;
}) {
  switch (id) {
    case 'time':
      return (
        <span className="tnum" title={whenTitle(record.grain, context.zone)}>
          {formatWhen(record.at, record.grain, context.zone, context.today)}
        </span>
      );
    case 'model':
      return <ModelCell record={record} slots={context.slots} />;
    case 'project':
      return <Name name={record.project} />;
    case 'account':
      return <Name name={record.account} />;
    case 'source':
      return <Name name={record.source} />;
    case 'input':
      return <TokenCell count={record.tokens.input} />;
    case 'cache':
      return <TokenCell count={cacheTokens(record.tokens)} />;
    case 'output':
      return <TokenCell count={record.tokens.output} />;
    case 'cost':
      return <CostCell record={record} money={context.money} />;
    case 'evidence':
      return <EvidenceCell record={record} />;
  }
}

function ModelCell({
  record,
  slots,
}: {
  readonly record: ActivityRecord;
  readonly slots: CellContext['slots'];
}) {
  const name = record.model ?? (record.charge === 'usage' ? null : record.charge);
  if (name === null) return <Unknown />;
  return (
    <span
      className="flex min-w-0 items-center gap-2"
      title={`${record.modelRaw ?? name}, ${record.provider}`}
    >
      <Swatch slot={record.model === null ? null : slots.get(record.model)} />
      <span className="truncate">{name}</span>
    </span>
  );
}

function Name({ name }: { readonly name: string | null }) {
  return name === null || name === '' ? <Unknown /> : <span title={name}>{name}</span>;
}

function TokenCell({ count }: { readonly count: number }) {
  return count === 0 ? <Unknown /> : <span title={formatCount(count)}>{formatCompact(count)}</span>;
}

/** Decimals of a small call: rows come as they are scrolled to, so the column cannot wait for its longest. */
const usualPlaces = 4;

/** Cash stands out; API-equivalent is lighter and marked "eq"; what another witness stands in for is struck out. */
function CostCell({ record, money }: { readonly record: ActivityRecord; readonly money: MoneyFormat }) {
  const { costState, costNanoUsd, countsCost, accountKind } = record;
  if (costState === 'unpriced' || costNanoUsd === null) return <span className="text-warn">unpriced</span>;
  if (costState === 'free') return <span className="text-text-3">free</span>;
  const text = money.money(costNanoUsd);
  const exact = money.title(costNanoUsd);
  if (!countsCost) {
    return (
      <span
        className="text-text-3 line-through"
        title={`${exact}, not counted: a better witness stands for it`}
      >
        <Aligned text={text} places={usualPlaces} />
        <span className="sr-only"> not counted</span>
      </span>
    );
  }
  const isCash = accountKind !== 'plan';
  return (
    <span
      className={cx(!isCash && 'text-text-2')}
      title={isCash ? exact : `${exact}, API-equivalent, not cash`}
    >
      {!isCash && (
        <small
          aria-hidden
          className="mr-1 rounded-xs bg-pressed px-0.75 font-medium text-2xs text-text-3"
          title="API-equivalent: what it would cost per token. Not cash."
        >
          eq
        </small>
      )}
      <Aligned text={text} places={usualPlaces} />
      {!isCash && <span className="sr-only"> API-equivalent</span>}
    </span>
  );
}

/** The chip without its tooltip: thousands of them, and the detail sheet explains. */
function EvidenceCell({
  record: { evidence, countsCost, countsUsage },
}: {
  readonly record: ActivityRecord;
}) {
  const counts = countsCost || countsUsage;
  return (
    <span className={cx('inline-flex items-center gap-1.5 text-xs', counts ? 'text-text-2' : 'text-text-3')}>
      <span aria-hidden className="inline-flex gap-0.5">
        {[1, 2, 3, 4].map((pip) => (
          <i
            key={pip}
            className={cx(
              'h-2.25 w-0.75 rounded-[1px]',
              pip <= pipsOf[evidence] ? 'bg-text-2' : 'bg-border-strong',
            )}
          />
        ))}
      </span>
      {evidence}
    </span>
  );
}

function Unknown() {
  return <span className="text-text-3">–</span>;
}

import { ArrowDownRight, ArrowUpRight } from 'lucide-react';
import { formatMoment } from '../../../ui/dates.ts';
import { formatAmount } from '../../../ui/decimal-text.ts';
import { readAt } from '../../../ui/read-at.ts';
import { useView } from '../../../ui/use-view.ts';
import type { BalanceSeries } from './balance-series.ts';

const shown = 6;

/** Falls and rises between two readings, newest first: spend and top-ups as far as the balance tells. */
export function ChangeList({ series: { changes, currency } }: { readonly series: BalanceSeries }) {
  const { zone, today } = useView();
  if (changes.length === 0)
    return <p className="self-center text-sm text-text-2">It has not changed since it was first read.</p>;
  return (
    <section aria-label="Changes of the balance">
      <h3 className="mb-1 font-medium! text-text-3 text-xs!">Between readings</h3>
      <ul>
        {changes.slice(0, shown).map((change) => {
          const isSpend = change.kind === 'spend';
          const Icon = isSpend ? ArrowDownRight : ArrowUpRight;
          return (
            <li
              key={`${change.kind} ${change.to}`}
              title={`${formatMoment(change.from, zone, today)} to ${formatMoment(change.to, zone, today)}`}
              className="flex h-6 items-center gap-2 text-sm"
            >
              <Icon aria-hidden className={isSpend ? 'size-3.5 text-text-3' : 'size-3.5 text-good'} />
              <span className="flex-1">{isSpend ? 'Spent' : 'Topped up'}</span>
              <span className="tnum">{formatAmount(change.amount.replace(/^-/, ''), currency)}</span>
              <span className="tnum w-14 text-right text-text-3 text-xs">
                {readAt(change.to, zone, today)}
              </span>
            </li>
          );
        })}
      </ul>
      {changes.length > shown && (
        <p className="tnum mt-1 text-text-3 text-xs">and {changes.length - shown} before</p>
      )}
    </section>
  );
}

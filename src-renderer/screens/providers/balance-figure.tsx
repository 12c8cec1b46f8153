import type { Balance } from '../../../src-preload/contract/connections.ts';
import { formatAmount } from '../../ui/decimal-text.ts';
import { useMoney } from '../../ui/use-money.ts';

/** Money at a vendor in the vendor's own currency; exact, with its parts and its USD, on hover. */
export function BalanceFigure({ balance }: { readonly balance: Balance }) {
  const { title } = useMoney();
  const parts = balance.parts.map((part) => `${part.label}: ${formatAmount(part.amount, part.currency)}`);
  const usd = balance.currency !== 'USD' && balance.nanoUsd !== null ? [title(balance.nanoUsd)] : [];
  const said = [`${balance.available} ${balance.currency}`, ...usd, ...parts].join('\n');
  return (
    <span title={said} className={balance.available.startsWith('-') ? 'tnum text-over' : 'tnum'}>
      {formatAmount(balance.available, balance.currency)}
    </span>
  );
}

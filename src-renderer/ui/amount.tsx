import type { MoneyOptions } from './money.ts';
import { useMoney } from './use-money.ts';

interface AmountProps extends Omit<MoneyOptions, 'currency'> {
  readonly nanoUsd: number;
  readonly className?: string;
}

/** An amount in the user's currency, with the exact USD on hover. */
export function Amount({ nanoUsd, className, ...options }: AmountProps) {
  const { money, title } = useMoney();
  return (
    <span title={title(nanoUsd)} className={className ?? 'tnum'}>
      {money(nanoUsd, options)}
    </span>
  );
}

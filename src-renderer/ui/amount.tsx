import { Aligned } from './aligned.tsx';
import type { MoneyOptions } from './money.ts';
import { useMoney } from './use-money.ts';

interface AmountProps extends Omit<MoneyOptions, 'currency'> {
  readonly nanoUsd: number;
  readonly className?: string;
  /** Decimals of the longest amount in its column: it is drawn to stand on the same point. */
  readonly places?: number;
}

/** An amount in the user's currency, with the exact USD on hover. */
export function Amount({ nanoUsd, className, places = 0, ...options }: AmountProps) {
  const { money, title } = useMoney();
  return (
    <span title={title(nanoUsd)} className={className ?? 'tnum'}>
      <Aligned text={money(nanoUsd, options)} places={places} />
    </span>
  );
}

import { Amount } from '../../ui/amount.tsx';
import { plural } from '../../ui/numbers.ts';

interface SideMoneyProps {
  /** Null where the side knows nothing. */
  readonly nanoUsd: number | null;
  readonly unpriced?: number;
  readonly signed?: boolean;
  readonly places?: number;
}

/** Money of one side, a dash where it is unknown. */
export function SideMoney({ nanoUsd, unpriced = 0, signed = false, places }: SideMoneyProps) {
  if (nanoUsd === null) return <span className="text-text-3">–</span>;
  return (
    <>
      {unpriced > 0 && (
        <small className="text-text-3 text-xs" title={`${plural(unpriced, 'record')} without a price`}>
          {'at least '}
        </small>
      )}
      <Amount
        nanoUsd={nanoUsd}
        atLeast={unpriced > 0}
        signed={signed}
        {...(places !== undefined && { places })}
      />
    </>
  );
}

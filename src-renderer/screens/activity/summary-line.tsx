import type { Figures } from '../../../src-preload/contract/values.ts';
import { Amount } from '../../ui/amount.tsx';
import { evidenceOf } from '../../ui/evidence.ts';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { formatCount, plural } from '../../ui/numbers.ts';
import { Skeleton } from '../../ui/progress.tsx';
import { notCounted } from './totals.ts';

/** What the records below come to. The parts named add up to the figure before them. */
export function SummaryLine({ totals }: { readonly totals: Figures | null }) {
  if (!totals) return <Skeleton className="my-1.25 w-72" />;
  const evidence = evidenceOf(totals, 'cash');
  const stoodIn = notCounted(totals);
  return (
    <p
      role="status"
      className="tnum flex min-h-5.5 flex-wrap items-center gap-x-4 gap-y-1 text-sm text-text-2"
    >
      <span>
        <b className="font-semibold text-text">{plural(totals.records, 'record')}</b>
        {stoodIn > 0 && `, ${formatCount(stoodIn)} not counted`}
      </span>
      <span>
        {totals.unpricedCash > 0 && 'at least '}
        <b className="font-semibold text-text">
          <Amount nanoUsd={totals.cashNanoUsd} atLeast={totals.unpricedCash > 0} />
        </b>{' '}
        cash
        {totals.planFeeNanoUsd !== 0 && (
          <>
            {' = '}
            <Amount nanoUsd={totals.cashNanoUsd - totals.planFeeNanoUsd} atLeast={totals.unpricedCash > 0} />{' '}
            usage + <Amount nanoUsd={totals.planFeeNanoUsd} /> fees
          </>
        )}
      </span>
      {evidence && <EvidenceChip evidence={evidence} />}
      {(totals.equivalentNanoUsd !== 0 || totals.unpricedEquivalent > 0) && (
        <span>
          {totals.unpricedEquivalent > 0 && 'at least '}
          <Amount nanoUsd={totals.equivalentNanoUsd} atLeast={totals.unpricedEquivalent > 0} /> API-equivalent
        </span>
      )}
      {totals.unpricedRequests > 0 && (
        <span className="text-warn">{formatCount(totals.unpricedRequests)} unpriced</span>
      )}
    </p>
  );
}

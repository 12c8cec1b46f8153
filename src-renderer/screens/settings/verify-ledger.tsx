import { CircleCheck } from 'lucide-react';
import { useAction } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount, plural } from '../../ui/numbers.ts';
import { SettingRow } from './setting-row.tsx';

/** Compares every record with the fingerprint stored when it was written. */
export function VerifyLedger({ records }: { readonly records: number }) {
  const verify = useAction('ledger.verify');
  return (
    <SettingRow
      label="Check every record"
      help={
        <span role="status">
          {verify.data ? (
            <Verdict {...verify.data} />
          ) : (
            (verify.error?.message ?? `${plural(records, 'record')}, each against its fingerprint.`)
          )}
        </span>
      }
    >
      <Button disabled={verify.isPending} onClick={() => verify.mutate({})}>
        {verify.isPending ? 'Checking…' : 'Check now'}
      </Button>
    </SettingRow>
  );
}

interface VerdictProps {
  readonly records: number;
  readonly damaged: readonly number[];
  readonly wrongSums: number;
}

function Verdict({ records, damaged, wrongSums }: VerdictProps) {
  if (damaged.length > 0) {
    return (
      <span className="text-over">
        {plural(damaged.length, 'record')} of {formatCount(records)} changed since they were written. Restore
        the last backup below.
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5">
      <CircleCheck aria-hidden className="size-3.5 text-good" />
      {plural(records, 'record')} checked, all as they were written
      {wrongSums === 0
        ? '.'
        : `; ${plural(wrongSums, 'sum')} did not agree with them and were added up again.`}
    </span>
  );
}

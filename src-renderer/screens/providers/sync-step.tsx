import { useRef } from 'react';
import type { Connection } from '../../../src-preload/contract/connections.ts';
import { useRoute } from '../../api/client.ts';
import { Amount } from '../../ui/amount.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { backfillOf, backfillWords } from '../../ui/connection-state.ts';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { Progress } from '../../ui/progress.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { newsWords } from '../../ui/sync-words.ts';
import { endOf, isFailed } from './connect-steps.ts';
import { SyncLine } from './sync-line.tsx';
import type { FirstSyncs, SyncOutcome } from './use-first-syncs.ts';

interface SyncStepProps {
  readonly ids: readonly number[];
  readonly outcomes: FirstSyncs['outcomes'];
  readonly onClose: () => void;
}

/** Step three: what the first sync brings, as it comes. */
export function SyncStep({ ids, outcomes, onClose }: SyncStepProps) {
  const next = useRef<HTMLAnchorElement>(null);
  const list = useRoute('connections.list', {});
  const connections = list.data?.connections ?? [];
  const end = endOf(ids, outcomes);
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title="First sync"
      description={descriptions[end]}
      initialFocus={() => next.current}
      footer={
        <>
          <span className="flex-1 text-text-2 text-xs">{promises[end]}</span>
          <Button size="lg" onClick={onClose}>
            Close
          </Button>
          <ButtonLink
            ref={next}
            size="lg"
            kind="primary"
            href={end === 'failed' ? whereToMend(ids) : '#/'}
            onClick={onClose}
          >
            {end === 'failed' ? 'Put it right' : 'Open overview'}
          </ButtonLink>
        </>
      }
    >
      {list.error && (
        <Notice tone="over" className="mb-3">
          {list.error.message}
        </Notice>
      )}
      <ul className="mb-5 rounded-lg border">
        {ids.map((id) => {
          const connection = connections.find((one) => one.id === id);
          return (
            <li key={id} className="border-t px-4 py-3 first:border-t-0">
              {connection && <FirstSync connection={connection} outcome={outcomes.get(id)} />}
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
}

const descriptions = {
  reading: 'What was billed so far is being read.',
  done: 'From now on this happens by itself, while LLMLab runs.',
  failed: 'Nothing could be read. The keys are kept.',
} as const;

const promises = {
  reading: 'It goes on when you close this.',
  done: 'Providers shows when each was last read.',
  failed: 'Put right, it is read at once.',
} as const;

function whereToMend(ids: readonly number[]): string {
  return ids.length === 1 ? `#/providers/${ids[0]}` : '#/providers';
}

interface FirstSyncProps {
  readonly connection: Connection;
  readonly outcome: SyncOutcome | undefined;
}

function FirstSync({ connection, outcome }: FirstSyncProps) {
  const backfill = backfillOf(connection);
  return (
    <>
      <div className="flex items-baseline gap-3">
        <h3 className="min-w-0 flex-1 truncate">{connection.name}</h3>
        <span role="status" className="tnum text-sm text-text-2">
          {outcome === undefined ? 'reading' : <Brought connection={connection} outcome={outcome} />}
        </span>
      </div>
      {outcome === undefined && backfill === null && (
        <Progress label={`Reading ${connection.name}`} done={0} total={null} className="my-2" />
      )}
      {backfill !== null && (
        <div className="my-2 flex items-center gap-3 text-text-2 text-xs">
          <Progress label={`Past of ${connection.name}`} {...backfill} className="flex-1" />
          <span className="tnum">{backfillWords(backfill)}</span>
        </div>
      )}
      {outcome?.kind === 'failed' && <p className="text-over text-sm">{outcome.message}</p>}
      <ul>
        {connection.reports.map((report) => (
          <SyncLine key={report.report} report={report} />
        ))}
      </ul>
    </>
  );
}

/** What its account amounts to now: the scheduler may have read the vendor before this window asked. */
function Brought({
  connection,
  outcome,
}: {
  readonly connection: Connection;
  readonly outcome: SyncOutcome;
}) {
  const totals = useRoute('report.run', { by: [], filters: { accounts: [connection.accountId] } }).data
    ?.totals;
  if (outcome.kind === 'failed' || isFailed(outcome)) return 'failed';
  if (!totals || totals.records === 0) return newsWords(outcome.results);
  return (
    <span title={`Everything in the ledger of ${connection.account}`}>
      {plural(totals.records, 'record')}, {totals.unpricedCash > 0 && 'at least '}
      <Amount nanoUsd={totals.cashNanoUsd} atLeast={totals.unpricedCash > 0} />
    </span>
  );
}

import { CircleAlert } from 'lucide-react';
import type { Account, Source } from '../../../src-preload/contract/sources.ts';
import { Amount } from '../../ui/amount.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { formatMoment, formatRange } from '../../ui/dates.ts';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { formatCount, plural } from '../../ui/numbers.ts';
import { readAt } from '../../ui/read-at.ts';
import { Cell, HeadCell, Row, Table } from '../../ui/table.tsx';
import { useView } from '../../ui/use-view.ts';
import { AssignSelect } from './assign-select.tsx';
import { FollowingMark } from './following-mark.tsx';

interface LedgerSourcesProps {
  readonly sources: readonly Source[];
  readonly accounts: readonly Account[];
}

/** What has been read into the ledger, how sure it is, how fresh, and whose it is. */
export function LedgerSources({ sources, accounts }: LedgerSourcesProps) {
  return (
    <Card aria-labelledby="ledger-sources">
      <CardHead id="ledger-sources" title="In the ledger" sum={plural(sources.length, 'source')} />
      {sources.length === 0 && (
        <p className="px-4 pb-4 text-sm text-text-2">
          Nothing yet. Read the logs above, or drop a billing export anywhere on this window.
        </p>
      )}
      {sources.length > 0 && <SourceTable sources={sources} accounts={accounts} />}
    </Card>
  );
}

function SourceTable({ sources, accounts }: LedgerSourcesProps) {
  return (
    <div className="overflow-x-auto">
      <Table aria-labelledby="ledger-sources" className="min-w-220 narrow:min-w-180">
        <thead>
          <tr>
            <HeadCell>Source</HeadCell>
            <HeadCell className="w-48 narrow:w-44">Account</HeadCell>
            <HeadCell className="w-26">Evidence</HeadCell>
            <HeadCell align="right" className="w-22">
              Records
            </HeadCell>
            <HeadCell className="w-46 narrow:hidden">Days</HeadCell>
            <HeadCell className="w-22">Last read</HeadCell>
            <HeadCell align="right" className="w-32">
              Cost
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <SourceRow key={source.id} source={source} accounts={accounts} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function SourceRow({ source, accounts }: { readonly source: Source; readonly accounts: readonly Account[] }) {
  const { today } = useView();
  const { firstDay, lastDay, unpricedRecords } = source;
  const days = firstDay !== null && lastDay !== null ? formatRange(firstDay, lastDay, today) : '–';
  return (
    <Row>
      <Cell className={source.error === null ? 'h-10' : 'h-10 whitespace-normal py-1.5'}>
        <span title={source.label} className="font-medium">
          {source.label}
        </span>
        {source.error !== null && (
          <span className="mt-0.5 flex items-start gap-1 text-over text-xs">
            <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
            {source.error}
          </span>
        )}
        {originOf(source) !== null && (
          <span className="block truncate text-text-3 text-xs">{originOf(source)}</span>
        )}
      </Cell>
      <Cell className="overflow-visible">
        <AssignSelect source={source} accounts={accounts} />
      </Cell>
      <Cell>
        <EvidenceChip evidence={source.evidence} />
      </Cell>
      <Cell align="right">
        <a href={`#/activity?${everyDay(source)}source=${source.id}`} className="rounded-sm hover:underline">
          {formatCount(source.records)}
        </a>
      </Cell>
      <Cell className="tnum text-text-2 narrow:hidden" title={days}>
        {days}
      </Cell>
      <Cell className="tnum text-text-2">
        <LastRead source={source} />
      </Cell>
      <Cell align="right">
        {unpricedRecords > 0 && (
          <span
            className="mr-1.5 text-text-2 text-xs"
            title={`${plural(unpricedRecords, 'record')} without a price`}
          >
            at least
          </span>
        )}
        <Amount nanoUsd={source.costNanoUsd} atLeast={unpricedRecords > 0} />
      </Cell>
    </Row>
  );
}

/** How it came here, where that is neither a file nor a log; what fails is put right under Providers. */
function originOf({ kind, error }: Source) {
  if (kind === 'calls') return 'calls made through LLMLab';
  if (kind !== 'sync') return null;
  return (
    <>
      read from the vendor
      {error !== null && (
        <>
          ,{' '}
          <a href="#/providers" className="rounded-sm font-medium text-accent-text hover:underline">
            look under Providers
          </a>
        </>
      )}
    </>
  );
}

function LastRead({ source: { lastReadAt: atMs, following } }: { readonly source: Source }) {
  const { today, zone } = useView();
  if (atMs === null) return '–';
  if (following !== null && following.mode !== 'off' && following.mode !== 'waiting')
    return <FollowingMark of={{ following, lastReadAt: atMs }}>{readAt(atMs, zone, today)}</FollowingMark>;
  return <span title={formatMoment(atMs, zone, today)}>{readAt(atMs, zone, today)}</span>;
}

/** The source's own days, so that its link shows every record and not those of this month only. */
function everyDay({ firstDay, lastDay }: Source): string {
  return firstDay === null || lastDay === null ? '' : `range=custom&from=${firstDay}&to=${lastDay}&`;
}

import { CircleAlert, RefreshCw } from 'lucide-react';
import type { Connection, ProviderInfo, SyncState } from '../../../../src-preload/contract/connections.ts';
import { useRoute } from '../../../api/client.ts';
import { Badge } from '../../../ui/badge.tsx';
import { ButtonLink, IconButton } from '../../../ui/button.tsx';
import { Card, CardHead } from '../../../ui/card.tsx';
import { backfillWords, waitWords } from '../../../ui/connection-state.ts';
import { cx } from '../../../ui/cx.ts';
import { formatMoment } from '../../../ui/dates.ts';
import { EvidenceChip } from '../../../ui/evidence-chip.tsx';
import { plural } from '../../../ui/numbers.ts';
import { Progress } from '../../../ui/progress.tsx';
import { dueAt, readAt } from '../../../ui/read-at.ts';
import { Cell, HeadCell, Table } from '../../../ui/table.tsx';
import { useView } from '../../../ui/use-view.ts';
import { list } from '../capability-words.ts';
import { useSync } from '../use-sync.ts';
import { IntervalMenu } from './interval-menu.tsx';

interface ReportsCardProps {
  readonly connection: Connection;
  readonly provider: ProviderInfo;
  readonly onEdit: () => void;
}

/** What is read from the vendor: how sure, how fresh, how often, and what keeps it from being read. */
export function ReportsCard({ connection, provider, onEdit }: ReportsCardProps) {
  const { reports } = connection;
  return (
    <Card aria-labelledby="reports">
      <CardHead
        id="reports"
        title="What it reads"
        sum={plural(reports.length, 'report')}
        {...(provider.offers.includes('costs') && {
          tools: (
            <ButtonLink size="sm" kind="quiet" href="#/reconcile">
              Compare with own figures
            </ButtonLink>
          ),
        })}
      />
      {reports.length === 0 ? (
        <p className="px-4 pb-4 text-sm text-text-2">
          Nothing: {provider.label} reports neither bill nor balance. Calls made through LLMLab are metered.
        </p>
      ) : (
        <div className="overflow-x-auto">
          <Table aria-labelledby="reports" className="min-w-180">
            <thead>
              <tr>
                <HeadCell>Report</HeadCell>
                <HeadCell className="w-28">Evidence</HeadCell>
                <HeadCell className="w-30 narrow:w-24" title="Everything up to then is in the ledger">
                  Complete to
                </HeadCell>
                <HeadCell className="w-28 narrow:w-24">Last read</HeadCell>
                <HeadCell className="w-36 narrow:w-28">Next</HeadCell>
                <HeadCell className="w-56">How often</HeadCell>
                <HeadCell className="w-12">
                  <span className="sr-only">Read now</span>
                </HeadCell>
              </tr>
            </thead>
            {reports.map((report) => (
              <ReportRow
                key={report.report}
                report={report}
                connection={connection}
                provider={provider}
                onEdit={onEdit}
              />
            ))}
          </Table>
        </div>
      )}
    </Card>
  );
}

interface ReportRowProps extends ReportsCardProps {
  readonly report: SyncState;
}

function ReportRow({ report, connection, provider, onEdit }: ReportRowProps) {
  const { zone, today } = useView();
  const sync = useSync();
  const accuracy = provider.reports.find(({ id }) => id === report.report)?.accuracy ?? '';
  const hasMore =
    report.readBy !== undefined ||
    report.error !== null ||
    report.missing.length > 0 ||
    report.backfill !== null ||
    report.waitsUntil !== null ||
    accuracy !== '';
  const cell = cx('h-9', hasMore && 'border-b-transparent');
  const moment = (at: number | null) =>
    at === null ? '–' : <span title={formatMoment(at, zone, today)}>{readAt(at, zone, today)}</span>;
  return (
    <tbody className="[&:last-child>tr:last-child>td]:border-b-transparent">
      <tr>
        <Cell className={cx('font-medium', cell)} title={report.label}>
          {report.label}
        </Cell>
        <Cell className={cell}>
          {report.evidence === null ? '–' : <EvidenceChip evidence={report.evidence} />}
        </Cell>
        <Cell className={cx('tnum', cell)}>{moment(report.asOf)}</Cell>
        <Cell className={cx('tnum', cell)}>{moment(report.lastSuccessAt)}</Cell>
        <Cell className={cx('tnum text-text-2', cell)}>
          <Next report={report} isPaused={connection.paused} />
        </Cell>
        <Cell className={cx('overflow-visible', cell)}>
          <IntervalMenu connectionId={connection.id} report={report} usual={usualOf(provider, report)} />
        </Cell>
        <Cell align="right" className={cx('overflow-visible', cell)}>
          <IconButton
            icon={RefreshCw}
            label={`Read now: ${report.label}`}
            disabled={
              sync.isPending || report.isRunning || report.missing.length > 0 || report.readBy !== undefined
            }
            onClick={() => sync.run({ connectionId: connection.id, report: report.report })}
          />
        </Cell>
      </tr>
      {hasMore && (
        <tr>
          <td colSpan={7} className="border-b border-b-grid px-4 pb-2.5 text-sm text-text-2">
            <More report={report} provider={provider} accuracy={accuracy} onEdit={onEdit} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Next({ report, isPaused }: { readonly report: SyncState; readonly isPaused: boolean }) {
  const { zone } = useView();
  const now = useRoute('app.info', {}).data?.now ?? Date.now();
  if (report.isRunning)
    return <Badge tone="info">{report.waitsUntil === null ? 'Being read' : 'Asked to wait'}</Badge>;
  if (isPaused) return 'paused';
  return report.nextAt === null ? '–' : dueAt(report.nextAt, now, zone);
}

interface MoreProps {
  readonly report: SyncState;
  readonly provider: ProviderInfo;
  readonly accuracy: string;
  readonly onEdit: () => void;
}

/** Under a report: what went wrong, what it lacks, how far its past is, and how far to trust it. */
function More({ report, provider, accuracy, onEdit }: MoreProps) {
  const { zone } = useView();
  const labels = report.missing.map(
    (name) => provider.fields.find((field) => field.name === name)?.label ?? name,
  );
  return (
    <div className="flex max-w-prose flex-col gap-1">
      {report.error !== null && (
        <p className="flex items-start gap-1.5 text-over">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {report.error.message}
        </p>
      )}
      {report.waitsUntil !== null && <p>{waitWords(report.waitsUntil, zone)}</p>}
      {labels.length > 0 && (
        <p>
          Needs the {list(labels)}.{' '}
          <button
            type="button"
            className="rounded-sm font-medium text-accent-text hover:underline"
            onClick={onEdit}
          >
            Add it
          </button>
        </p>
      )}
      {report.readBy !== undefined && (
        <p>
          {report.readBy} reads it: both keys are of the same account, and what it states would count twice.
        </p>
      )}
      {report.backfill !== null && (
        <div className="flex items-center gap-3 text-xs">
          <Progress label={`Past of ${report.label}`} {...report.backfill} className="w-60" />
          <span className="tnum">{backfillWords(report.backfill)} of its past read</span>
        </div>
      )}
      {accuracy !== '' && <p className="text-text-3 text-xs">{accuracy}</p>}
    </div>
  );
}

/** How often a report is read unless the user says otherwise; null for what the vendor does not declare. */
function usualOf(provider: ProviderInfo, report: SyncState): number | null {
  return provider.reports.find(({ id }) => id === report.report)?.everyMinutes ?? null;
}

import { CirclePause, CirclePlay } from 'lucide-react';
import type { Connection, ProviderInfo } from '../../../src-preload/contract/connections.ts';
import { useRoute } from '../../api/client.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import {
  asOfOf,
  backfillOf,
  backfillWords,
  lastSuccessOf,
  nextRunOf,
  stateOf,
} from '../../ui/connection-state.ts';
import { cx } from '../../ui/cx.ts';
import { formatMoment } from '../../ui/dates.ts';
import { Progress } from '../../ui/progress.tsx';
import { dueAt, readAt } from '../../ui/read-at.ts';
import { Cell } from '../../ui/table.tsx';
import { useView } from '../../ui/use-view.ts';
import { BalanceFigure } from './balance-figure.tsx';
import { ProviderName } from './provider-name.tsx';
import { nextWords, payerWords } from './row-words.ts';
import { StateBadge } from './state-badge.tsx';
import { StateReason } from './state-reason.tsx';
import { usePause, useSync } from './use-sync.ts';

interface ConnectionRowProps {
  readonly connection: Connection;
  readonly provider: ProviderInfo | undefined;
  readonly isAllPaused: boolean;
  /** Why it is not well is said above, for several at once. */
  readonly isToldAbove: boolean;
  readonly onEdit: () => void;
}

/** One connection in two lines, and a third where something is wrong or its past is being read. */
export function ConnectionRow({
  connection,
  provider,
  isAllPaused,
  isToldAbove,
  onEdit,
}: ConnectionRowProps) {
  const { zone, today } = useView();
  const now = useRoute('app.info', {}).data?.now ?? Date.now();
  const state = stateOf(connection);
  const backfill = backfillOf(connection);
  const asOf = asOfOf(connection);
  const hasReason = state.reason !== null && !isToldAbove;
  const hasMore = hasReason || backfill !== null;
  const cell = cx('h-13', hasMore && 'border-b-transparent');
  return (
    <tbody className="group hover:bg-hover [&:last-child>tr:last-child>td]:border-b-transparent">
      <tr>
        <Cell className={cell}>
          <a
            href={`#/providers/${connection.id}`}
            title={connection.name}
            className="block truncate rounded-sm font-medium text-md hover:underline"
          >
            {connection.name}
          </a>
          <Whose connection={connection} provider={provider} />
        </Cell>
        <Cell className={cell}>
          <StateBadge state={state} />
        </Cell>
        <Cell className={cx('tnum', cell)}>
          <Times connection={connection} now={now} isAllPaused={isAllPaused} />
        </Cell>
        <Cell className={cx('tnum text-text-2', cell)}>
          {asOf === null ? (
            '–'
          ) : (
            <span title={formatMoment(asOf, zone, today)}>{readAt(asOf, zone, today)}</span>
          )}
        </Cell>
        <Cell align="right" className={cell}>
          <Balances connection={connection} />
        </Cell>
        <Cell align="right" className={cx('overflow-visible', cell)}>
          <Actions connection={connection} />
        </Cell>
      </tr>
      {hasMore && (
        <tr>
          <td colSpan={6} className="border-b border-b-grid px-4 pb-3">
            {hasReason && <StateReason connection={connection} state={state} now={now} onEdit={onEdit} />}
            {backfill !== null && (
              <div className="mt-1 flex max-w-110 items-center gap-3 text-text-2 text-xs">
                <Progress label={`Past of ${connection.name}`} {...backfill} className="flex-1" />
                <span className="tnum">{backfillWords(backfill)} read</span>
              </div>
            )}
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** Vendor and account where the name does not say them already, else the key it stands on. */
function Whose({ connection, provider }: Pick<ConnectionRowProps, 'connection' | 'provider'>) {
  const label = provider?.label ?? connection.provider;
  const payer = payerWords(connection, label);
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-text-3 text-xs">
      <ProviderName
        vendor={provider?.vendor ?? connection.provider}
        label={connection.name === label ? '' : label}
        className="shrink-0"
      />
      <span className="truncate" title={payer}>
        {payer}
      </span>
    </span>
  );
}

interface TimesProps {
  readonly connection: Connection;
  readonly now: number;
  readonly isAllPaused: boolean;
}

function Times({ connection, now, isAllPaused }: TimesProps) {
  const { zone, today } = useView();
  const last = lastSuccessOf(connection);
  const next = isAllPaused ? null : nextRunOf(connection);
  return (
    <>
      {last === null ? (
        <span className="text-text-2">{connection.reports.length === 0 ? 'nothing to read' : 'never'}</span>
      ) : (
        <span title={formatMoment(last, zone, today)}>{readAt(last, zone, today)}</span>
      )}
      {connection.reports.length > 0 && (
        <span className="block text-text-3 text-xs">
          {nextWords(connection, isAllPaused, next === null ? null : dueAt(next, now, zone))}
        </span>
      )}
    </>
  );
}

/** What is left, as the vendor states it; further currencies are counted. */
function Balances({ connection: { balances } }: { readonly connection: Connection }) {
  const { zone, today } = useView();
  const [first, ...others] = balances;
  if (!first) return <span className="text-text-3">–</span>;
  return (
    <>
      <span className="font-medium text-md">
        <BalanceFigure balance={first} />
      </span>
      <span className="block text-text-3 text-xs">
        {others.length > 0 ? `and ${others.length} more` : `stated ${readAt(first.at, zone, today)}`}
      </span>
    </>
  );
}

function Actions({ connection }: { readonly connection: Connection }) {
  const sync = useSync();
  const pause = usePause();
  const { id, name, paused, reports } = connection;
  if (reports.length === 0) return null;
  return (
    <span className="flex justify-end gap-1">
      <IconButton
        icon={paused ? CirclePlay : CirclePause}
        label={paused ? `Resume ${name}` : `Pause ${name}`}
        disabled={pause.isPending}
        onClick={() => pause.mutate({ id, paused: !paused })}
      />
      <Button
        aria-label={`Sync now: ${name}`}
        disabled={sync.isPending || reports.some((report) => report.isRunning)}
        onClick={() => sync.run({ connectionId: id })}
      >
        Sync now
      </Button>
    </span>
  );
}

import { CirclePause, CirclePlay, Pencil, RefreshCw } from 'lucide-react';
import type { Connection, ProviderInfo } from '../../../../src-preload/contract/connections.ts';
import { useRoute } from '../../../api/client.ts';
import { Button } from '../../../ui/button.tsx';
import { type ConnectionState, stateOf } from '../../../ui/connection-state.ts';
import { plural } from '../../../ui/numbers.ts';
import { ProviderName } from '../provider-name.tsx';
import { StateBadge } from '../state-badge.tsx';
import { StateReason } from '../state-reason.tsx';
import { usePause, useSync } from '../use-sync.ts';
import { RemoveConnection } from './remove-connection.tsx';

interface DetailHeadProps {
  readonly connection: Connection;
  readonly provider: ProviderInfo;
  readonly onEdit: () => void;
}

/** Which connection, how it is, and what can be done with it. */
export function DetailHead({ connection, provider, onEdit }: DetailHeadProps) {
  const now = useRoute('app.info', {}).data?.now ?? Date.now();
  const sync = useSync();
  const pause = usePause();
  const state = stateOf(connection);
  const { id, name, paused, reports } = connection;
  const isBusy = sync.isPending || reports.some((report) => report.isRunning);
  return (
    <header className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 title={name} className="min-w-0 truncate text-xl! tracking-title">
          {name}
        </h2>
        <StateBadge state={state} />
        <div className="ml-auto flex gap-1">
          <RemoveConnection connection={connection} />
          <Button icon={Pencil} onClick={onEdit}>
            Edit
          </Button>
          <Button
            icon={paused ? CirclePlay : CirclePause}
            disabled={pause.isPending}
            onClick={() => pause.mutate({ id, paused: !paused })}
          >
            {paused ? 'Resume' : 'Pause'}
          </Button>
          <Button
            kind="primary"
            disabled={isBusy || reports.length === 0}
            onClick={() => sync.run({ connectionId: id })}
          >
            <RefreshCw aria-hidden className="size-3.5" />
            {isBusy ? 'Syncing…' : 'Sync now'}
          </Button>
        </div>
      </div>
      <p className="flex flex-wrap items-center gap-x-2 text-sm text-text-2">
        <ProviderName vendor={provider.vendor} label={provider.label} />
        <span>
          Account{' '}
          <a
            href={`#/activity?account=${connection.accountId}`}
            className="rounded-sm text-text hover:underline"
          >
            {connection.account}
          </a>
        </span>
        {connection.baseUrl !== null && (
          <code className="break-all font-mono text-xs">{connection.baseUrl}</code>
        )}
      </p>
      <StateReason connection={connection} state={briefly(state, connection)} now={now} onEdit={onEdit} />
    </header>
  );
}

/** Each report says below what it met: here only how many did. */
function briefly(state: ConnectionState, { reports }: Connection): ConnectionState {
  if (state.kind !== 'failing') return state;
  const failed = reports.filter((report) => report.error !== null).length;
  const said = `${failed} of ${plural(reports.length, 'report')} could not be read; why stands below.`;
  return { ...state, reason: said, others: 0 };
}

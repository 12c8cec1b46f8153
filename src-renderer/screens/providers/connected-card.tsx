import { Activity, CirclePause, CirclePlay, Plug, Plus, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { Connection, ProviderInfo } from '../../../src-preload/contract/connections.ts';
import { useRoute } from '../../api/client.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { useConnectRequest } from '../../ui/connect-request.ts';
import { needsCare, stateOf } from '../../ui/connection-state.ts';
import { Empty } from '../../ui/empty.tsx';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { HeadCell, Table } from '../../ui/table.tsx';
import { ConnectionRow } from './connection-row.tsx';
import { EditSheet } from './edit-sheet.tsx';
import { unreachable } from './unreachable.ts';
import { usePause, useSync } from './use-sync.ts';

interface ConnectedCardProps {
  readonly connections: readonly Connection[];
  readonly providers: readonly ProviderInfo[];
  /** All syncing is stopped. */
  readonly isPaused: boolean;
}

/** The vendors that are connected: how each is doing, how fresh, what is left. Those that need care stand first. */
export function ConnectedCard({ connections, providers, isPaused }: ConnectedCardProps) {
  const [edited, setEdited] = useState<number | null>(null);
  const sorted = connections.toSorted(
    (a, b) => Number(needsCare(stateOf(b))) - Number(needsCare(stateOf(a))),
  );
  const edits = connections.find((connection) => connection.id === edited) ?? null;
  const away = unreachable(connections);
  return (
    <Card aria-labelledby="connected">
      <CardHead
        id="connected"
        title="Connected"
        sum={sumOf(connections, isPaused)}
        {...(connections.length > 0 && { tools: <Tools isPaused={isPaused} /> })}
      />
      {away.size > 0 && (
        <Notice tone="warn" className="mx-4 mb-3">
          {plural(away.size, 'vendor')} cannot be reached. Is this machine connected to the internet? They are
          read again by themselves once they answer; what was read before is kept.
        </Notice>
      )}
      {connections.length === 0 ? (
        <NoneYet />
      ) : (
        <div className="overflow-x-auto">
          <Table aria-labelledby="connected" className="min-w-180">
            <Head />
            {sorted.map((connection) => (
              <ConnectionRow
                key={connection.id}
                connection={connection}
                provider={providers.find(({ id }) => id === connection.provider)}
                isAllPaused={isPaused}
                isToldAbove={away.has(connection.id)}
                onEdit={() => setEdited(connection.id)}
              />
            ))}
          </Table>
        </div>
      )}
      <EditSheet
        connection={edits}
        provider={providers.find(({ id }) => id === edits?.provider) ?? null}
        onClose={() => setEdited(null)}
      />
    </Card>
  );
}

function sumOf(connections: readonly Connection[], isPaused: boolean): string | undefined {
  if (connections.length === 0) return undefined;
  const troubled = connections.filter((connection) => needsCare(stateOf(connection))).length;
  const parts = [
    plural(connections.length, 'connection'),
    ...(troubled > 0 ? [troubled === 1 ? '1 needs you' : `${troubled} need you`] : []),
    ...(isPaused ? ['syncing is paused'] : []),
  ];
  return parts.join(', ');
}

function Tools({ isPaused }: { readonly isPaused: boolean }) {
  const sync = useSync();
  const pause = usePause();
  return (
    <>
      <ButtonLink size="sm" kind="quiet" icon={Activity} href="#/health">
        Health
      </ButtonLink>
      <Button
        size="sm"
        kind="quiet"
        icon={isPaused ? CirclePlay : CirclePause}
        disabled={pause.isPending}
        onClick={() => pause.mutate({ id: null, paused: !isPaused })}
      >
        {isPaused ? 'Resume all' : 'Pause all'}
      </Button>
      <Button size="sm" icon={RefreshCw} disabled={sync.isPending} onClick={() => sync.run({})}>
        {sync.isPending ? 'Syncing…' : 'Sync all'}
      </Button>
      <Button size="sm" icon={Plus} onClick={() => useConnectRequest.getState().request('pick')}>
        Connect
      </Button>
    </>
  );
}

function Head() {
  return (
    <thead>
      <tr>
        <HeadCell>Connection</HeadCell>
        <HeadCell className="w-40 narrow:w-36">State</HeadCell>
        <HeadCell className="w-32 narrow:w-26">Last read</HeadCell>
        <HeadCell className="w-32 narrow:w-24" title="Everything up to then is in the ledger">
          Complete to
        </HeadCell>
        <HeadCell align="right" className="w-30 narrow:w-26">
          Balance
        </HeadCell>
        <HeadCell className="w-38">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </tr>
    </thead>
  );
}

function NoneYet() {
  const isReady = useRoute('providers.list', {}).data !== undefined;
  return (
    <Empty
      icon={Plug}
      title="No vendor is connected"
      className="border-t"
      actions={
        <Button
          kind="primary"
          icon={Plus}
          disabled={!isReady}
          onClick={() => useConnectRequest.getState().request('pick')}
        >
          Connect a vendor
        </Button>
      }
    >
      Give a key once. LLMLab keeps it in the vault, reads what was really billed on a schedule, and shows how
      far its own figures are from that.
    </Empty>
  );
}

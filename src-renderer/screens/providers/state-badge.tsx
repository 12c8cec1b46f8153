import {
  CircleAlert,
  CircleCheck,
  CirclePause,
  Clock,
  History,
  KeyRound,
  Lock,
  type LucideIcon,
  RefreshCw,
  TriangleAlert,
  Waypoints,
} from 'lucide-react';
import { Badge } from '../../ui/badge.tsx';
import type { ConnectionState, ConnectionStateKind } from '../../ui/connection-state.ts';

const icons: Readonly<Record<ConnectionStateKind, LucideIcon>> = {
  ...{
    paused: CirclePause,
    locked: Lock,
    'key-missing': KeyRound,
    failing: CircleAlert,
    resting: TriangleAlert,
  },
  ...{ running: RefreshCw, filling: History, waiting: Clock, idle: Waypoints, ok: CircleCheck },
};

/** How a connection is doing, in a word. */
export function StateBadge({ state }: { readonly state: ConnectionState }) {
  const Icon = icons[state.kind];
  // two dozen green badges would say nothing
  if (state.kind === 'ok' || state.kind === 'idle')
    return (
      <span className="inline-flex items-center gap-1.5 align-middle text-sm text-text-2">
        <Icon aria-hidden className={state.kind === 'ok' ? 'size-3.5 text-good' : 'size-3.5'} />
        {state.word}
      </span>
    );
  return (
    <Badge tone={state.tone} icon={Icon}>
      {state.word}
    </Badge>
  );
}

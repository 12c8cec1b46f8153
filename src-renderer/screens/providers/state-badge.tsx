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
  return (
    <Badge tone={state.tone} icon={icons[state.kind]}>
      {state.word}
    </Badge>
  );
}

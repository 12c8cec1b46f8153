import type { Connection } from '../../../src-preload/contract/connections.ts';
import type { ConnectionState } from '../../ui/connection-state.ts';
import { plural } from '../../ui/numbers.ts';
import { dueAt } from '../../ui/read-at.ts';
import { askToUnlock } from '../../ui/unlock-request.ts';
import { useView } from '../../ui/use-view.ts';

interface StateReasonProps {
  readonly connection: Connection;
  readonly state: ConnectionState;
  readonly now: number;
  readonly onEdit: () => void;
}

/** Why a connection is not well, and the one thing to do about it. */
export function StateReason({ connection, state, now, onEdit }: StateReasonProps) {
  const { zone } = useView();
  const { until } = connection.breaker;
  if (state.reason === null) return null;
  return (
    <p className="max-w-prose text-sm text-text-2">
      {state.reason}
      {state.others > 0 && ` And ${plural(state.others, 'other cause')}.`}
      {state.kind === 'resting' &&
        until !== null &&
        ` The next request is tried ${dueWords(dueAt(until, now, zone))}.`}{' '}
      <Fix state={state} name={connection.name} onEdit={onEdit} />
    </p>
  );
}

function Fix({
  state,
  name,
  onEdit,
}: {
  readonly state: ConnectionState;
  readonly name: string;
  readonly onEdit: () => void;
}) {
  const look = 'rounded-sm font-medium text-accent-text hover:underline';
  if (state.kind === 'locked')
    return (
      <button type="button" className={look} onClick={askToUnlock}>
        Unlock the keys
      </button>
    );
  if (state.kind !== 'key-missing' && !isKeyTrouble(state)) return null;
  return (
    <button type="button" className={look} aria-label={`Change the key of ${name}`} onClick={onEdit}>
      {state.kind === 'key-missing' ? 'Add the key' : 'Change the key'}
    </button>
  );
}

function isKeyTrouble({ code }: ConnectionState): boolean {
  return code === 'INVALID_KEY' || code === 'INSUFFICIENT_SCOPE' || code === 'NO_KEY';
}

function dueWords(due: string): string {
  return due === 'now' ? 'next' : `at ${due}`;
}

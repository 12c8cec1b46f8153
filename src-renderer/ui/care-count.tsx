import { useRoute } from '../api/client.ts';
import { Count } from './badge.tsx';
import { needsCare, stateOf } from './connection-state.ts';

/** How many connections somebody has to do something about; nothing while all are well. */
export function CareCount() {
  const connections = useRoute('connections.list', {}).data?.connections ?? [];
  const count = connections.filter((connection) => needsCare(stateOf(connection))).length;
  if (count === 0) return null;
  const words = count === 1 ? '1 connection needs you' : `${count} connections need you`;
  return (
    <>
      <span className="ml-auto flex narrow:hidden">
        <Count tone="warn" title={words}>
          {count}
        </Count>
      </span>
      {/* a rail of icons has room for a mark only */}
      <span
        aria-hidden
        title={words}
        className="absolute top-1.5 right-2 hidden size-2 rounded-full bg-warn-fill narrow:block"
      />
    </>
  );
}

import type { Health } from '../../../src-preload/contract/connections.ts';
import { useRoute } from '../../api/client.ts';
import { Badge } from '../../ui/badge.tsx';
import { dueAt } from '../../ui/read-at.ts';
import { useView } from '../../ui/use-view.ts';

/** Whether requests go through: per connection where a vendor has several. */
export function Breakers({ breakers }: { readonly breakers: Health['breakers'] }) {
  const { zone } = useView();
  const now = useRoute('app.info', {}).data?.now ?? Date.now();
  const held = breakers.filter((breaker) => breaker.state !== 'closed');
  if (held.length === 0) return <span className="text-text-2">closed, requests go through</span>;
  return held.map((breaker) => (
    <span key={breaker.connectionId} className="flex min-w-0 items-center gap-1.5">
      <Badge tone="warn">{breaker.state === 'open' ? 'Held back' : 'On trial'}</Badge>
      <span className="truncate text-text-2">
        {breakers.length > 1 && `${breaker.name}: `}
        {breaker.state === 'open' && breaker.until !== null
          ? `until ${dueAt(breaker.until, now, zone)}`
          : 'the next request decides'}
      </span>
    </span>
  ));
}

import { useRoute } from '../../api/client.ts';
import { useHashPath } from '../../ui/hash-location.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { Skeleton } from '../../ui/progress.tsx';
import { ConnectedCard } from './connected-card.tsx';
import { ConnectionPage } from './detail/connection-page.tsx';
import { Gallery } from './gallery.tsx';
import { OffersCard } from './offers-card.tsx';
import { ProtectionNotice } from './protection-notice.tsx';

/** Vendors: what is connected and how it is doing, and what else can be. `/providers/3` is one connection. */
export function Providers() {
  const [path] = useHashPath();
  const id = /^\/providers\/(\d{1,15})$/.exec(path)?.[1];
  return id === undefined ? <ProvidersPage /> : <ConnectionPage id={Number(id)} />;
}

function ProvidersPage() {
  const providers = useRoute('providers.list', {});
  const connections = useRoute('connections.list', {});
  const failed = connections.error ?? providers.error;
  return (
    <PageBody>
      {failed && <Notice tone="over">{failed.message}</Notice>}
      <ProtectionNotice />
      {!failed && !(providers.data && connections.data) && <Skeleton className="h-40" />}
      {providers.data && connections.data && !connections.error && (
        <ConnectedCard
          connections={connections.data.connections}
          providers={providers.data.providers}
          isPaused={connections.data.isPaused}
        />
      )}
      {providers.data && <OffersCard providers={providers.data.providers} />}
      {providers.data && <Gallery providers={providers.data.providers} />}
    </PageBody>
  );
}

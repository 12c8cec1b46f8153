import { ChevronLeft, Plug } from 'lucide-react';
import { useState } from 'react';
import type { Connection, ProviderInfo } from '../../../../src-preload/contract/connections.ts';
import { useRoute } from '../../../api/client.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageBody } from '../../../ui/page-body.tsx';
import { Skeleton } from '../../../ui/progress.tsx';
import { EditSheet } from '../edit-sheet.tsx';
import { MissingList } from '../missing-list.tsx';
import { ProtectionNotice } from '../protection-notice.tsx';
import { BalanceCard } from './balance-card.tsx';
import { DetailHead } from './detail-head.tsx';
import { DetailStats } from './detail-stats.tsx';
import { HealthCard } from './health-card.tsx';
import { KeysCard } from './keys-card.tsx';
import { ModelsCard } from './models-card.tsx';
import { ReportsCard } from './reports-card.tsx';

/** Everything about one connection. */
export function ConnectionPage({ id }: { readonly id: number }) {
  const list = useRoute('connections.list', {});
  const providers = useRoute('providers.list', {});
  const failed = list.error ?? providers.error;
  const connection = list.data?.connections.find((one) => one.id === id);
  const provider = providers.data?.providers.find((one) => one.id === connection?.provider);
  return (
    <PageBody>
      <a
        href="#/providers"
        className="-mb-1 inline-flex items-center gap-1 self-start rounded-sm text-sm text-text-2 hover:text-text hover:underline"
      >
        <ChevronLeft aria-hidden className="size-3.5" />
        All providers
      </a>
      {failed && <Notice tone="over">{failed.message}</Notice>}
      {!failed && !list.data && <Skeleton className="h-60" />}
      {list.data && !connection && <Gone />}
      {connection && provider && list.data && (
        <Detail connection={connection} provider={provider} isAllPaused={list.data.isPaused} />
      )}
    </PageBody>
  );
}

function Gone() {
  return (
    <Card>
      <Empty
        icon={Plug}
        title="There is no such connection"
        actions={<ButtonLink href="#/providers">All providers</ButtonLink>}
      >
        It was removed. What it brought into the ledger is still there.
      </Empty>
    </Card>
  );
}

interface DetailProps {
  readonly connection: Connection;
  readonly provider: ProviderInfo;
  readonly isAllPaused: boolean;
}

function Detail({ connection, provider, isAllPaused }: DetailProps) {
  const [isEditing, setEditing] = useState(false);
  const edit = () => setEditing(true);
  return (
    <>
      <ProtectionNotice />
      <DetailHead connection={connection} provider={provider} onEdit={edit} />
      <DetailStats connection={connection} isAllPaused={isAllPaused} />
      <ReportsCard connection={connection} provider={provider} onEdit={edit} />
      {provider.offers.includes('balance') && <BalanceCard connection={connection} />}
      <HealthCard provider={provider.id} />
      {provider.offers.includes('models') && <ModelsCard connection={connection} />}
      <KeysCard connection={connection} provider={provider} onEdit={edit} />
      <MissingList missing={provider.missing} label={provider.label} />
      <EditSheet
        connection={isEditing ? connection : null}
        provider={provider}
        onClose={() => setEditing(false)}
      />
    </>
  );
}

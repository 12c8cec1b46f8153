import { KeyRound, RefreshCw, SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { VendorModel } from '../../../src-preload/contract/calls.ts';
import { useAction, useRoute } from '../../api/client.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useHashParams } from '../../ui/hash-location.ts';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { Skeleton } from '../../ui/progress.tsx';
import { toast } from '../../ui/toast.tsx';
import { tellTrouble } from '../../ui/unlock-request.ts';
import { type ModelQuery, type ModelSort, matching, nextSort, sorted } from './model-list.ts';
import { everything, queryParams, readQuery } from './model-query.ts';
import { ModelTable } from './model-table.tsx';
import { Toolbar } from './toolbar.tsx';

const none: readonly VendorModel[] = [];

/** Every model of the connections: what it takes, what it costs here, and what the vendor says it costs. */
export function Models() {
  const list = useRoute('models.list', {});
  const models = list.data?.models ?? none;
  const [query, setQuery] = useModelQuery();
  const [sort, setSort] = useState<ModelSort>({ key: 'provider', order: 'asc' });
  const rows = useMemo(() => sorted(matching(models, query), sort), [models, query, sort]);
  const refresh = useRefresh();
  const providers = useRoute('providers.list', {}).data?.providers;
  const vendors = useMemo(() => new Map(providers?.map(({ id, vendor }) => [id, vendor])), [providers]);
  if (list.error)
    return (
      <PageBody>
        <Notice tone="over">{list.error.message}</Notice>
      </PageBody>
    );
  if (!list.data)
    return (
      <PageBody>
        <Skeleton className="h-60" />
      </PageBody>
    );
  if (models.length === 0)
    return (
      <PageBody>
        <NoModels onRefresh={() => refresh.mutate({})} isBusy={refresh.isPending} />
      </PageBody>
    );
  return (
    <div className="flex h-full min-h-80 flex-col gap-3 px-5 pt-3 pb-4 narrow:px-4">
      <Toolbar models={models} query={query} onQuery={setQuery}>
        <Button icon={RefreshCw} disabled={refresh.isPending} onClick={() => refresh.mutate({})}>
          {refresh.isPending ? 'Reading…' : 'Refresh'}
        </Button>
      </Toolbar>
      {rows.length === 0 ? (
        <Card>
          <Empty
            icon={SearchX}
            title="No model matches"
            actions={
              <Button onClick={() => setQuery(everything)}>Show all {plural(models.length, 'model')}</Button>
            }
          >
            Of the models of your connections none fits what is chosen above.
          </Empty>
        </Card>
      ) : (
        <ModelTable
          models={rows}
          vendors={vendors}
          sort={sort}
          onSort={(key) => setSort(nextSort(sort, key))}
        />
      )}
    </div>
  );
}

/** The query lives in the address, so that links, Back and reload work. */
function useModelQuery(): [ModelQuery, (query: ModelQuery) => void] {
  const [params, change] = useHashParams();
  const query = useMemo(() => readQuery(params), [params]);
  return [query, (next) => change(queryParams(next))];
}

function useRefresh() {
  return useAction('models.refresh', {
    onSuccess: ({ results }) => {
      const failed = results.filter((result) => result.error !== null);
      const read = plural(
        results.reduce((sum, result) => sum + result.models, 0),
        'model',
      );
      const first = failed[0];
      if (first)
        toast.error(
          `${first.connection}: ${first.error}${failed.length > 1 ? ` And ${failed.length - 1} more.` : ''}`,
        );
      else toast.success(`${read} of ${plural(results.length, 'connection')} read.`);
    },
    onError: tellTrouble,
  });
}

interface NoModelsProps {
  readonly onRefresh: () => void;
  readonly isBusy: boolean;
}

function NoModels({ onRefresh, isBusy }: NoModelsProps) {
  const connections = useRoute('connections.list', {}).data?.connections ?? [];
  const hasConnections = connections.length > 0;
  return (
    <Card>
      <Empty
        icon={KeyRound}
        title={hasConnections ? 'No models read yet' : 'Models come with a key'}
        actions={
          <>
            {hasConnections && (
              <Button kind="primary" icon={RefreshCw} disabled={isBusy} onClick={onRefresh}>
                {isBusy ? 'Reading…' : 'Read them now'}
              </Button>
            )}
            <ButtonLink href="#/providers" {...(!hasConnections && { kind: 'primary' as const })}>
              {hasConnections ? 'Providers' : 'Connect a vendor'}
            </ButtonLink>
          </>
        }
      >
        {hasConnections
          ? 'Your vendors have not been asked for their models, or none of the keys may list them.'
          : 'Connect a vendor and its models are listed here, with their limits, what calls to them are priced with, and what the vendor itself states.'}
      </Empty>
    </Card>
  );
}

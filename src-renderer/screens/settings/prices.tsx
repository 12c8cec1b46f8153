import { useMemo, useState } from 'react';
import { useAction, useRoute } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useHashParams } from '../../ui/hash-location.ts';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { Skeleton } from '../../ui/progress.tsx';
import { toast } from '../../ui/toast.tsx';
import { AliasDialog, type AliasStart } from './alias-dialog.tsx';
import { Aliases } from './aliases.tsx';
import { Overrides } from './overrides.tsx';
import { PriceDialog, type PriceStart } from './price-dialog.tsx';
import { SettingRow } from './setting-row.tsx';
import { Unpriced } from './unpriced.tsx';

/** What tokens cost where the built-in prices do not know or are not yours. */
export function Prices() {
  const prices = useRoute('prices.list', {});
  const [price, setPrice] = usePriceStart();
  const [alias, setAlias] = useState<AliasStart | null>(null);
  if (prices.error) return <Notice tone="over">{prices.error.message}</Notice>;
  if (!prices.data) return <Skeleton className="h-60" />;
  const { unpriced, overrides, aliases, version } = prices.data;
  return (
    <>
      <Unpriced models={unpriced} onSetPrice={setPrice} onPriceAs={setAlias} />
      <Overrides overrides={overrides} onEdit={setPrice} />
      <Aliases aliases={aliases} onEdit={setAlias} />
      <Reprice version={version} />
      <PriceDialog start={price} onClose={() => setPrice(null)} />
      <AliasDialog start={alias} onClose={() => setAlias(null)} />
    </>
  );
}

/** The price being set; a link such as the ones under Models opens the form with its model in it (`?price=…`). */
function usePriceStart(): [PriceStart | null, (start: PriceStart | null) => void] {
  const [params, change] = useHashParams();
  const [chosen, setChosen] = useState<PriceStart | null>(null);
  const model = params.get('price');
  const linked = useMemo<PriceStart | null>(() => {
    if (model === null) return null;
    const rates = { input: params.get('input') ?? '', output: params.get('output') ?? '' };
    return { kind: 'new', provider: params.get('provider') ?? '', model, rates };
  }, [model, params]);
  const set = (start: PriceStart | null) => {
    setChosen(start);
    if (start === null && linked !== null) change({ price: null, provider: null, input: null, output: null });
  };
  return [chosen ?? linked, set];
}

function Reprice({ version }: { readonly version: string }) {
  const reprice = useAction('prices.reprice', {
    onSuccess: ({ repriced }) =>
      toast.success(
        repriced === 0 ? 'Every price was right already.' : `${plural(repriced, 'record')} priced anew.`,
      ),
    onError: (error) => toast.error(error.message),
  });
  return (
    <Card aria-label="Pricing again">
      <SettingRow
        label="Price everything again"
        help={`Records priced from tokens, each by the price in force at its time. What vendors charged stays. Built-in prices: ${version}.`}
      >
        <Button disabled={reprice.isPending} onClick={() => reprice.mutate({ scope: 'all' })}>
          {reprice.isPending ? 'Pricing…' : 'Price again'}
        </Button>
      </SettingRow>
    </Card>
  );
}

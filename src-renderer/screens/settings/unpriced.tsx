import { CircleCheck } from 'lucide-react';
import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import { useAction } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { plural } from '../../ui/numbers.ts';
import { toast } from '../../ui/toast.tsx';
import type { AliasStart } from './alias-dialog.tsx';
import type { PriceStart } from './price-dialog.tsx';

type UnpricedModel = RouteOutput<'prices.list'>['unpriced'][number];

interface UnpricedProps {
  readonly models: readonly UnpricedModel[];
  readonly onSetPrice: (start: PriceStart) => void;
  readonly onPriceAs: (start: AliasStart) => void;
}

/** Models no price is known for: the reason totals read "at least". */
export function Unpriced({ models, onSetPrice, onPriceAs }: UnpricedProps) {
  return (
    <Card aria-labelledby="unpriced">
      <CardHead
        id="unpriced"
        title="Unpriced models"
        {...(models.length > 0 && { sum: models.length, tools: <PriceAgain /> })}
      />
      {models.length === 0 && (
        <p className="flex items-center gap-1.5 px-4 pb-3 text-sm text-text-2">
          <CircleCheck aria-hidden className="size-3.5 text-good" />
          Every record has a price.
        </p>
      )}
      {models.length > 0 && (
        <p className="px-4 pb-2 text-sm text-text-2">
          Totals with these read “at least”. Give them a price and the past is priced too.
        </p>
      )}
      <ul>
        {models.map((model) => (
          <li
            key={`${model.provider} ${model.model}`}
            className="flex min-h-12 items-center gap-3 border-t py-2 pr-2 pl-4"
          >
            <div className="min-w-0 flex-1">
              <div className="break-all font-medium text-sm">
                {model.model ?? 'no model stated'}
                <span className="ml-2 font-regular text-text-3">{model.provider}</span>
              </div>
              <div className="text-sm text-text-2">
                <a className="hover:underline" href={activityOf(model)}>
                  {model.requests > 0 ? plural(model.requests, 'request') : plural(model.records, 'record')}
                </a>
                : {model.reason}
              </div>
            </div>
            {model.model !== null && (
              <div className="flex shrink-0 gap-1">
                <Button
                  onClick={() =>
                    onSetPrice({ kind: 'new', provider: model.provider, model: model.model ?? '' })
                  }
                >
                  Set a price
                </Button>
                <Button
                  onClick={() =>
                    onPriceAs({ kind: 'new', provider: model.provider, alias: model.model ?? '' })
                  }
                >
                  Price as…
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** For prices and rates that have arrived since. */
function PriceAgain() {
  const reprice = useAction('prices.reprice', {
    onSuccess: ({ repriced }) =>
      toast.success(
        repriced === 0 ? 'Still no price for any of them.' : `${plural(repriced, 'record')} priced.`,
      ),
    onError: (error) => toast.error(error.message),
  });
  return (
    <Button size="sm" disabled={reprice.isPending} onClick={() => reprice.mutate({ scope: 'unpriced' })}>
      Try again
    </Button>
  );
}

function activityOf({ model }: UnpricedModel): string {
  const query = new URLSearchParams({
    range: 'custom',
    from: '2020-01-01',
    unpriced: '1',
    ...(model !== null && { model }),
  });
  return `#/activity?${query.toString()}`;
}

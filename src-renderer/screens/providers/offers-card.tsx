import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { ProviderInfo } from '../../../src-preload/contract/connections.ts';
import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import { useAction, useRoute } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { navigate } from '../../ui/hash-location.ts';
import { plural } from '../../ui/numbers.ts';
import { toast } from '../../ui/toast.tsx';
import { tellTrouble } from '../../ui/unlock-request.ts';

type Offer = RouteOutput<'connections.offers'>['offers'][number];

const shownAtFirst = 3;

/** Keys in environment variables: offered one by one, never taken in silence. */
export function OffersCard({ providers }: { readonly providers: readonly ProviderInfo[] }) {
  const offers = useRoute('connections.offers', {}).data?.offers ?? [];
  const [all, setAll] = useState(false);
  const shown = all ? offers : offers.slice(0, shownAtFirst);
  if (offers.length === 0) return null;
  return (
    <Card aria-labelledby="offers">
      <CardHead
        id="offers"
        title="Keys in your environment"
        sum={`${plural(offers.length, 'variable')}, not used yet`}
      />
      <ul>
        {shown.map((offer) => (
          <OfferLine
            key={`${offer.provider} ${offer.variable}`}
            offer={offer}
            label={providers.find(({ id }) => id === offer.provider)?.label ?? offer.provider}
          />
        ))}
      </ul>
      {shown.length < offers.length && (
        <Button kind="quiet" className="m-1 self-start" onClick={() => setAll(true)}>
          Show {offers.length - shown.length} more
        </Button>
      )}
    </Card>
  );
}

function OfferLine({ offer, label }: { readonly offer: Offer; readonly label: string }) {
  const adopt = useAction('connections.adopt', {
    onSuccess: ({ id }) => {
      toast.success(`${label} connected with ${offer.variable}.`);
      navigate(`/providers/${id}`);
    },
    onError: tellTrouble,
  });
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-t border-t-grid py-1.5 pr-2 pl-4 text-sm">
      <KeyRound aria-hidden className="size-4 shrink-0 text-text-3" strokeWidth={1.5} />
      <code className="min-w-0 break-all font-mono text-xs">{offer.variable}</code>
      <span className="text-text-2">
        ends in <code className="font-mono text-xs">…{offer.endsWith}</code>, for {label}
      </span>
      <Button
        className="ml-auto"
        disabled={adopt.isPending}
        aria-label={`Use it: ${offer.variable} for ${label}`}
        onClick={() => adopt.mutate({ provider: offer.provider, variable: offer.variable })}
      >
        Use it
      </Button>
    </li>
  );
}

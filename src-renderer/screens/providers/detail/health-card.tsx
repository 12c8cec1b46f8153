import type { Health } from '../../../../src-preload/contract/connections.ts';
import { useRoute } from '../../../api/client.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { Card, CardBody, CardHead } from '../../../ui/card.tsx';
import { plural } from '../../../ui/numbers.ts';
import { Breakers } from '../breaker-words.tsx';
import { HealthStrip } from '../health-strip.tsx';
import { errorList, failedWords, formatMs, together } from '../health-words.ts';
import { Outage } from '../outage-words.tsx';

const days = 7;

/** How the vendor has answered in the last seven days, to syncs and to calls alike. */
export function HealthCard({ provider }: { readonly provider: string }) {
  const health = useRoute('health.list', { days });
  const own = health.data?.providers.find((one) => one.provider === provider);
  return (
    <Card aria-labelledby="health">
      <CardHead
        id="health"
        title="Health"
        sum={own ? `7 days, ${failedWords(together(own))}` : '7 days'}
        tools={
          <ButtonLink size="sm" kind="quiet" href="#/health">
            All vendors
          </ButtonLink>
        }
      />
      {health.error && <p className="px-4 pb-3 text-over text-sm">{health.error.message}</p>}
      {health.data && !own && <p className="px-4 pb-3 text-sm text-text-2">Nothing was asked of it yet.</p>}
      {own && <Figures health={own} />}
    </Card>
  );
}

function Figures({ health }: { readonly health: Health }) {
  return (
    <CardBody className="flex flex-col gap-3">
      <HealthStrip hours={health.hours} days={days} className="h-8" />
      <div className="-mt-2 flex justify-between text-text-3 text-xs">
        <span>7 days ago</span>
        <span>now</span>
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)_auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm tight:grid-cols-[auto_minmax(0,1fr)]">
        <Line label="Sync" latency={health.sync} />
        <Line label="Calls" latency={health.calls} />
        <dt className="text-text-3">Last outage</dt>
        <dd className="tnum">
          <Outage outage={health.lastOutage} />
        </dd>
        <dt className="text-text-3">Circuit breaker</dt>
        <dd>
          <Breakers breakers={health.breakers} />
        </dd>
      </dl>
    </CardBody>
  );
}

function Line({ label, latency }: { readonly label: string; readonly latency: Health['sync'] }) {
  const errors = errorList(latency);
  return (
    <>
      <dt className="text-text-3">{label}</dt>
      <dd className="tnum">
        {latency.requests === 0 ? (
          <span className="text-text-2">no requests</span>
        ) : (
          <>
            {plural(latency.requests, 'request')}, p50 {formatMs(latency.p50Ms)}, p95{' '}
            {formatMs(latency.p95Ms)}
            {errors !== '' && <span className="block text-text-2">{errors}</span>}
          </>
        )}
      </dd>
    </>
  );
}

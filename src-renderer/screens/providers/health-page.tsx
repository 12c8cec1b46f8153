import { ChevronLeft, HeartPulse } from 'lucide-react';
import { useState } from 'react';
import type { Health } from '../../../src-preload/contract/connections.ts';
import { useRoute } from '../../api/client.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Notice } from '../../ui/notice.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { Skeleton } from '../../ui/progress.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Cell, HeadCell, Table } from '../../ui/table.tsx';
import { Breakers } from './breaker-words.tsx';
import { worstFirst } from './health-order.ts';
import { HealthStrip } from './health-strip.tsx';
import { errorList, failedOf, formatMs, together } from './health-words.ts';
import { Outage } from './outage-words.tsx';

const spans = [
  { value: '1', label: '24 hours' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
] as const;
type Span = (typeof spans)[number]['value'];

/** How every vendor has answered, syncs and calls together: those with trouble first. */
export function HealthPage() {
  const [span, setSpan] = useState<Span>('7');
  const days = Number(span);
  const health = useRoute('health.list', { days }, { keepPrevious: true });
  const providers = worstFirst(health.data?.providers ?? []);
  return (
    <PageBody>
      <div className="flex flex-wrap items-center gap-3">
        <a
          href="#/providers"
          className="inline-flex items-center gap-1 rounded-sm text-sm text-text-2 hover:text-text hover:underline"
        >
          <ChevronLeft aria-hidden className="size-3.5" />
          All providers
        </a>
        <span className="flex-1" />
        <Segmented label="Span" options={spans} value={span} onChange={setSpan} />
      </div>
      {health.error && <Notice tone="over">{health.error.message}</Notice>}
      {health.isPending && <Skeleton className="h-40" />}
      {health.data && providers.length === 0 && (
        <Card>
          <Empty
            icon={HeartPulse}
            title="No vendor was asked anything yet"
            actions={<ButtonLink href="#/providers">Connect a vendor</ButtonLink>}
          >
            How fast and how reliably each one answers is kept from the first sync and the first call on.
          </Empty>
        </Card>
      )}
      {providers.length > 0 && (
        <Card aria-label="Health of every vendor">
          <div className="overflow-x-auto">
            <Table aria-label="Health of every vendor" className="min-w-200">
              <Head />
              <tbody>
                {providers.map((one) => (
                  <VendorRow key={one.provider} health={one} days={days} />
                ))}
              </tbody>
            </Table>
          </div>
        </Card>
      )}
    </PageBody>
  );
}

function Head() {
  return (
    <thead>
      <tr>
        <HeadCell className="w-40">Vendor</HeadCell>
        <HeadCell>Hours</HeadCell>
        <HeadCell align="right" className="w-22">
          Requests
        </HeadCell>
        <HeadCell className="w-44">Errors</HeadCell>
        <HeadCell align="right" className="w-18" title="Half of the requests were faster">
          p50
        </HeadCell>
        <HeadCell align="right" className="w-18" title="19 of 20 requests were faster">
          p95
        </HeadCell>
        <HeadCell className="w-48">Last outage</HeadCell>
      </tr>
    </thead>
  );
}

function VendorRow({ health, days }: { readonly health: Health; readonly days: number }) {
  const all = together(health);
  const failed = failedOf(all);
  const isHeld = health.breakers.some((breaker) => breaker.state !== 'closed');
  return (
    <tr className="hover:bg-hover [&:last-child>td]:border-b-transparent">
      <Cell className="h-12 font-medium" title={health.label}>
        {health.label}
        {isHeld && (
          <span className="mt-0.5 block font-regular text-xs">
            <Breakers breakers={health.breakers} />
          </span>
        )}
      </Cell>
      <Cell>
        <HealthStrip hours={health.hours} days={days} most={84} />
      </Cell>
      <Cell
        align="right"
        title={`${formatCount(health.sync.requests)} for syncs, ${formatCount(health.calls.requests)} calls`}
      >
        {formatCount(all.requests)}
      </Cell>
      <Cell className="whitespace-normal" title={errorList(all)}>
        {failed === 0 ? <span className="text-text-3">none</span> : errorList(all)}
      </Cell>
      <Cell align="right">{formatMs(all.p50Ms)}</Cell>
      <Cell align="right">{formatMs(all.p95Ms)}</Cell>
      <Cell className="whitespace-normal">
        <Outage outage={health.lastOutage} />
      </Cell>
    </tr>
  );
}

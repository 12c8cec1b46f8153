import { type ReactNode, useRef } from 'react';
import type { ActivityDetail } from '../../../src-preload/contract/activity.ts';
import { useRoute } from '../../api/client.ts';
import { Amount } from '../../ui/amount.tsx';
import { cx } from '../../ui/cx.ts';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { Notice, noticeAction } from '../../ui/notice.tsx';
import { formatCount, plural } from '../../ui/numbers.ts';
import { Skeleton } from '../../ui/progress.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useView } from '../../ui/use-view.ts';
import { activityHref } from '../../ui/view.ts';
import { formatWhen, whenTitle } from '../../ui/when.ts';
import { trimAmount } from './price-lines.ts';
import { PriceTable } from './price-table.tsx';
import { RecordOrigin } from './record-origin.tsx';

/** Everything the ledger knows of one record, and how its cost came about. */
export function RecordSheet({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const { data, error } = useRoute('activity.get', { id });
  const { zone, today } = useView();
  const body = useRef<HTMLDivElement>(null);
  return (
    <Sheet
      open
      width={560}
      initialFocus={() => body.current}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={data ? (data.model ?? data.charge) : 'Record'}
      description={
        data
          ? `${formatWhen(data.at, data.grain, zone, today)}. ${whenTitle(data.grain, zone)}`
          : 'Looking it up'
      }
    >
      <div ref={body} tabIndex={-1}>
        {error && <Notice tone="over">{error.message}</Notice>}
        {data ? <Detail record={data} onLeave={onClose} /> : !error && <Placeholder />}
      </div>
    </Sheet>
  );
}

function Detail({ record, onLeave }: { readonly record: ActivityDetail; readonly onLeave: () => void }) {
  return (
    <div className="pb-6">
      <Cost record={record} />
      <Notes record={record} />
      <PriceTable record={record} />
      <Belongings record={record} onLeave={onLeave} />
      <RecordOrigin record={record} />
    </div>
  );
}

function Cost({ record }: { readonly record: ActivityDetail }) {
  const { costNanoUsd, costState, countsCost, accountKind, evidence, priceVersion, amount, currency } =
    record;
  const isPlan = accountKind === 'plan';
  return (
    <section aria-label="Cost" className="pt-1">
      <div className="text-sm text-text-2">{isPlan ? 'API-equivalent, not cash' : 'Cost'}</div>
      <div
        className={cx(
          'tnum mt-0.5 text-2xl tracking-figure',
          isPlan ? 'font-medium text-text-2' : 'font-semibold',
          !countsCost && 'text-text-3 line-through',
        )}
      >
        {costNanoUsd === null ? 'Unpriced' : costState === 'free' ? 'Free' : <Amount nanoUsd={costNanoUsd} />}
      </div>
      <div className="mt-1.5 flex items-center gap-2">
        <EvidenceChip evidence={evidence} />
        <span className="tnum text-text-3 text-xs">
          {amount !== null && currency !== null
            ? `stated as ${trimAmount(amount)} ${currency}`
            : priceVersion === null
              ? ''
              : `priced with ${priceVersion}`}
        </span>
      </div>
    </section>
  );
}

function Notes({ record }: { readonly record: ActivityDetail }) {
  const { standInNote, unpricedReason } = record;
  if (standInNote === null && unpricedReason === null) return null;
  return (
    <div className="mt-4 flex flex-col gap-2">
      {standInNote !== null && <Notice tone="info">{standInNote}</Notice>}
      {unpricedReason !== null && (
        <Notice
          actions={
            <a href="#/settings" className={noticeAction(true)}>
              Set a price
            </a>
          }
        >
          {unpricedReason}
        </Notice>
      )}
    </div>
  );
}

function Belongings({ record, onLeave }: { readonly record: ActivityDetail; readonly onLeave: () => void }) {
  const { view } = useView();
  const link = (href: string, text: string) => (
    <a href={href} onClick={onLeave} className="truncate text-accent-text hover:underline" title={text}>
      {text}
    </a>
  );
  return (
    <dl className="mt-5 grid grid-cols-2 gap-x-6 border-t pt-3">
      <Fact label="Account">
        {link(
          activityHref(view, { accounts: [record.accountId] }),
          `${record.account}, ${record.accountKind}`,
        )}
      </Fact>
      <Fact label="Source">{link(activityHref(view, { sources: [record.sourceId] }), record.source)}</Fact>
      <Fact label="Provider">
        {link(activityHref(view, { providers: [record.provider] }), record.provider)}
      </Fact>
      <Fact label="Project">
        {record.project && link(activityHref(view, { projects: [record.project] }), record.project)}
      </Fact>
      <Fact label="Session">
        {record.session && link(activityHref(view, { sessions: [record.session] }), record.session)}
      </Fact>
      <Fact label="Stands for">
        {record.requests === 0 ? 'a charge, no calls' : plural(record.requests, 'call')}
      </Fact>
      <Fact label="Service tier">{record.serviceTier}</Fact>
      <Fact label="Status">{record.status ?? 'ok'}</Fact>
      {record.tokens.reasoning > 0 && (
        <Fact label="Reasoning, in output">{formatCount(record.tokens.reasoning)} tokens</Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-7 min-w-0 items-center gap-3 text-sm">
      <dt className="w-24 shrink-0 text-text-3">{label}</dt>
      <dd className="tnum flex min-w-0 flex-1">{children || <span className="text-text-3">–</span>}</dd>
    </div>
  );
}

function Placeholder() {
  return (
    <div className="flex flex-col gap-3 pt-2">
      <Skeleton className="w-16" />
      <Skeleton className="h-7 w-32" />
      <Skeleton className="w-40" />
    </div>
  );
}

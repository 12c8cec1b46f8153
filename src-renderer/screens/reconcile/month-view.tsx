import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { MonthDetail as Detail } from '../../../src-preload/contract/reconcile.ts';
import { useRoute } from '../../api/client.ts';
import { Badge } from '../../ui/badge.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { formatAsOf, formatDay, monthEnd } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { useMoney } from '../../ui/use-money.ts';
import { useView } from '../../ui/use-view.ts';
import { DaysCard } from './days-card.tsx';
import { FiguresRow } from './figures-row.tsx';
import { FindingsCard } from './findings-card.tsx';
import { ModelsCard } from './models-card.tsx';
import { VerdictBadge } from './verdict-badge.tsx';
import { WitnessesCard } from './witnesses-card.tsx';
import { comparedWords, gapWords, monthName, recordsHref } from './words.ts';

/** One month of one account: the gap, its days and models, who tells of it, and where the gap may come from. */
export function MonthView({ accountId, month }: { readonly accountId: number; readonly month: string }) {
  const { data, error } = useRoute('reconcile.month', { accountId, month }, { keepPrevious: true });
  const top = useRef<HTMLDivElement | null>(null);
  // the list it was opened from may have been scrolled far down
  useEffect(() => {
    top.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <>
      <div ref={top} className="flex scroll-mt-16 items-center gap-2">
        <ButtonLink href="#/reconcile" size="sm" kind="quiet" icon={ArrowLeft}>
          All months
        </ButtonLink>
        <h2 className="text-lg">
          {monthName(month)}
          {data && <span className="ml-2 font-regular text-text-2">{data.month.account}</span>}
        </h2>
        {data?.month.isFinal && (
          <Badge title="The month is over and its bill was read after late usage could come">Final</Badge>
        )}
      </div>
      {error && <Notice tone="over">{error.message}</Notice>}
      {data && <Month detail={data} />}
    </>
  );
}

function Month({ detail }: { readonly detail: Detail }) {
  const { today, zone } = useView();
  const { month } = detail;
  return (
    <>
      <FiguresRow
        {...month}
        label={`${month.account}, ${monthName(month.month)}`}
        href={recordsHref(month.accountId, `${month.month}-01`, monthEnd(`${month.month}-01`))}
        billedNote={month.asOf === null ? 'no bill is known' : formatAsOf(month.asOf, zone, today)}
        ownNote={comparedWords(month, today)}
        verdict={<VerdictBadge verdict={month.verdict} />}
        gapNote={gapWords(month)}
      />
      <LeftOut detail={detail} />
      {/* in one column the causes stand right under the days */}
      <div className="grid grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)] items-start gap-3 narrow:flex narrow:flex-col narrow:items-stretch">
        <div className="flex min-w-0 flex-col gap-3 narrow:contents">
          {detail.days.length > 0 ? (
            <DaysCard detail={detail} />
          ) : (
            <Notice tone="info">
              This bill states the month as one sum: it cannot be told apart by day.
            </Notice>
          )}
          <div className="flex min-w-0 flex-col gap-3 narrow:order-2">
            <ModelsCard detail={detail} />
            <WitnessesCard detail={detail} />
          </div>
        </div>
        <div className="min-w-0 narrow:order-1">
          <FindingsCard detail={detail} />
        </div>
      </div>
    </>
  );
}

/** Which days are not compared, and what lies on them. */
function LeftOut({ detail: { month } }: { readonly detail: Detail }) {
  const { money } = useMoney();
  const { today } = useView();
  const { unfinishedDay, ownOutsideNanoUsd: own, billedOutsideNanoUsd: billed } = month;
  if (month.comparedTo === null || (unfinishedDay === null && own === 0 && billed === 0)) return null;
  const parts = [
    ...(unfinishedDay === null
      ? []
      : [`${formatDay(unfinishedDay, today)} is left out, as the bill was read before that day ended.`]),
    ...(own === 0 ? [] : [`${money(own)} of own figures lie on days the bill does not speak for.`]),
    ...(billed === 0 ? [] : [`${money(billed)} were billed on days that are left out.`]),
  ];
  return (
    <Notice tone="info">
      Compared up to {formatDay(month.comparedTo, today)}: {parts.join(' ')}
    </Notice>
  );
}

import type { Report } from '../../../src-preload/contract/report.ts';
import { useRoute } from '../../api/client.ts';
import { Amount } from '../../ui/amount.tsx';
import { Sparkline } from '../../ui/chart/sparkline.tsx';
import { formatAsOf, formatDay, formatRange } from '../../ui/dates.ts';
import { evidenceOf } from '../../ui/evidence.ts';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { useMoney } from '../../ui/use-money.ts';
import { useView } from '../../ui/use-view.ts';
import { activityHref } from '../../ui/view.ts';
import { cashNote, changeNote, cumulative, equivalentNote, paceNote } from './headline.ts';
import { isBeforeRecords, periodBefore } from './movers.ts';

/** Cash, its pace, its change, and API-equivalent beside it. */
export function Headline({ report }: { readonly report: Report }) {
  const accounts = useRoute('accounts.list', {}).data?.accounts ?? [];
  const hasPlans =
    report.totals.equivalentNanoUsd !== 0 ||
    report.totals.unpricedEquivalent > 0 ||
    accounts.some((account) => account.kind === 'plan');
  return (
    <StatRow label="Headline" className={hasPlans ? fourColumns : threeColumns}>
      <CashStat report={report} />
      <PaceStat />
      <ChangeStat report={report} />
      {hasPlans && <EquivalentStat report={report} />}
    </StatRow>
  );
}

const fourColumns =
  'grid-cols-[minmax(0,1.1fr)_minmax(0,1.1fr)_minmax(0,1fr)_minmax(0,1fr)] min-[1240px]:grid-cols-[minmax(0,1.05fr)_minmax(336px,1.25fr)_minmax(0,1fr)_minmax(0,1fr)] narrow:grid-cols-[minmax(0,1.05fr)_minmax(0,1.1fr)_minmax(0,1fr)_minmax(0,1.05fr)] tight:grid-cols-2';
const threeColumns = 'grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1fr)] tight:grid-cols-2';

function useAsOf(report: Report | undefined): string | undefined {
  const { zone, today } = useView();
  return report?.asOf == null ? undefined : formatAsOf(report.asOf, zone, today);
}

function CashStat({ report }: { readonly report: Report }) {
  const { view, dates, today } = useView();
  const { money, title } = useMoney();
  const accounts = useRoute('accounts.list', {}).data?.accounts ?? [];
  const { totals } = report;
  const evidence = evidenceOf(totals, 'cash');
  const paying = accounts.filter((account) => account.kind !== 'plan').map((account) => account.id);
  const narrow = paying.length < accounts.length && !view.filters.accounts && paying.length > 0;
  return (
    <Stat
      label={`Cash, ${formatRange(dates.from, dates.to, today)}`}
      figure={money(totals.cashNanoUsd, { atLeast: totals.unpricedCash > 0 })}
      title={title(totals.cashNanoUsd)}
      href={activityHref(view, narrow ? { accounts: paying } : {})}
      atLeast={totals.unpricedCash > 0}
      evidence={evidence && <EvidenceChip evidence={evidence} />}
      asOf={useAsOf(report)}
      note={cashNote(totals, money)}
    />
  );
}

function PaceStat() {
  const { view, filters, today } = useView();
  const { money, title } = useMoney();
  const pace = useRoute('report.pace', { filters }, { keepPrevious: true }).data;
  if (!pace) return <Stat label="Pace" figure="…" />;
  const { projectedNanoUsd: projected, lowNanoUsd: low, highNanoUsd: high } = pace;
  const end = formatDay(pace.lastDay, today);
  const shown = projected ?? pace.spentNanoUsd;
  const range =
    low !== null && high !== null && low !== high
      ? `${money(low, { rough: true })}–${money(high, { rough: true })}`
      : undefined;
  const target =
    projected === null ? null : { value: projected, low: low ?? projected, high: high ?? projected };
  return (
    <Stat
      label={projected === null ? 'Spent this month' : `Pace to ${end}`}
      figure={money(shown)}
      title={title(shown)}
      href={activityHref(view, { from: `${pace.month}-01`, to: today })}
      evidence={projected === null ? undefined : <EvidenceChip evidence="estimated" />}
      asOf={range}
      note={paceNote(pace, money)}
    >
      <span className="ml-auto self-center max-[1239px]:hidden">
        <Sparkline
          values={cumulative(pace.days)}
          slots={pace.daysInMonth}
          target={target}
          startLabel="1"
          endLabel={end}
          label={`Cash this month: ${money(pace.spentNanoUsd)} so far${range ? `, heading for ${range} by ${end}` : ''}.`}
        />
      </span>
    </Stat>
  );
}

function ChangeStat({ report }: { readonly report: Report }) {
  const { view, filters, dates, today, zone } = useView();
  const { money } = useMoney();
  const before = periodBefore(dates);
  const earlier = useRoute(
    'report.run',
    { by: [], filters: { ...filters, ...before } },
    { keepPrevious: true },
  ).data;
  const { firstDay } = useRoute('app.info', {}).data ?? {};
  const begins = firstDay && firstDay > before.from ? formatDay(firstDay, today) : null;
  const label = `Change from ${formatRange(before.from, before.to, today)}`;
  if (!earlier) return <Stat label={label} figure="…" />;
  if (isBeforeRecords(before, firstDay ?? null) && earlier.totals.cashNanoUsd === 0)
    return (
      <Stat
        label={label}
        figure="–"
        note={firstDay ? `records begin ${formatDay(firstDay, today)}` : 'no records'}
      />
    );
  const [was, is] = [earlier.totals.cashNanoUsd, report.totals.cashNanoUsd];
  const evidence = evidenceOf(earlier.totals, 'cash');
  const asOf = earlier.asOf === null || !evidence ? undefined : formatAsOf(earlier.asOf, zone, today);
  return (
    <Stat
      label={label}
      figure={<Amount nanoUsd={is - was} signed />}
      href={activityHref(view, before)}
      evidence={evidence && <EvidenceChip evidence={evidence} />}
      asOf={asOf}
      note={changeNote(was, is, money, begins)}
    />
  );
}

function EquivalentStat({ report }: { readonly report: Report }) {
  const { view } = useView();
  const { money, title } = useMoney();
  const accounts = useRoute('accounts.list', {}).data?.accounts ?? [];
  const { totals } = report;
  const evidence = totals.equivalentNanoUsd === 0 ? null : evidenceOf(totals, 'equivalent');
  const plans = accounts.filter((account) => account.kind === 'plan').map((account) => account.id);
  return (
    <Stat
      aside
      label="API-equivalent of plans"
      figure={money(totals.equivalentNanoUsd, { atLeast: totals.unpricedEquivalent > 0 })}
      title={title(totals.equivalentNanoUsd)}
      atLeast={totals.unpricedEquivalent > 0}
      href={activityHref(view, plans.length > 0 && !view.filters.accounts ? { accounts: plans } : {})}
      evidence={evidence && <EvidenceChip evidence={evidence} />}
      asOf={useAsOf(totals.equivalentNanoUsd === 0 ? undefined : report)}
      note={equivalentNote(totals, accounts)}
    />
  );
}

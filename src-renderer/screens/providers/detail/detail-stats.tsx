import type { Balance, Connection } from '../../../../src-preload/contract/connections.ts';
import { useRoute } from '../../../api/client.ts';
import { asOfOf, lastSuccessOf, nextRunOf } from '../../../ui/connection-state.ts';
import { formatAsOf, formatMoment, monthStart } from '../../../ui/dates.ts';
import { formatAmount } from '../../../ui/decimal-text.ts';
import { evidenceOf } from '../../../ui/evidence.ts';
import { EvidenceChip } from '../../../ui/evidence-chip.tsx';
import { formatCount, plural } from '../../../ui/numbers.ts';
import { dueAt, readAt } from '../../../ui/read-at.ts';
import { Stat, StatRow } from '../../../ui/stat.tsx';
import { useMoney } from '../../../ui/use-money.ts';
import { useView } from '../../../ui/use-view.ts';
import { BalanceFigure } from '../balance-figure.tsx';

interface DetailStatsProps {
  readonly connection: Connection;
  readonly isAllPaused: boolean;
}

/** Cash of its account this month, what is left at the vendor, and how fresh both are. */
export function DetailStats({ connection, isAllPaused }: DetailStatsProps) {
  const { zone, today } = useView();
  const now = useRoute('app.info', {}).data?.now ?? Date.now();
  const last = lastSuccessOf(connection);
  const next = isAllPaused ? null : nextRunOf(connection);
  const balance = connection.balances[0];
  return (
    <StatRow label="At a glance" className="grid-cols-4 narrow:grid-cols-2">
      <Cash connection={connection} />
      <Stat
        label="Balance"
        figure={balance ? <BalanceFigure balance={balance} /> : '–'}
        asOf={balance && `stated by the vendor, ${formatAsOf(balance.at, zone, today)}`}
        note={balance ? partWords(balance) : 'The vendor states none.'}
      />
      <Stat
        label="Last read"
        figure={last === null ? 'never' : readAt(last, zone, today)}
        {...(last !== null && { title: formatMoment(last, zone, today) })}
        asOf={next === null ? 'nothing is due' : `next ${dueAt(next, now, zone)}`}
        note={plural(connection.reports.length, 'report')}
      />
      <Stat
        label="Models"
        figure={formatCount(connection.models)}
        href={`#/models?connection=${connection.id}`}
        note={connection.models > 0 ? 'their prices and limits' : 'none read yet'}
      />
    </StatRow>
  );
}

function Cash({ connection }: { readonly connection: Connection }) {
  const { zone, today } = useView();
  const { money, title } = useMoney();
  const filters = { from: monthStart(today), to: today, accounts: [connection.accountId] };
  const total = useRoute('report.run', { by: [], filters }).data?.totals;
  const asOf = asOfOf(connection);
  const evidence = total && evidenceOf(total, 'cash');
  if (!total) return <Stat label="Cash, month to date" figure="–" />;
  return (
    <Stat
      label="Cash, month to date"
      figure={money(total.cashNanoUsd, { atLeast: total.unpricedCash > 0 })}
      title={title(total.cashNanoUsd)}
      atLeast={total.unpricedCash > 0}
      href={`#/activity?account=${connection.accountId}`}
      evidence={evidence && <EvidenceChip evidence={evidence} />}
      asOf={asOf === null ? undefined : formatAsOf(asOf, zone, today)}
      note={`account ${connection.account}`}
    />
  );
}

/** `Bought $50.00, used $37.65` */
function partWords({ parts }: Balance): string | undefined {
  if (parts.length === 0) return undefined;
  return parts.map(({ label, amount, currency }) => `${label} ${formatAmount(amount, currency)}`).join(', ');
}

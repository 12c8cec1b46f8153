import type { Chart } from 'chart.js';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { Connection } from '../../../../src-preload/contract/connections.ts';
import { useRoute } from '../../../api/client.ts';
import { Card, CardBody, CardHead } from '../../../ui/card.tsx';
import { useChartTheme } from '../../../ui/chart/chart-theme.ts';
import { ChartTools } from '../../../ui/chart/chart-tools.tsx';
import { chartPicture } from '../../../ui/chart/picture.ts';
import { dayOf, formatDay, formatMoment, formatTime } from '../../../ui/dates.ts';
import { compareDecimals, formatAmount } from '../../../ui/decimal-text.ts';
import { EvidenceChip } from '../../../ui/evidence-chip.tsx';
import { plural } from '../../../ui/numbers.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { useView } from '../../../ui/use-view.ts';
import { type BalanceSeries, seriesOf, thinned } from './balance-series.ts';
import { BalanceTable } from './balance-table.tsx';
import { ChangeList } from './change-list.tsx';

/** The chart's library is much of the page's code: the figures do not wait for it. */
const StepLine = lazy(async () => ({ default: (await import('../../../ui/chart/step-line.tsx')).StepLine }));

const chartHeight = 160;
const dayMs = 86_400_000;

/** What was left at the vendor over time, and what its falls and rises say. */
export function BalanceCard({ connection }: { readonly connection: Connection }) {
  const answer = useRoute('balances.series', { connectionId: connection.id });
  const all = useMemo(() => (answer.data ? seriesOf(answer.data) : []), [answer.data]);
  const [currency, setCurrency] = useState<string | null>(null);
  const series = all.find((one) => one.currency === currency) ?? all[0];
  if (answer.error || (answer.data && !series))
    return (
      <Card aria-labelledby="balance">
        <CardHead id="balance" title="Balance" />
        <p className={answer.error ? 'px-4 pb-3 text-over text-sm' : 'px-4 pb-3 text-sm text-text-2'}>
          {answer.error?.message ?? 'Not read yet. It is kept from the first reading on.'}
        </p>
      </Card>
    );
  if (!series) return null;
  const currencies = all.map((one) => ({ value: one.currency, label: one.currency }));
  return <Filled key={series.currency} series={series} currencies={currencies} onCurrency={setCurrency} />;
}

interface FilledProps {
  readonly series: BalanceSeries;
  readonly currencies: readonly { readonly value: string; readonly label: string }[];
  readonly onCurrency: (currency: string) => void;
}

function Filled({ series, currencies, onCurrency }: FilledProps) {
  const { zone, today } = useView();
  const theme = useChartTheme();
  const chart = useRef<Chart<'line'> | null>(null);
  const [asTable, setAsTable] = useState(false);
  const { currency, readings } = series;
  const points = useMemo(
    () =>
      thinned(readings).map((reading) => ({
        atMs: reading.at,
        // drawing needs a number; what is said is the vendor's own text
        value: Number(reading.available),
        text: formatAmount(reading.available, currency),
        when: formatMoment(reading.at, zone, today),
      })),
    [readings, currency, zone, today],
  );
  const picture = () =>
    chart.current
      ? chartPicture(chart.current.canvas, { title: `Balance, ${currency}`, series: [], theme })
      : null;
  const csv = () => [
    ['At (UTC)', `Available (${currency})`],
    ...readings.map((reading) => [new Date(reading.at).toISOString(), reading.available]),
  ];
  const last = readings.at(-1);
  const isShort = (last?.at ?? 0) - (readings[0]?.at ?? 0) < 2 * dayMs;
  const label = `Balance: ${plural(readings.length, 'reading')}, last ${last ? formatAmount(last.available, currency) : ''}.`;
  return (
    <Card aria-labelledby="balance">
      <CardHead
        id="balance"
        title="Balance"
        {...(series.changes.length > 0 && { sum: <Flows series={series} /> })}
        tools={
          <>
            {currencies.length > 1 && (
              <Segmented small label="Currency" options={currencies} value={currency} onChange={onCurrency} />
            )}
            <ChartTools title="Balance" rows={csv} picture={picture} asTable={asTable} onTable={setAsTable} />
          </>
        }
      />
      <CardBody className="grid grid-cols-[minmax(0,1fr)_280px] gap-5 narrow:grid-cols-1">
        {asTable ? (
          <BalanceTable series={series} height={chartHeight} />
        ) : (
          <Suspense fallback={<div style={{ minHeight: chartHeight }} />}>
            <StepLine
              points={points}
              label={label}
              minHeight={chartHeight}
              formatAxis={(value) => formatAmount(String(value), currency).replace(/\.00$/, '')}
              formatTime={(at) => (isShort ? formatTime(at, zone) : formatDay(dayOf(at, zone), today))}
              chartRef={(instance) => {
                chart.current = instance;
              }}
            />
          </Suspense>
        )}
        <ChangeList series={series} />
      </CardBody>
    </Card>
  );
}

/** What the falls and the rises come to; nobody states them, the balance tells. */
function Flows({ series: { spent, toppedUp, currency } }: { readonly series: BalanceSeries }) {
  const isToppedUp = compareDecimals(toppedUp, '0') !== 0;
  return (
    <>
      <span className="tnum">
        {formatAmount(spent, currency)} spent
        {isToppedUp && `, ${formatAmount(toppedUp, currency)} topped up`}
      </span>
      <EvidenceChip evidence="estimated" />
    </>
  );
}

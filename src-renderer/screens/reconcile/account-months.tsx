import type { GapTrend, ReconciledMonth } from '../../../src-preload/contract/reconcile.ts';
import { Card, CardHead } from '../../ui/card.tsx';
import { formatAsOf } from '../../ui/dates.ts';
import { Cell, HeadCell, Row, Table } from '../../ui/table.tsx';
import { useView } from '../../ui/use-view.ts';
import { ShareSpark } from './share-spark.tsx';
import { SideMoney } from './side-money.tsx';
import { VerdictBadge } from './verdict-badge.tsx';
import { comparedWords, monthHref, monthName, shareWords } from './words.ts';

interface AccountMonthsProps {
  /** Of one account, newest first. */
  readonly months: readonly ReconciledMonth[];
  readonly trend: GapTrend | undefined;
}

/** One account's months: what was billed, what is known here, and how far apart they are. */
export function AccountMonths({ months, trend }: AccountMonthsProps) {
  const [head] = months;
  if (head === undefined) return null;
  const id = `reconcile-${head.accountId}`;
  const words = trend?.direction === 'unknown' ? undefined : trend?.words;
  return (
    <Card aria-labelledby={id}>
      <CardHead
        id={id}
        title={head.account}
        sum={words}
        tools={
          months.filter((one) => one.gapPerMille !== null).length > 1 && (
            <span className="mr-2">
              <ShareSpark months={months} label={`Size of the gap by month. ${trend?.words ?? ''}`} />
            </span>
          )
        }
      />
      <div className="overflow-x-auto">
        <Table aria-labelledby={id} className="min-w-200 narrow:min-w-170">
          <thead>
            <tr>
              <HeadCell className="w-38 narrow:w-34">Month</HeadCell>
              <HeadCell align="right" className="w-28">
                Billed
              </HeadCell>
              <HeadCell align="right" className="w-34">
                Own figures
              </HeadCell>
              <HeadCell align="right" className="w-28">
                Gap
              </HeadCell>
              <HeadCell align="right" className="w-20" title="Of the billed sum">
                Share
              </HeadCell>
              <HeadCell className="w-34">Verdict</HeadCell>
              <HeadCell>Compared</HeadCell>
              <HeadCell className="w-34 narrow:hidden">Bill</HeadCell>
            </tr>
          </thead>
          <tbody>
            {months.map((month) => (
              <MonthRow key={month.month} month={month} />
            ))}
          </tbody>
        </Table>
      </div>
    </Card>
  );
}

function MonthRow({ month }: { readonly month: ReconciledMonth }) {
  const { today, zone } = useView();
  const { verdict, billedNanoUsd, ownNanoUsd, gapNanoUsd, gapPerMille, asOf, isFinal } = month;
  return (
    <Row>
      <Cell className="h-9 font-medium">
        <a href={monthHref(month)} className="rounded-sm hover:underline">
          {monthName(month.month)}
        </a>
      </Cell>
      <Cell align="right">
        <SideMoney nanoUsd={billedNanoUsd} />
      </Cell>
      <Cell align="right">
        <SideMoney nanoUsd={ownNanoUsd} unpriced={month.unpricedRecords} />
      </Cell>
      <Cell align="right" className={verdict === 'gap' ? 'font-medium' : 'text-text-2'}>
        <SideMoney nanoUsd={gapNanoUsd} signed />
      </Cell>
      <Cell align="right" className="text-text-2">
        {shareWords(gapPerMille)}
      </Cell>
      <Cell>
        <VerdictBadge verdict={verdict} />
      </Cell>
      <Cell className="tnum text-text-2">{comparedWords(month, today)}</Cell>
      <Cell className="tnum text-text-2 narrow:hidden">
        {asOf === null ? '–' : isFinal ? 'final' : formatAsOf(asOf, zone, today)}
      </Cell>
    </Row>
  );
}

import type { ComparedPlan, PlanAlternative, PlanCycle } from '../../../src-preload/contract/reconcile.ts';
import { useRoute } from '../../api/client.ts';
import { Amount } from '../../ui/amount.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { formatDay, formatRange } from '../../ui/dates.ts';
import { Cell, HeadCell, Row, Table } from '../../ui/table.tsx';
import { useView } from '../../ui/use-view.ts';
import { SideMoney } from './side-money.tsx';

const shownCycles = 4;

/** Flat fees beside what their usage would cost per token. */
export function PlansCard() {
  const { data } = useRoute('plans.compare', {});
  if (data === undefined || data.accounts.length === 0) return null;
  return (
    <Card aria-labelledby="plans">
      <CardHead id="plans" title="Plan or per token" sum="from your own history" />
      {data.accounts.map((account) => (
        <PlanSection key={account.accountId} account={account} />
      ))}
    </Card>
  );
}

function PlanSection({ account }: { readonly account: ComparedPlan }) {
  const { cycles, alternatives, caveats, verdict, kind } = account;
  return (
    <div className="border-t border-t-grid pt-3 pb-2">
      <div className="px-4 pb-2">
        <h3 className="flex items-center gap-2 font-medium text-md">
          {account.account}
          <Badge>{kind === 'plan' ? 'Plan' : 'Pays per use'}</Badge>
        </h3>
        <p className="mt-0.5 text-sm">{verdict}</p>
      </div>
      <div className="grid grid-cols-2 gap-x-3 narrow:grid-cols-1">
        <CycleTable account={account} cycles={cycles.slice(0, shownCycles)} />
        {alternatives.length > 0 && (
          <AlternativeTable account={account.account} alternatives={alternatives} />
        )}
      </div>
      {caveats.length > 0 && (
        <ul className="px-4 pt-2 pb-1 text-text-3 text-xs">
          {caveats.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function CycleTable({
  account,
  cycles,
}: {
  readonly account: ComparedPlan;
  readonly cycles: readonly PlanCycle[];
}) {
  const { today } = useView();
  const isPlan = account.kind === 'plan';
  return (
    <div className="min-w-0 overflow-x-auto">
      <Table aria-label={`${account.account}, by ${isPlan ? 'cycle' : 'month'}`} className="min-w-90">
        <thead>
          <tr>
            <HeadCell>{isPlan ? 'Cycle' : 'Month'}</HeadCell>
            {isPlan && (
              <HeadCell align="right" className="w-24">
                Fee (cash)
              </HeadCell>
            )}
            <HeadCell align="right" className="w-36" title={isPlan ? 'Never part of cash' : undefined}>
              {isPlan ? 'API-equivalent' : 'Cash'}
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {cycles.map((cycle) => (
            <Row key={cycle.from}>
              <Cell className="tnum">
                {formatRange(cycle.from, cycle.to, today)}
                <span className="ml-2 text-text-3 text-xs">{stateOf(cycle)}</span>
              </Cell>
              {isPlan && (
                <Cell align="right">
                  <SideMoney nanoUsd={cycle.feeNanoUsd} />
                </Cell>
              )}
              <Cell align="right" className={isPlan ? 'text-text-2' : undefined}>
                <SideMoney nanoUsd={cycle.usageNanoUsd} unpriced={cycle.unpricedRequests} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function stateOf({ isOver, isWhole, usageNanoUsd }: PlanCycle): string {
  if (!isOver) return 'running';
  return isWhole || usageNanoUsd === null ? '' : 'partly known';
}

interface AlternativeTableProps {
  readonly account: string;
  readonly alternatives: readonly PlanAlternative[];
}

function AlternativeTable({ account, alternatives }: AlternativeTableProps) {
  const { today } = useView();
  return (
    <div className="min-w-0 overflow-x-auto">
      <Table aria-label={`Plans for ${account}`} className="min-w-90">
        <thead>
          <tr>
            <HeadCell>Plan</HeadCell>
            <HeadCell align="right" className="w-28">
              Fee
            </HeadCell>
            <HeadCell
              align="right"
              className="w-32"
              title="What this usage costs per token beyond the fee, a month"
            >
              Per token minus fee
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {alternatives.map((plan) => (
            <Row key={plan.name}>
              <Cell title={`${plan.note} Fee ${plan.confidence}, as of ${formatDay(plan.asOf, today)}.`}>
                {plan.name}
                {plan.isCurrent && <span className="ml-2 text-text-3 text-xs">yours</span>}
              </Cell>
              <Cell align="right">
                <Amount nanoUsd={plan.feeNanoUsd} />
                <span className="text-text-3">{plan.cycle === 'month' ? ' / mo' : ' / yr'}</span>
              </Cell>
              <Cell
                align="right"
                className={(plan.overFeeNanoUsd ?? 0) > 0 ? 'font-medium text-good' : 'text-text-2'}
                title={plan.note}
              >
                <SideMoney nanoUsd={plan.overFeeNanoUsd} signed />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

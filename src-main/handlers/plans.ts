import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComparedPlan } from '../../src-preload/contract/reconcile.ts';
import { dayNumber } from '../ledger/day.ts';
import { cyclesOf, type DayUsage, recentUsage } from '../ledger/reconcile/cycles.ts';
import { advise } from '../ledger/reconcile/plans.ts';
import { planFeeOf, runReport } from '../ledger/report.ts';
import { type KnownPlan, readPlans } from '../pricing/plans.ts';
import { type AccountRow, listAccounts } from '../store/accounts.ts';
import type { HandlerContext } from './context.ts';

/** What the account used each day of the chosen zone, at per-token prices. */
function usageOf(account: AccountRow, context: HandlerContext): readonly DayUsage[] {
  const { rows } = runReport(context.db(), {
    ...context.zone(),
    by: ['day'],
    filters: { accounts: [account.id] },
    now: context.ports.clock.now(),
  });
  // A day on which only a fee was charged says nothing of usage.
  return rows
    .filter((row) => row.records > 0)
    .map((row) => ({
      day: dayNumber(row.day ?? ''),
      nanoUsd: account.kind === 'plan' ? row.equivalentNanoUsd : row.cashNanoUsd,
      unpricedRequests: account.kind === 'plan' ? row.unpricedEquivalent : row.unpricedCash,
    }));
}

function comparePlan(
  account: AccountRow,
  known: readonly KnownPlan[],
  context: HandlerContext,
): ComparedPlan {
  const fee = planFeeOf(account);
  const { zone } = context.zone();
  const today = zone.at(context.ports.clock.now()).day;
  const usage = usageOf(account, context);
  const cycles = cyclesOf(usage, { fee, today });
  const own = known.filter((plan) => plan.vendor === account.provider);
  const { alternatives, caveats, ...advice } = advise({
    kind: account.kind,
    fee,
    cycles,
    known: own,
    recentNanoUsd: recentUsage(usage, today),
  });
  return {
    accountId: account.id,
    account: account.name,
    kind: account.kind,
    provider: account.provider,
    cycles: [...cycles],
    alternatives: [...alternatives],
    caveats: [...caveats],
    ...advice,
  };
}

/** Plans, and the api accounts of vendors that have plans: nothing else has a flat fee to compare with. */
export function comparePlans(accountId: number | undefined, context: HandlerContext): ComparedPlan[] {
  const content: unknown = JSON.parse(readFileSync(join(context.ports.resourcesDir, 'plans.json'), 'utf8'));
  const known = readPlans(content);
  const vendors = new Set(known.map((plan) => plan.vendor));
  return listAccounts(context.db())
    .filter((account) => accountId === undefined || account.id === accountId)
    .filter(({ kind, provider }) => kind === 'plan' || (kind === 'api' && vendors.has(provider)))
    .map((account) => comparePlan(account, known, context));
}

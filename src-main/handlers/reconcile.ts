import type { RouteOutput } from '../../src-preload/contract/index.ts';
import { readMonth } from '../ledger/reconcile/detail.ts';
import { readMonths, trendsOf } from '../ledger/reconcile/months.ts';
import { AppError } from '../platform/error.ts';
import { listAccounts } from '../store/accounts.ts';
import { listChoices } from '../store/choices.ts';
import { sourceById } from '../store/sources.ts';
import type { HandlerContext, Handlers, Namespace } from './context.ts';
import { comparePlans } from './plans.ts';

function monthDetail(
  asked: { readonly accountId: number; readonly month: string },
  context: HandlerContext,
): RouteOutput<'reconcile.month'> {
  const found = readMonth(context.db(), { ...asked, now: context.ports.clock.now() });
  if (found === undefined)
    throw new AppError(
      'NOT_FOUND',
      `The ledger holds nothing of that account in ${asked.month} that a bill could be compared with.`,
    );
  return {
    ...found,
    days: [...found.days],
    models: [...found.models],
    witnesses: [...found.witnesses],
    findings: found.findings.map((one) => ({ ...one, evidence: [...one.evidence] })),
  };
}

async function choose(
  input: { readonly accountId: number; readonly month: string; readonly sourceId: number | null },
  context: HandlerContext,
): Promise<Record<never, never>> {
  const db = context.db();
  const nameOf = (id: number | null): string | null =>
    id === null ? null : (sourceById(db, id)?.label ?? null);
  const before = listChoices(db, input.accountId).find((one) => one.month === input.month);
  const account =
    listAccounts(db).find((one) => one.id === input.accountId)?.name ?? `account ${input.accountId}`;
  await context.run('chooseWitness', input, { kind: 'recount', title: 'Choosing what counts' });
  await context.audit.record('witness.chosen', `${account}, ${input.month}`, {
    from: nameOf(before?.source_id ?? null),
    to: nameOf(input.sourceId),
  });
  context.emit({ kind: 'ledger.changed' });
  return {};
}

export const reconcileHandlers: Handlers<Namespace<'reconcile'> | Namespace<'plans'>> = {
  'reconcile.months': ({ accountId }, context) => {
    const now = context.ports.clock.now();
    const months = readMonths(context.db(), { accountId, now }).map(({ row }) => row);
    return { months, trends: [...trendsOf(months, now)] };
  },
  'reconcile.month': monthDetail,
  'reconcile.choose': choose,
  'plans.compare': ({ accountId }, context) => ({ accounts: comparePlans(accountId, context) }),
};

import type { Account, Source } from '../../src-preload/contract/sources.ts';
import { dayText } from '../ledger/day.ts';
import { evidenceLevels } from '../ledger/evidence.ts';
import { planFeeOf, runReport } from '../ledger/report.ts';
import { listAccounts } from '../store/accounts.ts';
import type { ReadDb } from '../store/database.ts';
import { exactInteger } from '../store/database.ts';
import { listSources } from '../store/sources.ts';
import type { HandlerContext, Handlers, Namespace } from './context.ts';
import { followingOf } from './following.ts';

interface Sum {
  source_id: number;
  records: number;
  first: number;
  last: number;
  cost: unknown;
  unpriced: number;
}

function sums(db: ReadDb): Map<number, Sum> {
  const rows = db
    .prepare(
      `SELECT source_id, sum(records) AS records, min(local_day) AS first, max(local_day) AS last,
         sum(cost_nano_usd) AS cost, sum(unpriced_records) AS unpriced FROM rollup_source GROUP BY source_id`,
    )
    .all() as Sum[];
  return new Map(rows.map((row) => [row.source_id, row]));
}

function sourcesOf(context: HandlerContext): Source[] {
  const db = context.db();
  const names = new Map(listAccounts(db).map((account) => [account.id, account.name]));
  const known = sums(db);
  return listSources(db).map((row) => {
    const sum = known.get(row.id);
    const following =
      row.kind === 'log' && row.sample === 0
        ? followingOf(context, row.importer, { at: row.last_read_at, error: row.error })
        : null;
    return {
      id: row.id,
      importer: row.importer,
      label: row.label,
      vendor: row.vendor,
      kind: row.kind,
      accountId: row.account_id,
      account: names.get(row.account_id) ?? '',
      evidence: evidenceLevels[row.evidence] ?? 'estimated',
      records: sum?.records ?? 0,
      firstDay: sum === undefined ? null : dayText(sum.first),
      lastDay: sum === undefined ? null : dayText(sum.last),
      lastReadAt: row.last_read_at,
      error: following === null ? row.error : following.error,
      following,
      costNanoUsd: exactInteger(sum?.cost),
      unpricedRecords: sum?.unpriced ?? 0,
    };
  });
}

function accountsOf(context: HandlerContext): Account[] {
  const db = context.db();
  const { rows } = runReport(db, {
    ...context.zone(),
    by: ['account'],
    filters: {},
    now: context.ports.clock.now(),
  });
  const figures = new Map(rows.map((row) => [row.accountId, row]));
  const sources = listSources(db);
  return listAccounts(db).map((row) => {
    const sum = figures.get(row.id);
    return {
      id: row.id,
      name: row.name,
      kind: row.kind,
      provider: row.provider,
      fee: planFeeOf(row),
      assumed: row.assumed === 1,
      sources: sources.filter((source) => source.account_id === row.id).length,
      records: sum?.records ?? 0,
      cashNanoUsd: sum?.cashNanoUsd ?? 0,
      equivalentNanoUsd: sum?.equivalentNanoUsd ?? 0,
    };
  });
}

function accountNamed(context: HandlerContext, id: number | undefined): string | null {
  return accountFacts(context, id)?.name ?? null;
}

/** What the audit log says of an account. */
function accountFacts(context: HandlerContext, id: number | undefined) {
  const row = listAccounts(context.db()).find((account) => account.id === id);
  if (row === undefined) return null;
  return { name: row.name, kind: row.kind, provider: row.provider, fee: planFeeOf(row) };
}

export const sourcesHandlers: Handlers<Namespace<'sources'> | Namespace<'accounts'>> = {
  'sources.list': (_, context) => ({ sources: sourcesOf(context) }),
  'sources.assign': async (input, context) => {
    const source = listSources(context.db()).find(({ id }) => id === input.sourceId);
    const from = accountNamed(context, source?.account_id);
    await context.run('assignSource', input, { kind: 'recount', title: 'Moving a source' });
    const to = accountNamed(context, input.accountId);
    await context.audit.record('source.moved', source?.label ?? `source ${input.sourceId}`, { from, to });
    context.emit({ kind: 'ledger.changed' });
    return {};
  },
  'accounts.list': (_, context) => ({ accounts: accountsOf(context) }),
  'accounts.save': async (input, context) => {
    const before = accountFacts(context, input.id);
    const id = await context.run('saveAccount', input, { kind: 'recount', title: 'Saving an account' });
    const action = before === null ? 'account.added' : 'account.changed';
    await context.audit.record(action, input.name, { from: before, to: accountFacts(context, id) });
    context.emit({ kind: 'ledger.changed' });
    return { id };
  },
  'accounts.remove': async (input, context) => {
    const before = accountFacts(context, input.id);
    await context.run('dropAccount', input, { kind: 'recount', title: 'Removing an account' });
    await context.audit.record('account.removed', before?.name ?? `account ${input.id}`, { from: before });
    context.emit({ kind: 'ledger.changed' });
    return {};
  },
};

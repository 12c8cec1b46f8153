import type { Account, PlanFee } from '../../../../src-preload/contract/sources.ts';
import { accountKind } from '../../../../src-preload/contract/values.ts';
import { AppError } from '../../../platform/error.ts';
import type { Outcome, Run } from '../command.ts';
import { usdNote } from '../currency-note.ts';
import { UsageError } from '../failure.ts';
import { readChoice, readDate, readUsd } from '../options.ts';
import type { Ask } from '../session.ts';
import { atLeast, number, plain, table, usd } from '../text.ts';

interface AccountOptions {
  readonly kind?: string;
  readonly provider?: string;
  readonly fee?: string;
  readonly cycle?: string;
  readonly start?: string;
  readonly end?: string;
  readonly rename?: string;
}

/** `llmlab accounts`. */
export async function listAccounts(run: Run): Outcome {
  const [{ accounts }, { rows }, note] = await run.withReader(({ ask }) =>
    Promise.all([
      ask('accounts.list', {}),
      ask('report.run', { by: ['account'], filters: {} }),
      usdNote(ask),
    ]),
  );
  const figures = new Map(rows.map((row) => [row.accountId, row]));
  const unpriced = ({ id }: Account, key: 'unpricedCash' | 'unpricedEquivalent') =>
    figures.get(id)?.[key] ?? 0;
  run.print({ accounts }, () => {
    if (accounts.length === 0) return 'No accounts yet: they are made with the first import or scan.';
    const lines = table(
      [
        { title: 'Account', cell: (row) => row.name },
        { title: 'Kind', cell: (row) => (row.assumed ? `${row.kind} (assumed)` : row.kind) },
        { title: 'Provider', cell: (row) => row.provider },
        {
          title: 'Fee',
          right: true,
          cell: ({ fee }) => (fee === null ? '-' : `${usd(fee.nanoUsd)} a ${fee.cycle}`),
        },
        { title: 'Records', right: true, cell: (row) => number(row.records) },
        {
          title: 'Cash',
          right: true,
          cell: (row) => atLeast(row.cashNanoUsd, unpriced(row, 'unpricedCash')),
        },
        {
          title: 'API-equivalent',
          right: true,
          cell: (row) => atLeast(row.equivalentNanoUsd, unpriced(row, 'unpricedEquivalent')),
        },
      ],
      accounts,
    );
    return note === '' ? lines : `${lines}\n${note}`;
  });
  const assumed = accounts.find((account) => account.assumed && account.kind !== 'local');
  if (assumed !== undefined) {
    run.hint(
      `If ${assumed.name} is a flat plan: llmlab accounts set "${assumed.name}" --kind plan --fee 100 --start DATE`,
    );
  }
  return undefined;
}

/** `llmlab accounts add NAME`. */
export async function addAccount(run: Run, options: AccountOptions, name: string): Outcome {
  const given = readAccount(options, null);
  return save(run, name, async (ask) => {
    if (await find(ask, name))
      throw new AppError('BAD_INPUT', `There already is an account ${name}. Use accounts set.`);
    return given(null);
  });
}

/** `llmlab accounts set NAME`: what is not named stays. */
export async function setAccount(run: Run, options: AccountOptions, name: string): Outcome {
  return save(run, options.rename ?? name, async (ask) => {
    const account = await find(ask, name);
    if (account === undefined)
      throw new AppError('NOT_FOUND', `There is no account ${name}. See llmlab accounts.`);
    return { id: account.id, ...readAccount(options, account)(account.fee) };
  });
}

type Values = Pick<Account, 'kind' | 'provider' | 'fee'> & { readonly id?: number };

async function save(run: Run, name: string, valuesFor: (ask: Ask) => Promise<Values>): Outcome {
  const account = await run.withCore(async ({ ask }) => {
    const { id } = await ask('accounts.save', { name, ...(await valuesFor(ask)) });
    const { accounts } = await ask('accounts.list', {});
    return accounts.find((one) => one.id === id);
  });
  run.print({ account }, () => {
    const { fee = null, kind = '' } = account ?? {};
    const paid = fee === null ? '' : `, ${usd(fee.nanoUsd)} a ${fee.cycle} since ${fee.start}`;
    return `${plain(name)}: ${kind}${paid}.`;
  });
  return undefined;
}

async function find(ask: Ask, name: string): Promise<Account | undefined> {
  const { accounts } = await ask('accounts.list', {});
  return accounts.find((account) => account.name === name);
}

/** Reads the flags at once, so that a wrong one stops before anything is opened; the fee may rest on an earlier one. */
function readAccount(options: AccountOptions, before: Account | null): (fee: PlanFee | null) => Values {
  const kind =
    options.kind === undefined ? before?.kind : readChoice(options.kind, accountKind.options, '--kind');
  const fee = readFee(options);
  return (known) => ({
    kind: kind ?? 'api',
    provider: options.provider ?? before?.provider ?? 'other',
    fee: fee(kind === 'plan' ? known : null),
  });
}

function readFee({ fee, cycle, start, end }: AccountOptions): (known: PlanFee | null) => PlanFee | null {
  if (fee === 'none') return () => null;
  const given = {
    ...(fee === undefined ? {} : { nanoUsd: readUsd(fee, '--fee') }),
    ...(cycle === undefined ? {} : { cycle: readChoice(cycle, ['month', 'year'] as const, '--cycle') }),
    ...(start === undefined ? {} : { start: readDate(start, '--start') }),
    ...(end === undefined ? {} : { end: readDate(end, '--end') }),
  };
  return (known) => {
    if (known === null && Object.keys(given).length === 0) return null;
    const { nanoUsd, start: from, cycle: every = 'month', end: until = null } = { ...known, ...given };
    if (nanoUsd === undefined || from === undefined)
      throw new UsageError('A fee needs --fee USD and --start DATE.');
    return { nanoUsd, cycle: every, start: from, end: until };
  };
}

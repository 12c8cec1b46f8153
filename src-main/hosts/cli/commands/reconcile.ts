import type {
  Finding,
  Gap,
  MonthDetail,
  ReconciledModel,
  ReconciledMonth,
} from '../../../../src-preload/contract/reconcile.ts';
import { AppError } from '../../../platform/error.ts';
import type { Outcome, Run } from '../command.ts';
import { UsageError } from '../failure.ts';
import { readId } from '../options.ts';
import type { Ask } from '../session.ts';
import { atLeast, type Column, counted, moment, number, plain, table, usd } from '../text.ts';

interface ReconcileOptions {
  readonly month?: string;
  readonly choose?: string;
}

/** `llmlab reconcile [ACCOUNT] [--month YYYY-MM]`: all months, or one account's month in full. */
export async function reconcile(run: Run, options: ReconcileOptions, name?: string): Outcome {
  const { month } = options;
  if (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new UsageError(`--month ${month} is not a month. Write it as YYYY-MM, for example 2026-07.`);
  if (options.choose !== undefined && (name === undefined || month === undefined))
    throw new UsageError(
      '--choose wants an account and a month: llmlab reconcile ACCOUNT --month 2026-07 --choose 3.',
    );
  return name === undefined || month === undefined
    ? listMonths(run, name, month)
    : oneMonth(run, name, { month, choose: options.choose });
}

async function accountNamed(ask: Ask, name: string): Promise<number> {
  const { accounts } = await ask('accounts.list', {});
  const found = accounts.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (found === undefined)
    throw new AppError('NOT_FOUND', `There is no account ${name}. See llmlab accounts.`);
  return found.id;
}

async function listMonths(run: Run, name: string | undefined, month: string | undefined): Outcome {
  const answer = await run.withReader(async ({ ask }) => {
    const all = await ask(
      'reconcile.months',
      name === undefined ? {} : { accountId: await accountNamed(ask, name) },
    );
    return { ...all, months: all.months.filter((one) => month === undefined || one.month === month) };
  });
  run.print(answer, () => {
    if (answer.months.length === 0)
      return 'Nothing to compare yet. Import a vendor’s cost export, or add a key with llmlab keys set PROVIDER.';
    const trends = answer.trends.filter((one) => one.direction !== 'unknown');
    const lines = trends.map((one) => `${plain(one.account)}: ${one.words}`);
    return [monthsTable(answer.months), ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n');
  });
  return undefined;
}

function money(nanoUsd: number | null): string {
  return nanoUsd === null ? '-' : usd(nanoUsd);
}

function percent(perMille: number | null): string {
  return perMille === null ? '-' : `${(perMille / 10).toFixed(1)} %`;
}

const verdicts: Readonly<Record<ReconciledMonth['verdict'], string>> = {
  agrees: 'within rounding',
  gap: 'gap',
  'no-bill': 'no bill',
  'no-own': 'bill only',
};

/** Both sides of what is compared, and what lies between them. */
const gapColumns: readonly Column<Gap>[] = [
  { title: 'Billed', right: true, cell: (row) => money(row.billedNanoUsd) },
  {
    title: 'Own',
    right: true,
    cell: (row) => (row.ownNanoUsd === null ? '-' : atLeast(row.ownNanoUsd, row.unpricedRecords)),
  },
  { title: 'Gap', right: true, cell: (row) => money(row.gapNanoUsd) },
  { title: 'Share', right: true, cell: (row) => percent(row.gapPerMille) },
];

function monthsTable(months: readonly ReconciledMonth[]): string {
  return table<ReconciledMonth>(
    [
      { title: 'Month', cell: (row) => row.month },
      { title: 'Account', cell: (row) => row.account },
      ...gapColumns,
      { title: 'Verdict', cell: (row) => verdicts[row.verdict] },
      {
        title: 'Compared (UTC)',
        cell: (row) => (row.comparedFrom === null ? '-' : `${row.comparedFrom} to ${row.comparedTo}`),
      },
      {
        title: 'Bill as of',
        cell: (row) =>
          row.asOf === null ? '-' : `${moment(row.asOf, 'UTC')}${row.isFinal ? ', final' : ''}`,
      },
    ],
    months,
  );
}

async function oneMonth(
  run: Run,
  name: string,
  asked: { readonly month: string; readonly choose: string | undefined },
): Outcome {
  const { month, choose } = asked;
  const detail = await run.withReader(async ({ ask }) => {
    const accountId = await accountNamed(ask, name);
    if (choose !== undefined) {
      const sourceId = choose === 'rule' ? null : readId(choose, 'a source (see llmlab sources), nor rule');
      await ask('reconcile.choose', { accountId, month, sourceId });
    }
    return ask('reconcile.month', { accountId, month });
  });
  run.print(detail, () => detailText(detail));
  return undefined;
}

function detailText(detail: MonthDetail): string {
  return [
    monthsTable([detail.month]),
    witnessesText(detail),
    ...(detail.models.length > 0 ? [modelsText(detail)] : []),
    ...(detail.findings.length > 0 ? [detail.findings.map(findingText).join('\n')] : []),
  ].join('\n\n');
}

function witnessesText({ witnesses, month }: MonthDetail): string {
  return table(
    [
      { title: 'Source', right: true, cell: (row) => String(row.sourceId) },
      { title: 'Witness', cell: (row) => row.label },
      { title: 'Evidence', cell: (row) => row.evidence },
      { title: 'Money', right: true, cell: (row) => atLeast(row.costNanoUsd, row.unpricedRecords) },
      { title: 'Records', right: true, cell: (row) => number(row.records) },
      { title: 'Counts on', cell: (row) => `${row.countsDays} of ${counted(row.days, 'day')}` },
      { title: '', cell: (row) => (row.sourceId === month.chosenSourceId ? 'your choice' : '') },
    ],
    witnesses,
  );
}

function modelsText({ models }: MonthDetail): string {
  return table<ReconciledModel>([{ title: 'Model', cell: (row) => row.model ?? '-' }, ...gapColumns], models);
}

function findingText({ title, explainsNanoUsd, certainty, evidence, action }: Finding): string {
  const sum = explainsNanoUsd === null ? '' : `, ${usd(explainsNanoUsd)}`;
  return [
    `${plain(title)} (${certainty}${sum})`,
    ...evidence.map((line) => `  ${plain(line)}`),
    ...(action === null ? [] : [`  -> ${plain(action.text)}`]),
  ].join('\n');
}

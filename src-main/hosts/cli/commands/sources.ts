import { AppError } from '../../../platform/error.ts';
import type { Outcome, Run } from '../command.ts';
import { readId } from '../options.ts';
import { number, plain, table, usd } from '../text.ts';

/** `llmlab sources`. */
export async function listSources(run: Run): Outcome {
  const { sources } = await run.withReader(({ ask }) => ask('sources.list', {}));
  run.print({ sources }, () => {
    if (sources.length === 0) return 'No sources yet. Try llmlab scan, or llmlab import FILE.';
    return table(
      [
        { title: 'Source', right: true, cell: (row) => String(row.id) },
        { title: 'Name', cell: (row) => row.label },
        { title: 'Account', cell: (row) => row.account },
        { title: 'Evidence', cell: (row) => row.evidence },
        { title: 'Records', right: true, cell: (row) => number(row.records) },
        { title: 'Unpriced', right: true, cell: (row) => number(row.unpricedRecords) },
        { title: 'Days', cell: (row) => (row.firstDay === null ? '-' : `${row.firstDay} to ${row.lastDay}`) },
        { title: 'As of (UTC)', cell: (row) => moment(row.following?.asOf ?? row.lastReadAt) },
        { title: 'Money', right: true, cell: (row) => usd(row.costNanoUsd) },
        { title: 'Trouble', cell: (row) => row.error ?? '' },
      ],
      sources,
    );
  });
  return undefined;
}

/** `llmlab sources assign SOURCE ACCOUNT`: the source by number, the account by name. */
export async function assignSource(run: Run, _options: object, source: string, name: string): Outcome {
  const sourceId = readId(source, 'a source (see llmlab sources)');
  const accountId = await run.withCore(async ({ ask }) => {
    const { accounts } = await ask('accounts.list', {});
    const account = accounts.find((one) => one.name === name);
    if (account === undefined)
      throw new AppError('NOT_FOUND', `There is no account ${name}. See llmlab accounts.`);
    await ask('sources.assign', { sourceId, accountId: account.id });
    return account.id;
  });
  run.print({ sourceId, accountId }, () => `Source ${sourceId} now belongs to ${plain(name)}.`);
  return undefined;
}

/** Everything a source held at this time is in the ledger. */
function moment(atMs: number | null): string {
  return atMs === null ? '-' : new Date(atMs).toISOString().slice(0, 16).replace('T', ' ');
}

import type { Outcome, Run } from '../command.ts';
import { moment, number, table, usd } from '../text.ts';

/** `llmlab imports`: the history, newest first as the core answers it. */
export async function listImports(run: Run): Outcome {
  const { imports } = await run.withReader(({ ask }) => ask('imports.list', {}));
  run.print({ imports }, () => {
    if (imports.length === 0) return 'Nothing was imported yet. Try llmlab scan, or llmlab import FILE.';
    return table(
      [
        { title: 'Import', right: true, cell: (row) => String(row.id) },
        { title: 'When', cell: (row) => moment(row.at) },
        { title: 'File', cell: (row) => row.fileName },
        { title: 'Format', cell: (row) => row.format },
        { title: 'Account', cell: (row) => row.account },
        { title: 'New', right: true, cell: (row) => number(row.counts.accepted) },
        { title: 'Known', right: true, cell: (row) => number(row.counts.duplicate) },
        { title: 'Refused', right: true, cell: (row) => number(row.counts.refused) },
        { title: 'Money', right: true, cell: (row) => usd(row.costNanoUsd) },
        { title: 'State', cell: (row) => (row.state === 'undone' ? 'taken back' : 'kept') },
      ],
      imports,
    );
  });
  return undefined;
}

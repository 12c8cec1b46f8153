import type { Outcome, Run } from '../command.ts';
import { exitCodes, UsageError } from '../failure.ts';
import { counted, moment, table } from '../text.ts';

/** `llmlab audit`. */
export async function showAudit(run: Run, options: { readonly limit: string }): Outcome {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 500)
    throw new UsageError('--limit takes a whole number from 1 to 500.');
  const answer = await run.withReader(({ ask }) => ask('audit.list', { limit }));
  run.print(answer, () => {
    if (answer.total === 0) return 'Nothing has been changed yet.';
    const shown = table(
      [
        { title: 'No.', right: true, cell: (row) => String(row.id) },
        { title: 'When (UTC)', cell: (row) => moment(row.at, 'UTC') },
        { title: 'By', cell: (row) => row.actor },
        { title: 'What', cell: (row) => row.action },
        { title: 'Of what', cell: (row) => row.subject },
      ],
      answer.entries,
    );
    const more = answer.total - answer.entries.length;
    return more === 0
      ? shown
      : `${shown}\n${counted(more, 'older entry', 'older entries')}: --limit shows more.`;
  });
  return undefined;
}

/** `llmlab audit verify`: exit 1 when the log is not what was written. */
export async function verifyAudit(run: Run): Outcome {
  const check = await run.withReader(({ ask }) => ask('audit.verify', {}));
  run.print(check, () => check.explanation);
  return check.isSound ? undefined : exitCodes.nothing;
}

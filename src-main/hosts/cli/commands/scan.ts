import type { Outcome, Run } from '../command.ts';
import { exitCodes, UsageError } from '../failure.ts';
import type { Ask } from '../session.ts';
import { bytes, counted, number, plain, table } from '../text.ts';

const shownProblems = 10;

/** `llmlab scan`: exit 1 when a tool asked for by name had nothing to read. */
export async function scan(run: Run, { tool }: { readonly tool?: readonly string[] }): Outcome {
  const { tools } = await run.withWorker(async ({ ask }) => {
    if (tool !== undefined) await checkTools(ask, tool);
    return ask('scan.run', tool === undefined ? {} : { tools: [...tool] });
  });
  const read = tools.filter(({ files }) => files > 0);
  run.print({ tools }, () => {
    if (read.length === 0) return 'No logs found. llmlab doctor shows where each tool was looked for.';
    const problems = read.flatMap((one) => one.problems.map((problem) => ({ tool: one.tool, ...problem })));
    const lines = problems
      .slice(0, shownProblems)
      .map(({ file, line, reason }) => `${plain(file)} line ${line}: ${plain(reason)}`);
    return [
      table(
        [
          { title: 'Tool', cell: (row) => row.tool },
          { title: 'Files', right: true, cell: (row) => number(row.files) },
          { title: 'Read', right: true, cell: (row) => bytes(row.bytesRead) },
          { title: 'New', right: true, cell: (row) => number(row.accepted) },
          { title: 'Known', right: true, cell: (row) => number(row.duplicate) },
          { title: 'Refused', right: true, cell: (row) => number(row.refused) },
        ],
        read,
      ),
      ...lines,
      ...(problems.length > shownProblems ? [`and ${counted(problems.length - shownProblems, 'more')}`] : []),
    ].join('\n');
  });
  if (read.length > 0) run.hint('See it with: llmlab report --by model');
  return tool !== undefined && read.length === 0 ? exitCodes.nothing : exitCodes.done;
}

async function checkTools(ask: Ask, names: readonly string[]): Promise<void> {
  const { formats } = await ask('imports.formats', {});
  const known = formats.filter(({ kind }) => kind === 'log').map(({ id }) => id);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`--tool ${unknown} is not known. Choose from ${known.join(', ')}.`);
}

import type { RouteOutput } from '../../../../src-preload/contract/index.ts';
import type { Outcome, Run } from '../command.ts';
import { exitCodes, UsageError } from '../failure.ts';
import type { Ask } from '../session.ts';
import { suggestion } from '../suggestion.ts';
import { bytes, counted, number, plain, table } from '../text.ts';

const shownProblems = 10;

type Scanned = RouteOutput<'scan.run'>['tools'];

export interface ScanFlags {
  readonly tool?: readonly string[];
  readonly watch?: boolean;
}

/** `llmlab scan`: exit 1 when a tool asked for by name had nothing to read, unless it is waited for. */
export async function scan(run: Run, { tool, watch = false }: ScanFlags): Outcome {
  return run.withWorker(async ({ ask, core }) => {
    if (tool !== undefined) await checkTools(ask, tool);
    const { tools } = await ask('scan.run', tool === undefined ? {} : { tools: [...tool] });
    printScan(run, tools);
    if (watch) {
      await (await import('./scan-watch.ts')).watchLogs(run, { ask, core }, tool);
      return exitCodes.done;
    }
    const isAnyRead = tools.some(({ files }) => files > 0);
    if (isAnyRead) run.hint('See it with: llmlab report --by model');
    return tool !== undefined && !isAnyRead ? exitCodes.nothing : exitCodes.done;
  });
}

function printScan(run: Run, tools: Scanned): void {
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
}

async function checkTools(ask: Ask, names: readonly string[]): Promise<void> {
  const { formats } = await ask('imports.formats', {});
  const known = formats.filter(({ kind }) => kind === 'log').map(({ id }) => id);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UsageError(
      `--tool ${unknown} is not known.${suggestion(unknown, known)} Choose from ${known.join(', ')}.`,
    );
}

import type { Outcome, Run } from '../command.ts';
import { table } from '../text.ts';

/** `llmlab formats`: what `--as` and `--tool` take. */
export async function listFormats(run: Run): Outcome {
  const { formats } = await run.withReader(({ ask }) => ask('imports.formats', {}));
  run.print({ formats }, () =>
    table(
      [
        { title: 'Format', cell: (row) => row.id },
        { title: 'Kind', cell: (row) => (row.kind === 'log' ? 'log (scan, import)' : 'file (import)') },
        { title: 'What it is', cell: (row) => row.label },
      ],
      formats,
    ),
  );
  return undefined;
}

import { resolve } from 'node:path';
import type { Outcome, Run } from '../command.ts';
import { bytes, counted } from '../text.ts';

/** `llmlab backup`. */
export async function backup(run: Run): Outcome {
  const answer = await run.withCore(({ ask }) => ask('backups.create', {}));
  const { path, records, bytes: size } = answer.backup;
  run.print(answer, () => `Wrote and verified ${path}: ${counted(records, 'record')}, ${bytes(size)}.`);
  return undefined;
}

/** `llmlab restore`: exit 1 when the file is no sound backup; nothing is replaced then. */
export async function restore(run: Run, _options: object, file: string): Outcome {
  const path = resolve(run.io.cwd, file);
  const answer = await run.withCore(({ ask }) => ask('backups.restore', { path }));
  const { records, kept } = answer;
  run.print(
    answer,
    () => `Restored ${counted(records, 'record')} from ${path}. The ledger it replaced is kept at ${kept}.`,
  );
  return undefined;
}

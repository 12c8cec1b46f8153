import { resolve } from 'node:path';
import { AppError } from '../../../platform/error.ts';
import type { Outcome, Run } from '../command.ts';
import { bytes, counted } from '../text.ts';

/** `llmlab backup`. */
export async function backup(run: Run): Outcome {
  const answer = await run.withCore(({ ask }) => ask('backups.create', {}));
  const { path, records, bytes: size } = answer.backup;
  run.print(answer, () => `Wrote and verified ${path}: ${counted(records, 'record')}, ${bytes(size)}.`);
  return undefined;
}

interface Restored {
  readonly kept: string;
  readonly records: number;
}

/** `llmlab restore`: exit 1 when the file is no sound backup; nothing is replaced then. Works on a ledger that cannot be opened, too. */
export async function restore(run: Run, _options: object, file: string): Outcome {
  const path = resolve(run.io.cwd, file);
  const answer = await restoreAnyway(run, path);
  const { records, kept } = answer;
  run.print(
    answer,
    () => `Restored ${counted(records, 'record')} from ${path}. The ledger it replaced is kept at ${kept}.`,
  );
  return undefined;
}

async function restoreAnyway(run: Run, path: string): Promise<Restored> {
  let isOpen = false;
  try {
    return await run.withCore(({ ask }) => {
      isOpen = true;
      return ask('backups.restore', { path });
    });
  } catch (error) {
    if (isOpen || !(error instanceof AppError) || error.code !== 'STORE_DAMAGED') throw error;
    const { mendingOf } = await import('../session.ts');
    return (await mendingOf(run.io, run.dataDir)).restore(path);
  }
}

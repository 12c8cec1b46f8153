import { constants } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../../../platform/error.ts';
import type { Outcome, Run } from '../command.ts';
import { UsageError } from '../failure.ts';
import { counted } from '../text.ts';
import { newPassphrase } from './vault.ts';

/** `llmlab vault export FILE`: the file must not be there yet, and is only its owner's to read. */
export async function exportVault(run: Run, _options: object, name: string): Outcome {
  const path = resolve(run.io.cwd, name);
  const passphrase = await newPassphrase(run, 'Passphrase of the file', 'LLMLAB_PASSPHRASE');
  const keys = await run.withCore(async ({ ask, core }) => {
    const exported = await ask('vault.export', { passphrase });
    const file = core.exportFile(exported.exportId);
    if (file === null) throw new AppError('NOT_FOUND', 'The export is gone. Try again.');
    try {
      await copyFile(file.path, path, constants.COPYFILE_EXCL);
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? cause.code : '';
      const why = code === 'EEXIST' ? 'there is a file of that name' : 'the folder cannot be written to';
      throw new AppError('FILE_UNREADABLE', `${path} was not written: ${why}.`, { cause });
    } finally {
      await rm(file.path, { force: true });
    }
    return exported.keys;
  });
  run.print({ path, keys }, () => `Wrote ${counted(keys, 'key')} to ${path}. Only its passphrase opens it.`);
  return undefined;
}

/** `llmlab vault import FILE`. */
export async function importVault(run: Run, _options: object, name: string): Outcome {
  const path = resolve(run.io.cwd, name);
  const passphrase = (await run.io.askHidden('Passphrase of the file: ')) ?? run.io.env.LLMLAB_PASSPHRASE;
  if (!passphrase) throw new UsageError('The passphrase of the file is needed: put it in LLMLAB_PASSPHRASE.');
  const counts = await run.withCore(({ ask }) => ask('vault.import', { file: { path }, passphrase }));
  const { added, replaced, skipped } = counts;
  run.print(
    counts,
    () =>
      `${counted(added, 'key')} added, ${replaced} replaced, ${skipped} left out (here already, or no connection for them).`,
  );
  return undefined;
}

import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { AppError } from '../../../platform/error.ts';
import type { Outcome, Run } from '../command.ts';
import { bytes, counted, moment, number, table } from '../text.ts';

/** `llmlab backup`. */
export async function backup(run: Run): Outcome {
  const answer = await run.withCore(({ ask }) => ask('backups.create', {}));
  const { path, records, bytes: size } = answer.backup;
  run.print(answer, () => `Wrote and verified ${path}: ${counted(records, 'record')}, ${bytes(size)}.`);
  return undefined;
}

/** `llmlab backups`. The ledger is not opened: a damaged one is when the list is needed most. */
export async function listBackups(run: Run): Outcome {
  const { mendingOf } = await import('../session.ts');
  const listed = (await mendingOf(run.io, run.dataDir)).backups();
  const answer = {
    backups: listed.map(({ name, path, at, bytes: size, records, why }) => {
      return { name, path, at, bytes: size, records, why, verified: true };
    }),
  };
  run.print(answer, () => {
    if (answer.backups.length === 0) return 'No backups yet. Make one with llmlab backup.';
    return table(
      [
        { title: 'Backup', cell: (row) => row.name },
        { title: 'Made (UTC)', cell: (row) => moment(row.at, 'UTC') },
        { title: 'Why', cell: (row) => row.why },
        { title: 'Records', right: true, cell: (row) => number(row.records) },
        { title: 'Size', right: true, cell: (row) => bytes(row.bytes) },
      ],
      answer.backups,
    );
  });
  return undefined;
}

interface Restored {
  readonly kept: string;
  readonly records: number;
}

/** `llmlab restore`: exit 1 when the file is no sound backup; nothing is replaced then. Works on a ledger that cannot be opened, too. */
export async function restore(run: Run, _options: object, file: string): Outcome {
  const path = await pathOf(run, file);
  const answer = await restoreAnyway(run, path);
  const { records, kept } = answer;
  run.print(
    answer,
    () => `Restored ${counted(records, 'record')} from ${path}. The ledger it replaced is kept at ${kept}.`,
  );
  return undefined;
}

/** A file as named; a mere name as `llmlab backups` lists it is looked for among the backups, too. */
async function pathOf(run: Run, file: string): Promise<string> {
  const path = resolve(run.io.cwd, file);
  if (existsSync(path)) return path;
  if (basename(file) !== file) throw nothingThere(path);
  const { dataDirOf } = await import('../session.ts');
  const listed = join(await dataDirOf(run.io, run.dataDir), 'backups', file);
  if (existsSync(listed)) return listed;
  throw nothingThere(path);
}

function nothingThere(path: string): AppError {
  return new AppError(
    'NOT_FOUND',
    `There is no file ${path}, and no backup of that name. Nothing was changed.`,
  );
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

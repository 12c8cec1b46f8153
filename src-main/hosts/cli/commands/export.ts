import { createReadStream } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { AppError } from '../../../platform/error.ts';
import type { Outcome, Run } from '../command.ts';
import type { Io } from '../io.ts';
import { readChoice, readRange } from '../options.ts';
import { bytes, counted } from '../text.ts';

interface ExportOptions {
  readonly format: string;
  readonly out?: string;
  readonly from?: string;
  readonly to?: string;
}

const formats = ['csv', 'json', 'focus'] as const;

/** `llmlab export`: the records themselves on stdout, or in `--out`, which appears only when it is whole. */
export async function exportRecords(run: Run, options: ExportOptions): Outcome {
  const format = readChoice(options.format, formats, '--format');
  const filters = readRange(options);
  await run.withReader(async ({ ask, core }) => {
    const { exportId, rows, bytes: size } = await ask('exports.create', { format, filters });
    const file = core.exportFile(exportId);
    if (file === null)
      throw new AppError('NOT_FOUND', 'The export was removed before it could be handed over. Try again.');
    try {
      if (options.out === undefined) return await pour(file.path, run.io);
      const path = resolve(run.io.cwd, options.out);
      await place(file.path, path);
      run.print(
        { path, format, rows, bytes: size },
        () => `Wrote ${counted(rows, 'record')} (${bytes(size)}) to ${path}.`,
      );
    } finally {
      await rm(file.path, { force: true });
    }
  });
  return undefined;
}

/** A reader that leaves early (`| head`) ends the export, which is no trouble. */
async function pour(path: string, io: Io): Promise<void> {
  const source = createReadStream(path);
  io.stdout.once('close', () => source.destroy());
  source.pipe(io.stdout, { end: false });
  await finished(source).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

async function place(from: string, to: string): Promise<void> {
  const partial = `${to}.part`;
  try {
    await copyFile(from, partial);
    await rename(partial, to);
  } catch (cause) {
    await rm(partial, { force: true });
    throw new AppError(
      'FILE_UNREADABLE',
      `${to} could not be written: ${whyNot(to, cause)}. The ledger is unchanged.`,
      { cause },
    );
  }
}

/** The system's own words, without the names of files a person knows nothing of. */
function whyNot(to: string, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (message.startsWith('ENOENT')) return `there is no folder ${dirname(to)}`;
  return /^[A-Z]+: ([^,]+)/.exec(message)?.[1] ?? message;
}

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Outcome, Run } from '../command.ts';
import { exitCodes, UsageError } from '../failure.ts';
import type { Ask } from '../session.ts';
import { commitFile, previewFile } from './import-file.ts';
import { readMapping } from './import-mapping.ts';
import type { FileReport, ImportOptions } from './import-report.ts';
import { importText } from './import-text.ts';

/** `llmlab import`: exit 1 when not a single file held anything usable. */
export async function importFiles(run: Run, options: ImportOptions, paths: readonly string[]): Outcome {
  const mapping = readMapping(options);
  const withCore = paths.every((path) => isQuick(resolve(run.io.cwd, path))) ? run.withCore : run.withWorker;
  const files = await withCore(async ({ ask }) => {
    if (options.as !== undefined) await checkFormat(ask, options.as);
    const reports: FileReport[] = [];
    for (const path of paths) {
      const file = { given: path, absolute: resolve(run.io.cwd, path) };
      const read = options.dryRun ? previewFile : commitFile;
      reports.push(...(await read(ask, file, options, mapping)));
    }
    return reports;
  });
  run.print({ files }, () => importText(files, options.dryRun ?? false));
  for (const { path, error } of files) if (error !== null) run.io.tell(`llmlab: ${path}: ${error.message}`);
  return files.some(isUsable) ? exitCodes.done : exitCodes.nothing;
}

/** Read sooner than a thread is started, and than a person finds Ctrl-C. Archives hide how much is in them. */
function isQuick(path: string): boolean {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return size < 1024 * 1024 && !/\.(?:zip|gz)$/i.test(path);
}

/** A file whose every row was refused gave nothing, like one that could not be read. */
function isUsable({ error, accepted, duplicate, refused }: FileReport): boolean {
  return error === null && (refused === 0 || accepted + duplicate > 0);
}

async function checkFormat(ask: Ask, format: string): Promise<void> {
  const { formats } = await ask('imports.formats', {});
  if (formats.some(({ id }) => id === format)) return;
  throw new UsageError(`--as ${format} is not known. Choose from ${formats.map(({ id }) => id).join(', ')}.`);
}

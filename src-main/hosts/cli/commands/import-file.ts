import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Committed, Preview } from '../../../../src-preload/contract/imports.ts';
import { AppError } from '../../../platform/error.ts';
import type { Ask } from '../session.ts';
import { type MappingRequest, mappingFor } from './import-mapping.ts';
import type { FileReport, ImportOptions } from './import-report.ts';

export interface GivenFile {
  /** As on the command line. */
  readonly given: string;
  readonly absolute: string;
}

/** Reads one path (each file of an archive) with the flags of the command: to look, or to keep. */
export type ReadFile = (
  ask: Ask,
  file: GivenFile,
  options: ImportOptions,
  request: MappingRequest | null,
) => Promise<readonly FileReport[]>;

/** What a commit would do. */
export const previewFile: ReadFile = (ask, file, options, request) =>
  guarded(file, async () => {
    const { files } = await ask('imports.preview', await choiceOf(ask, file, options, request));
    return files.map((preview) => previewReport(file.given, preview));
  });

export const commitFile: ReadFile = (ask, file, options, request) =>
  guarded(file, async () => {
    const choice = await choiceOf(ask, file, options, request);
    const { files, unreadable } = await ask('imports.commit', {
      ...choice,
      saveMapping: request?.isNamed ?? false,
    });
    const costs = await costsOf(ask, files);
    return [
      ...files.map((done) => commitReport(file.given, done, costs)),
      ...unreadable.map(({ fileName, code, reason }) => failed(file.given, fileName, code, reason)),
    ];
  });

async function choiceOf(ask: Ask, file: GivenFile, options: ImportOptions, request: MappingRequest | null) {
  const choice = {
    file: { path: file.absolute },
    ...(options.as === undefined ? {} : { as: options.as }),
    ...(options.account === undefined ? {} : { account: options.account }),
  };
  if (request === null) return choice;
  const { files } = await ask('imports.preview', choice);
  return { ...choice, mapping: await mappingFor(ask, request, files) };
}

async function costsOf(ask: Ask, files: readonly Committed[]): Promise<ReadonlyMap<number, number>> {
  if (files.every(({ importId }) => importId === null)) return new Map();
  const { imports } = await ask('imports.list', {});
  return new Map(imports.map(({ id, costNanoUsd }) => [id, costNanoUsd]));
}

const fileTrouble: ReadonlySet<string> = new Set([
  'NOT_FOUND',
  'FILE_UNREADABLE',
  'FILE_TOO_LARGE',
  'FILE_CHANGED',
  'FORMAT_UNKNOWN',
  'FORMAT_AMBIGUOUS',
  'EXPORT_REFUSED',
  'MONEY_OVERFLOW',
  'UNSUPPORTED',
]);

/** Trouble with one file leaves the next ones their chance; anything else ends the command. */
async function guarded(
  { given, absolute }: GivenFile,
  read: () => Promise<readonly FileReport[]>,
): Promise<readonly FileReport[]> {
  if (!existsSync(absolute)) {
    return [failed(given, basename(given), 'NOT_FOUND', 'The file does not exist. Nothing was imported.')];
  }
  if (statSync(absolute).isDirectory()) {
    return [
      failed(
        given,
        basename(given),
        'FILE_UNREADABLE',
        'This is a folder. Name the files in it; logs of agents are read by `llmlab scan`. Nothing was imported.',
      ),
    ];
  }
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError) || !fileTrouble.has(error.code)) throw error;
    return [failed(given, basename(given), error.code, error.message)];
  }
}

function commitReport(path: string, done: Committed, costs: ReadonlyMap<number, number>): FileReport {
  const { fileName, format, counts, importId, account, warnings } = done;
  const problems = done.problems.map(({ line, reason }) => ({ line, reason }));
  const costNanoUsd = importId === null ? 0 : (costs.get(importId) ?? 0);
  return {
    path,
    fileName,
    format,
    ...counts,
    importId,
    account,
    costNanoUsd,
    problems,
    warnings,
    error: null,
  };
}

function previewReport(path: string, preview: Preview): FileReport {
  const { fileName } = preview;
  switch (preview.kind) {
    case 'ready': {
      const { format, counts, accountName: account, addsNanoUsd: costNanoUsd, warnings } = preview;
      const problems = preview.problems.map(({ line, reason }) => ({ line, reason }));
      return {
        path,
        fileName,
        format,
        ...counts,
        importId: null,
        account,
        costNanoUsd,
        problems,
        warnings,
        error: null,
      };
    }
    case 'choose': {
      const choices = preview.formats.map(({ format }) => format).join(' and ');
      return failed(path, fileName, 'FORMAT_AMBIGUOUS', `This file fits ${choices}. Say which with --as.`);
    }
    case 'unknown': {
      const columns = preview.header.join(', ');
      const message = `No format matches the columns ${columns}. Say which column is what (column mapper of the window, or --map).`;
      return failed(path, fileName, 'FORMAT_UNKNOWN', message);
    }
    case 'unreadable':
      return failed(path, fileName, preview.code, preview.reason);
  }
}

function failed(path: string, fileName: string, code: string, message: string): FileReport {
  return {
    path,
    fileName,
    format: null,
    accepted: 0,
    updated: 0,
    duplicate: 0,
    refused: 0,
    skipped: 0,
    unpriced: 0,
    importId: null,
    account: null,
    costNanoUsd: 0,
    problems: [{ line: 0, reason: message }],
    warnings: [],
    error: { code, message },
  };
}

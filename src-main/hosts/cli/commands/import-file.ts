import { basename } from 'node:path';
import type { ImportRow, Preview } from '../../../../src-preload/contract/imports.ts';
import { AppError } from '../../../platform/error.ts';
import type { Ask } from '../session.ts';
import type { FileReport, ImportOptions } from './import.ts';
import { type MappingRequest, mappingFor } from './import-mapping.ts';

export interface GivenFile {
  readonly given: string;
  readonly absolute: string;
}

const empty = {
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
  problems: [],
  error: null,
} as const;

/** What a commit would do with each file behind a path. */
export async function previewFile(
  ask: Ask,
  file: GivenFile,
  options: ImportOptions,
  request: MappingRequest | null,
): Promise<readonly FileReport[]> {
  return guarded(file, async () => {
    const choice = await choiceOf(ask, file, options, request);
    const { files } = await ask('imports.preview', choice);
    return files.map((preview) => previewReport(file.given, preview));
  });
}

export async function commitFile(
  ask: Ask,
  file: GivenFile,
  options: ImportOptions,
  request: MappingRequest | null,
): Promise<readonly FileReport[]> {
  return guarded(file, async () => {
    const choice = await choiceOf(ask, file, options, request);
    const saveMapping = request?.isNamed ?? false;
    try {
      const { imports, unreadable } = await ask('imports.commit', { ...choice, saveMapping });
      const done = await Promise.all(imports.map((row) => importReport(ask, file.given, row)));
      return [...done, ...(unreadable.length > 0 ? await explain(ask, choice, file, unreadable) : [])];
    } catch (error) {
      if (!(error instanceof AppError) || !error.code.startsWith('FORMAT_')) throw error;
      return explain(ask, choice, file, []);
    }
  });
}

type Choice = Awaited<ReturnType<typeof choiceOf>>;

async function choiceOf(ask: Ask, file: GivenFile, options: ImportOptions, request: MappingRequest | null) {
  const choice = {
    file: { path: file.absolute },
    ...(options.as === undefined ? {} : { as: options.as }),
    ...(options.account === undefined ? {} : { account: options.account }),
  };
  if (request === null) return choice;
  const { files } = await ask('imports.preview', choice);
  return { ...choice, mapping: mappingFor(request, files) };
}

type Unreadable = Extract<Preview, { kind: 'unreadable' }>;

/** Why files were left out: asked of the preview, which knows the choices and the columns. */
async function explain(ask: Ask, choice: Choice, file: GivenFile, unreadable: readonly Unreadable[]) {
  const { files } = await ask('imports.preview', choice);
  const open = files.filter(({ kind }) => kind === 'choose' || kind === 'unknown');
  const named = new Set(open.map(({ fileName }) => fileName));
  const rest = unreadable.filter(({ fileName }) => !named.has(fileName));
  return [...open, ...rest].map((preview) => previewReport(file.given, preview));
}

async function guarded(
  file: GivenFile,
  read: () => Promise<readonly FileReport[]>,
): Promise<readonly FileReport[]> {
  try {
    return await read();
  } catch (error) {
    // Trouble with this file; the next one may be fine. Anything else concerns the whole call.
    if (!(error instanceof AppError) || !fileTrouble.has(error.code)) throw error;
    const { code, message } = error;
    return [failed(file.given, basename(file.given), code, message)];
  }
}

const fileTrouble: ReadonlySet<string> = new Set([
  'NOT_FOUND',
  'FILE_UNREADABLE',
  'FILE_TOO_LARGE',
  'FILE_CHANGED',
  'FORMAT_UNKNOWN',
  'FORMAT_AMBIGUOUS',
  'MONEY_OVERFLOW',
  'UNSUPPORTED',
]);

async function importReport(ask: Ask, path: string, row: ImportRow): Promise<FileReport> {
  const { fileName, format, counts, id, account, costNanoUsd } = row;
  const problems = counts.refused === 0 ? [] : (await ask('imports.problems', { importId: id })).problems;
  const reasons = problems.map(({ line, reason }) => ({ line, reason }));
  return {
    path,
    fileName,
    format,
    ...counts,
    importId: id,
    account,
    costNanoUsd,
    problems: reasons,
    error: null,
  };
}

function previewReport(path: string, preview: Preview): FileReport {
  const { fileName } = preview;
  switch (preview.kind) {
    case 'ready': {
      const { format, counts, accountName: account, addsNanoUsd: costNanoUsd } = preview;
      const problems = preview.problems.map(({ line, reason }) => ({ line, reason }));
      return { ...empty, path, fileName, format, ...counts, account, costNanoUsd, problems };
    }
    case 'choose': {
      const choices = preview.formats.map(({ format, label }) => `${format} (${label})`).join(' or ');
      return failed(path, fileName, 'FORMAT_AMBIGUOUS', `it could be ${choices}. Say which with --as.`);
    }
    case 'unknown': {
      const message = `no format has these columns: ${preview.header.join(', ')}. The column mapper of the window can read it, or --map date=COLUMN,cost=COLUMN,model=COLUMN.`;
      return failed(path, fileName, 'FORMAT_UNKNOWN', message);
    }
    case 'unreadable':
      return failed(path, fileName, preview.code, preview.reason);
  }
}

function failed(path: string, fileName: string, code: string, message: string): FileReport {
  return { ...empty, path, fileName, problems: [{ line: 0, reason: message }], error: { code, message } };
}

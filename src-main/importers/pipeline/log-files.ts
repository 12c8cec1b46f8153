import { readFileSync, type Stats, statSync } from 'node:fs';
import type { LogEnvironment, LogFileKind, LogImporter, LogLocation } from '../../platform/importer.ts';
import { expandPattern, listTree, type TreeFile, type TreeFolder } from './log-tree.ts';

export interface FoundLogFile {
  readonly importerId: string;
  readonly path: string;
  /** Below its location, with `/`. */
  readonly relativePath: string;
  /** The folder it was found in, or the file itself where the location is a file. */
  readonly location: string;
  readonly kind: LogFileKind;
  /** Bytes; of a database with the write-ahead log beside it. */
  readonly size: number;
  readonly mtimeMs: number;
  readonly dev: number;
  readonly ino: number;
}

export interface LogFolder {
  readonly path: string;
  /** `default`, the name of an environment variable, or `added` by the user. */
  readonly why: string;
  readonly found: boolean;
  readonly files: number;
  readonly bytes: number;
  /** Why it, or something in it, could not be listed. */
  readonly error: string | null;
}

export interface FoundLogs {
  readonly folders: readonly LogFolder[];
  readonly files: readonly FoundLogFile[];
  /** Every folder that was listed. */
  readonly trees: readonly TreeFolder[];
  /** Where files really are that were not found in those, but named or reached through links. */
  readonly elsewhere: readonly string[];
}

/**
 * Lists a tool's files in its usual places and the user's extra folders; reads no content. A file that can be
 * reached in two ways is listed once, and a packed `x.zst` beside its plain `x` is left out.
 */
export function findLogFiles(
  importer: LogImporter,
  environment: LogEnvironment,
  extraFolders: readonly string[],
): FoundLogs {
  const seen = new Set<string>();
  const folders: LogFolder[] = [];
  const files: FoundLogFile[] = [];
  const trees: TreeFolder[] = [];
  const elsewhere: string[] = [];
  for (const { path, why } of logPlaces(importer, environment, extraFolders)) {
    const tree = listTree(path, seen, (relativePath) => logKindOf(importer, relativePath) !== null);
    const found = withoutPackedTwins(tree.files).flatMap((file) => foundFile(importer, path, file));
    const bytes = found.reduce((sum, file) => sum + file.size, 0);
    folders.push({ path, why, found: tree.found, files: found.length, bytes, error: tree.error });
    for (const file of found) files.push(file);
    for (const folder of tree.folders) trees.push(folder);
    elsewhere.push(...tree.elsewhere);
  }
  return { folders, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), trees, elsewhere };
}

/** What rotation appends to a log's name: `.1`, `-20261121`, `.old`. */
const rotation = /(?:\.\d{1,4}|[.-]\d{8,14}|\.old)$/;

/** How a file is read, also one that was rotated away before its last lines were read; null when it holds no usage. */
export function logKindOf(importer: Pick<LogImporter, 'fileKind'>, relativePath: string): LogFileKind | null {
  const kind = importer.fileKind(relativePath);
  if (kind !== null || !rotation.test(relativePath)) return kind;
  return importer.fileKind(relativePath.replace(rotation, '')) === 'lines' ? 'lines' : null;
}

/** The folders and files to look in, patterns written out, each once. */
export function logPlaces(
  importer: LogImporter,
  environment: LogEnvironment,
  extraFolders: readonly string[],
): readonly LogLocation[] {
  const places = writtenOut(importer, environment, extraFolders).flatMap(({ path, why }) => {
    const paths = expandPattern(path);
    return (paths.length === 0 ? [path] : paths).map((path) => ({ path, why }));
  });
  return places.filter(({ path }, index) => places.findIndex((other) => other.path === path) === index);
}

/** A list of other places is a few lines per project; what is larger is none. */
const listBytes = 4 * 1024 ** 2;

/** The places of a tool and those the user added, with the ones that lists among them name; patterns as they are. */
export function writtenOut(
  importer: LogImporter,
  environment: LogEnvironment,
  extraFolders: readonly string[],
): readonly LogLocation[] {
  const own = importer.locations(environment).flatMap(({ path, why, leadsTo }) => {
    const named = leadsTo === undefined ? [] : leadsTo(readList(path));
    return [{ path, why }, ...named.map((place) => ({ path: place, why }))];
  });
  return [...own, ...extraFolders.map((path) => ({ path, why: 'added' }))];
}

function readList(path: string): string {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= listBytes ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}

function withoutPackedTwins(files: readonly TreeFile[]): readonly TreeFile[] {
  const paths = new Set(files.map((file) => file.path));
  return files.filter(({ path }) => !path.endsWith('.zst') || !paths.has(path.slice(0, -'.zst'.length)));
}

/** A listed file as a log, with what tells that it has changed; none when it holds no usage. */
export function foundFile(
  importer: LogImporter,
  location: string,
  { path, relativePath, stat }: TreeFile,
): FoundLogFile[] {
  const kind = logKindOf(importer, relativePath);
  if (kind === null) return [];
  return [{ importerId: importer.id, path, relativePath, location, kind, ...fileFacts(path, kind, stat) }];
}

/**
 * What tells that a file has changed. A database's latest rows are in the log beside it while its own size and time
 * stay as they are.
 */
export function fileFacts(
  path: string,
  kind: LogFileKind,
  { size, mtimeMs, dev, ino }: Stats,
): Pick<FoundLogFile, 'size' | 'mtimeMs' | 'dev' | 'ino'> {
  const beside = kind === 'database' ? statSync(`${path}-wal`, { throwIfNoEntry: false }) : undefined;
  if (beside === undefined) return { size, mtimeMs, dev, ino };
  return { size: size + beside.size, mtimeMs: Math.max(mtimeMs, beside.mtimeMs), dev, ino };
}

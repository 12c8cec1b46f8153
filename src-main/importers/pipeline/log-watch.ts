import { lstatSync, type Stats, statfsSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { LogEnvironment, LogImporter } from '../../platform/importer.ts';
import {
  type FoundLogFile,
  type FoundLogs,
  foundFile,
  logKindOf,
  logPlaces,
  writtenOut,
} from './log-files.ts';
import { expandPattern } from './log-tree.ts';

/** A folder to watch so that nothing new in a tool's logs goes unseen. */
export interface WatchPlace {
  readonly folder: string;
  /** Its path below the tool's folder, with `/` at its end; null for one that only leads to logs. */
  readonly below: string | null;
  /** The only names in it that matter; null for all. */
  readonly names: readonly string[] | null;
  /** It is where a search began or a link led: a watch on the folder above does not see into it. */
  readonly isEntry: boolean;
}

/**
 * The folders to watch for one tool: those that hold its logs, those that files were found in through links, and for
 * each of its places the folder in which it would appear, vanish or be replaced.
 */
export function watchPlaces(
  importer: LogImporter,
  environment: LogEnvironment,
  extraFolders: readonly string[],
  { trees, elsewhere }: FoundLogs,
): readonly WatchPlace[] {
  const inside = trees.map(({ path, below, isEntry }) => ({ folder: path, below, names: null, isEntry }));
  const linked = elsewhere.map((path) => {
    const name = basename(path);
    return {
      folder: dirname(path),
      below: null,
      names: [name, `${name}-wal`, `${name}-journal`],
      isEntry: true,
    };
  });
  const doors = writtenOut(importer, environment, extraFolders).flatMap(({ path }) => doorsOf(path));
  return [...inside, ...linked, ...doors.filter(({ folder }) => isCheap(folder, environment))];
}

/** On macOS, watching a folder costs what is written anywhere below it: a whole home is left to the listing each minute. */
function isCheap(folder: string, { platform, home }: LogEnvironment): boolean {
  return platform !== 'darwin' || !`${home}/`.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The folders in which a place, or the next folder on the way to it, can appear. */
function doorsOf(pattern: string): readonly WatchPlace[] {
  const star = pattern.indexOf('*');
  const found = star === -1 ? [] : expandPattern(pattern);
  const paths = found.length > 0 ? found : [star === -1 ? pattern : dirname(pattern.slice(0, star + 1))];
  const doors = paths.map(doorOf);
  return star === -1 ? doors : [...doors, doorOf(join(dirname(pattern.slice(0, star + 1)), '*'))];
}

function doorOf(path: string): WatchPlace {
  let [name, folder] = [basename(path), dirname(path)];
  while (!isFolder(folder) && folder !== dirname(folder))
    [name, folder] = [basename(folder), dirname(folder)];
  return { folder, below: null, names: name === '*' ? null : [name], isEntry: true };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Files beside a database that change in its stead. */
const besides = /-(?:wal|journal|shm)$/;

/** Whether a change of this file, named below the tool's folder, can mean new usage. */
export function isLogChange(importer: Pick<LogImporter, 'fileKind'>, relativePath: string): boolean {
  return (
    logKindOf(importer, relativePath) !== null ||
    (besides.test(relativePath) && importer.fileKind(relativePath.replace(besides, '')) === 'database')
  );
}

/**
 * The logs among paths that were reported changed, without listing anything; null when that does not tell enough
 * (a folder or a link came or went, or a list of places changed), and the tool's folders must be listed.
 */
export function changedLogFiles(
  importer: LogImporter,
  environment: LogEnvironment,
  extraFolders: readonly string[],
  paths: readonly string[],
): readonly FoundLogFile[] | null {
  const places = logPlaces(importer, environment, extraFolders);
  const lists = importer.locations(environment).filter(({ leadsTo }) => leadsTo !== undefined);
  if (lists.some(({ path }) => paths.includes(path))) return null;
  const files = new Map<string, FoundLogFile>();
  for (const changed of paths) {
    const path = besides.test(changed) ? changed.replace(besides, '') : changed;
    const stat = look(path);
    if (stat === null) continue;
    if (!stat?.isFile()) return null;
    if (path.endsWith('.zst') && look(path.slice(0, -'.zst'.length)) !== null) continue;
    for (const { path: place } of places) {
      const relativePath = pathBelow(place, path);
      const [file] = relativePath === null ? [] : foundFile(importer, place, { path, relativePath, stat });
      if (file === undefined) continue;
      files.set(path, file);
      break;
    }
  }
  return [...files.values()];
}

/** Null when nothing is there, undefined when that cannot be told. */
function look(path: string): Stats | null | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return undefined;
  }
}

function pathBelow(place: string, path: string): string | null {
  if (path === place) return basename(path);
  const start = place.endsWith(sep) ? place : `${place}${sep}`;
  return path.startsWith(start) ? path.slice(start.length).replaceAll(sep, '/') : null;
}

/** File systems that do not say when another machine writes to them (Linux: statfs(2), magic numbers of 2026-09). */
const silentFileSystems = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB2
  0x01021997, // 9p: Windows drives in WSL
  0x65735546, // FUSE: sshfs and the like
  0x5346414f, // AFS
  0x00c36400, // Ceph
]);

/** Whether changes in a folder may go unreported, because it lies on another machine. */
export function isSilent(folder: string, platform: LogEnvironment['platform']): boolean {
  if (platform === 'win32') return folder.startsWith('\\\\');
  if (platform !== 'linux') return false;
  try {
    return silentFileSystems.has(statfsSync(folder).type);
  } catch {
    return false;
  }
}

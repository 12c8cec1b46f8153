import { sep } from 'node:path';
import type { FoundLogs, LogFolder } from '../importers/pipeline/log-files.ts';

/**
 * What keeps a tool's logs from being read, what was kept and what to do, in sentences; null when nothing does.
 * `readPaths` are the files read before: a folder some lay in, and which is not there any more, is missed.
 */
export function folderTrouble({ folders }: FoundLogs, readPaths: Iterable<string>): string | null {
  const failing = folders.find((folder) => folder.error !== null);
  if (failing?.error) return `${failing.error}. What was read stays. ${remedy(failing.error)}`;
  const isAnyThere = folders.some((folder) => folder.found);
  // A tool that moved its logs leaves an empty default place behind; one the user named is missed all the same.
  const missed = folders.filter(({ found, why }) => !found && (why !== 'default' || !isAnyThere));
  const gone = firstRead(missed, readPaths);
  if (gone === null) return null;
  return `${gone.path} is gone; what was read stays. When it is back, reading goes on by itself. If it moved, add its new place in Sources.`;
}

/** What keeps one file from being read, and what to do. */
export function fileTrouble({ file, reason }: { readonly file: string; readonly reason: string }): string {
  const said = reason.includes(file) ? reason : `${file}: ${reason}`;
  return isForbidden.test(said) ? `${said} ${remedy(said)}` : said;
}

const isForbidden = /\(E(?:ACCES|PERM)\)/;

function firstRead(missed: readonly LogFolder[], readPaths: Iterable<string>): LogFolder | null {
  if (missed.length === 0) return null;
  for (const read of readPaths) {
    const folder = missed.find(({ path }) => read === path || read.startsWith(path + sep));
    if (folder !== undefined) return folder;
  }
  return null;
}

function remedy(error: string): string {
  if (isForbidden.test(error))
    return process.platform === 'darwin'
      ? 'Allow it under System Settings, Privacy & Security, Full Disk Access, or give your user the right to read it.'
      : 'Give your user the right to read it; it is tried again by itself.';
  if (error.includes('(ELOOP)')) return 'A link in it leads in a circle: remove that link.';
  return 'It is tried again by itself; if it lies on a drive or another machine, check that it is connected.';
}

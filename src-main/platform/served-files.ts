import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files of a built window by the path that asks for each, such as `/assets/a%20b.js`; `/` is the index. The
 * folder is listed once, and only what was listed can be asked for, byte for byte: no path is ever put together from
 * a request, so none can lead out. Links are not followed. Empty when there is no folder.
 */
export function servedFiles(dir: string, at = ''): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  // Not `recursive`: it walks into linked folders, and inside an asar archive each folder is read by itself.
  for (const entry of entriesOf(join(dir, at))) {
    if (entry.isDirectory()) for (const file of servedFiles(dir, `${at}/${entry.name}`)) files.set(...file);
    else if (entry.isFile()) files.set(urlPath(`${at}/${entry.name}`), join(dir, at, entry.name));
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}

function urlPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function entriesOf(dir: string): readonly Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
}

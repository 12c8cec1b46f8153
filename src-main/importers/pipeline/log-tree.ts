import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, join } from 'node:path';

const maxDepth = 32;
/** Repositories hold no logs and a great many files: tools keep copies of a person's work in them. */
const passedOver = new Set(['.git']);

export interface TreeFile {
  readonly path: string;
  /** Below the root, with `/`; the file's name when the root is a file. */
  readonly relativePath: string;
  readonly stat: Stats;
}

export interface TreeFolder {
  readonly path: string;
  /** Below the root, with `/` at its end; '' for the root. */
  readonly below: string;
  /** The root, or reached through a link: what watches the folder above does not see into it. */
  readonly isEntry: boolean;
}

export interface Tree {
  readonly found: boolean;
  readonly files: readonly TreeFile[];
  readonly folders: readonly TreeFolder[];
  /** Where files really are that lie elsewhere: the root itself, or ones reached through links. */
  readonly elsewhere: readonly string[];
  /** Why something in it could not be listed. */
  readonly error: string | null;
}

/**
 * The wanted files below a folder, without reading any. Links are followed, but nothing is visited twice: `seen`
 * holds the real paths and can be shared between roots. What vanishes while it is listed is left out.
 */
export function listTree(root: string, seen: Set<string>, isWanted: (relativePath: string) => boolean): Tree {
  const files: TreeFile[] = [];
  const folders: TreeFolder[] = [];
  const elsewhere: string[] = [];
  const errors: string[] = [];

  function addFile(path: string, realPath: string, relativePath: string): void {
    if (!isWanted(relativePath) || seen.has(realPath)) return;
    const stat = attempt(() => statSync(path), errors);
    if (!stat?.isFile()) return;
    seen.add(realPath);
    files.push({ path, relativePath, stat });
  }

  function addFolder(path: string, realPath: string, below: string, depth: number): void {
    if (depth > maxDepth || seen.has(realPath)) return;
    seen.add(realPath);
    folders.push({ path, below, isEntry: entered === path });
    const entries = attempt(() => readdirSync(path, { withFileTypes: true }), errors) ?? [];
    for (const entry of entries) addEntry(entry, { path, realPath, below, depth });
  }

  function addEntry(
    entry: Dirent,
    parent: { path: string; realPath: string; below: string; depth: number },
  ): void {
    const path = join(parent.path, entry.name);
    const below = `${parent.below}${entry.name}`;
    const realPath = join(parent.realPath, entry.name);
    if (entry.isSymbolicLink()) follow(path, below, parent.depth);
    else if (entry.isDirectory() && !passedOver.has(entry.name))
      addFolder(path, realPath, `${below}/`, parent.depth + 1);
    else if (entry.isFile()) addFile(path, realPath, below);
  }

  function follow(path: string, below: string, depth: number): void {
    const realPath = attempt(() => realpathSync(path), errors);
    if (realPath === undefined) return;
    if (attempt(() => statSync(realPath), errors)?.isDirectory()) {
      entered = path;
      addFolder(path, realPath, below === '' ? '' : `${below}/`, depth + 1);
    } else {
      elsewhere.push(realPath);
      addFile(path, realPath, below || basename(path));
    }
  }

  /** The folder a link, or the search itself, led to last. */
  let entered = '';
  const found = attempt(() => statSync(root), errors) !== undefined;
  if (found) follow(root, '', 0);
  return { found: found || errors.length > 0, files, folders, elsewhere, error: errors[0] ?? null };
}

/** Paths that a pattern with one `*` in some of its segments stands for; a plain path stands for itself. */
export function expandPattern(pattern: string): readonly string[] {
  const at = pattern.indexOf('*');
  if (at === -1) return [pattern];
  const separator = pattern.includes('\\') ? '\\' : '/';
  const start = pattern.lastIndexOf(separator, at) + 1;
  const stop = pattern.indexOf(separator, at);
  const [head, tail] = [pattern.slice(start, at), pattern.slice(at + 1, stop === -1 ? undefined : stop)];
  const rest = stop === -1 ? '' : pattern.slice(stop);
  const folder = pattern.slice(0, start);
  const names = attempt(() => readdirSync(folder), []) ?? [];
  return names
    .filter(
      (name) => name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail),
    )
    .sort()
    .flatMap((name) => expandPattern(folder + name + rest));
}

/** Undefined when it fails; the reason is kept unless the thing is just not there. */
function attempt<T>(look: () => T, errors: string[]): T | undefined {
  try {
    return look();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    const path = error instanceof Error && 'path' in error ? String(error.path) : 'a folder';
    if (code !== 'ENOENT' && code !== 'ENOTDIR') errors.push(`${path} cannot be read (${code})`);
    return undefined;
  }
}

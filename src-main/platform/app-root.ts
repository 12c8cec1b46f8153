import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from './error.ts';

export interface AppRoot {
  /** Folder of LLMLab's own package.json. */
  readonly dir: string;
  readonly version: string;
}

/**
 * Where LLMLab itself lies, found by walking up from a module: the same answer from the sources, from a bundle
 * at any depth below `out/`, and inside the desktop's asar.
 */
export function appRoot(from: string = import.meta.url): AppRoot {
  for (let dir = dirname(fileURLToPath(from)); ; dir = dirname(dir)) {
    const version = versionIn(dir);
    if (version !== null) return { dir, version };
    if (dir === dirname(dir)) throw new AppError('INTERNAL', `no package.json of llmlab above ${from}`);
  }
}

function versionIn(dir: string): string | null {
  const path = join(dir, 'package.json');
  if (!existsSync(path)) return null;
  const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as { name?: unknown; version?: unknown };
  return name === 'llmlab' && typeof version === 'string' ? version : null;
}

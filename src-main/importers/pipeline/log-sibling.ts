import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import type { FoundLogFile } from './log-files.ts';

const maxBytes = 64 * 1024;

/**
 * Reads small files near a log, by a path from the log's folder; '' for a folder that is there, null for all outside
 * the location the log was found in.
 */
export function openSibling({ path, location }: FoundLogFile): (relativePath: string) => string | null {
  return (relativePath) => {
    if (location === '') return null;
    try {
      const real = realpathSync(resolve(dirname(path), relativePath));
      const stat = statSync(real);
      const isInside = real.startsWith(`${realpathSync(location)}${sep}`);
      if (isInside && stat.isDirectory()) return '';
      return isInside && stat.isFile() && stat.size <= maxBytes ? readFileSync(real, 'utf8') : null;
    } catch {
      return null;
    }
  };
}

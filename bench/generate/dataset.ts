import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Truth } from './truth.ts';

export const dataDir = join(import.meta.dirname, '..', 'data');

export interface Dataset {
  readonly dir: string;
  readonly truth: Truth;
}

/** Generated data, kept for the next run under a name that says its kind and size. */
export function dataset(name: string, generate: (dir: string) => Truth): Dataset {
  const dir = join(dataDir, name);
  const truthPath = join(dir, 'truth.json');
  if (!existsSync(truthPath)) {
    process.stderr.write(`generating ${name} …\n`);
    const half = `${dir}.half`;
    rmSync(half, { recursive: true, force: true });
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(half, { recursive: true });
    const truth = generate(half);
    writeFileSync(join(half, 'truth.json'), JSON.stringify(truth));
    renameSync(half, dir);
  }
  return { dir, truth: JSON.parse(readFileSync(truthPath, 'utf8')) as Truth };
}

import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { importers } from '../importers/index.ts';
import { providers } from '../providers/index.ts';
import { edgesOf, findCycle, importEdges } from './import-graph.ts';
import { problemOf } from './import-rules.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const edges = importEdges(root).filter(({ from }) => !from.startsWith('src-main/testing/'));

const problemsIn = (file: string, text: string) =>
  edgesOf(file, text).flatMap((edge) => problemOf(edge) ?? []);

/** FOCUS is a format exports are written in as well, so its name means more than the importer. */
const alsoExported: ReadonlySet<string> = new Set(['focus']);

/** A word of the screens as well: a range of one's own. */
const alsoWords: ReadonlySet<string> = new Set(['custom']);

describe('the sources', () => {
  it('import one way only', () => {
    expect(edges.flatMap((edge) => problemOf(edge) ?? [])).toEqual([]);
  });

  it('have no cycles, not even of types', () => {
    expect(findCycle(edges)).toBeNull();
  });

  it('name an importer in its own file only', () => {
    const named = globSync('src-{main,preload,renderer}/**/*.{ts,tsx}', { cwd: root })
      .filter((file) => !/\.test\.|[\\/]testing[\\/]|[\\/]sample/.test(file))
      .flatMap((file) => {
        const text = readFileSync(join(root, file), 'utf8');
        return importers
          .filter(
            ({ id }) => !alsoExported.has(id) && text.includes(`'${id}'`) && !basename(file).startsWith(id),
          )
          .map(({ id }) => `${file} names ${id}`);
      });
    expect(named).toEqual([]);
  });

  // A vendor that is a special case somewhere else cannot be added or removed by one file and one row.
  it('name a provider in its own files only; sample data and tables of prices stand for themselves', () => {
    const named = globSync('src-{main/{core,handlers,hosts,jobs},preload,renderer}/**/*.{ts,tsx}', {
      cwd: root,
    })
      .filter((file) => !/\.test\.|[\\/]testing[\\/]|[\\/]sample/.test(file))
      .flatMap((file) => {
        const text = readFileSync(join(root, file), 'utf8');
        return providers
          .filter(({ id }) => !alsoWords.has(id) && text.includes(`'${id}'`))
          .map(({ id }) => `${file} names ${id}`);
      });
    expect(named).toEqual([]);
  });
});

describe('the rules catch', () => {
  it.each([
    ['src-main/ledger/x.ts', "import { app } from 'electron';"],
    ['src-main/ledger/x.ts', "import type { App } from 'electron';"],
    ['src-main/ledger/x.ts', "import { call } from '../handlers/index.ts';"],
    ['src-main/store/x.ts', "export * from '../ledger/day.ts';"],
    ['src-main/core/x.ts', "await import('../hosts/web/serve.ts');"],
    ['src-main/hosts/web/x.ts', "import { run } from '../cli/run.ts';"],
    ['src-main/importers/openai-cost.ts', "import { x } from './openai-usage.ts';"],
    ['src-main/importers/dialects/x.ts', "import { x } from '../../store/open.ts';"],
    ['src-main/jobs/x.ts', "import Database from 'better-sqlite3';"],
    ['src-main/helpers/x.ts', "import { x } from '../store/open.ts';"],
    ['src-preload/contract/x.ts', "import { join } from 'node:path';"],
    ['src-preload/contract/x.ts', "import { x } from '../../src-main/platform/error.ts';"],
    ['src-preload/index.ts', "import { z } from 'zod';"],
    ['src-renderer/api/x.ts', "import { x } from '../ui/money.ts';"],
    ['src-renderer/screens/a/x.tsx', "import { x } from '../b/x.tsx';"],
    ['src-renderer/ui/x.ts', "import { readFileSync } from 'node:fs';"],
    ['src-renderer/ui/x.ts', "import { x } from '../../src-main/ledger/day.ts';"],
  ])('%s: %s', (file, text) => {
    expect(problemsIn(file, text)).toHaveLength(1);
  });

  it('a cycle over three files', () => {
    const cycle = [
      ...edgesOf('src-main/store/a.ts', "import { b } from './b.ts';"),
      ...edgesOf('src-main/store/b.ts', "export { c } from './c.ts';"),
      ...edgesOf('src-main/store/c.ts', "import type { A } from './a.ts';"),
    ];
    expect(findCycle(cycle)).toHaveLength(4);
  });
});

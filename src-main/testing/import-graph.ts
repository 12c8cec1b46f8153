import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseSync } from 'vite';

export interface ImportEdge {
  /** Path of the importing file from the repository's root, with `/`. */
  readonly from: string;
  /** The file imported, in the same form; or the name of a package, `node:` builtins under that prefix. */
  readonly to: string;
  readonly isFile: boolean;
  /** Erased by the compiler: nothing is loaded. */
  readonly isType: boolean;
}

/** Every import, re-export and literal `import()` of the sources below `root`, found by a parser. */
export function importEdges(root: string): readonly ImportEdge[] {
  const files = globSync('src-{main,preload,renderer}/**/*.{ts,tsx}', { cwd: root });
  return files.flatMap((file) => edgesOf(file.replaceAll('\\', '/'), readFileSync(join(root, file), 'utf8')));
}

/** The imports of one file's text. */
export function edgesOf(file: string, text: string): readonly ImportEdge[] {
  const { module } = parseSync(file, text);
  const edges: ImportEdge[] = [];
  const add = (to: string, isType: boolean) => edges.push({ from: file, isType, ...target(file, to) });
  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType));
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) if (moduleRequest) add(moduleRequest.value, isType);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^['"](.*)['"]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1];
    if (literal !== undefined) add(literal, false);
  }
  return edges;
}

function target(file: string, specifier: string): Pick<ImportEdge, 'to' | 'isFile'> {
  if (specifier.startsWith('.'))
    return { to: posix.join(dirname(file), specifier.replace(/\?.*$/, '')), isFile: true };
  const [scope = '', name = ''] = specifier.split('/');
  return { to: scope.startsWith('@') ? `${scope}/${name}` : scope, isFile: false };
}

/** One cycle of files as a list that ends where it began, or null. */
export function findCycle(edges: readonly ImportEdge[]): readonly string[] | null {
  const targets = Map.groupBy(
    edges.filter(({ isFile }) => isFile),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const { to } of targets.get(file) ?? []) {
      const cycle = visit(to, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return null;
  };
  for (const file of targets.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return null;
}

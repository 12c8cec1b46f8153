import { basename } from 'node:path';
import type { ImportEdge } from './import-graph.ts';

/**
 * Which folder may import which: every folder may import itself and, through the ones listed, what stands there and
 * nothing else. A folder that is not in the table may not exist.
 */
const layers: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  preload: ['contract'],
  platform: ['contract'],
  store: ['platform', 'contract'],
  pricing: ['store', 'platform', 'contract'],
  ledger: ['pricing', 'store', 'platform', 'contract'],
  budgets: ['ledger', 'pricing', 'store', 'platform', 'contract'],
  playground: ['ledger', 'pricing', 'store', 'platform', 'contract'],
  importers: ['platform'],
  providers: ['platform'],
  channels: ['platform'],
  evaluators: ['platform'],
  jobs: [
    'importers',
    'providers',
    'channels',
    'budgets',
    'ledger',
    'pricing',
    'store',
    'platform',
    'contract',
  ],
  plugins: ['store', 'platform', 'contract'],
  gateway: ['providers', 'ledger', 'pricing', 'store', 'platform', 'contract'],
  handlers: [
    ...[
      'jobs',
      'importers',
      'providers',
      'channels',
      'evaluators',
      'budgets',
      'playground',
      'plugins',
      'gateway',
    ],
    ...['ledger', 'pricing', 'store', 'platform', 'contract'],
  ],
  core: [
    'handlers',
    'jobs',
    'providers',
    'plugins',
    'gateway',
    'ledger',
    'pricing',
    'store',
    'platform',
    'contract',
  ],
  'hosts/electron': ['core', 'platform', 'contract'],
  'hosts/web': ['core', 'platform', 'contract'],
  // `llmlab serve` is how the web host is started.
  'hosts/cli': ['hosts/web', 'core', 'platform', 'contract'],
  'renderer/api': ['contract'],
  'renderer/ui': ['renderer/api', 'contract'],
  'renderer/screens': ['renderer/ui', 'renderer/api', 'contract'],
  renderer: ['renderer/screens', 'renderer/ui', 'renderer/api', 'contract'],
};

/** Packages only one folder may load. */
const reserved: Readonly<Record<string, readonly string[]>> = {
  electron: ['hosts/electron', 'preload'],
  'electron-store': ['hosts/electron'],
  // The store has the ledger; the log reader opens the tools' own databases, read-only.
  'better-sqlite3': ['store', 'importers'],
  hono: ['hosts/web', 'gateway'],
  commander: ['hosts/cli'],
};

/** Folders whose files stand side by side: none may import another; `index.ts` and the shared folders tie them. */
const siblings: Readonly<Record<string, readonly string[]>> = {
  importers: ['index.ts', 'tables.ts', 'logs.ts', 'refused.ts', 'mapper.ts'],
  providers: ['index.ts'],
  channels: ['index.ts'],
  evaluators: ['index.ts'],
};

/** What is wrong with one import, as a sentence; null when it is allowed. */
export function problemOf(edge: ImportEdge): string | null {
  const from = folderOf(edge.from);
  if (!from || !(from in layers)) return `${edge.from}: no such place in the house`;
  return edge.isFile ? fileProblem(edge, from) : packageProblem(edge, from);
}

function fileProblem({ from: file, to: path }: ImportEdge, from: string): string | null {
  const to = folderOf(path);
  if (isTest(file) && (to === 'testing' || path.startsWith('package'))) return null;
  if (to === null) return `${file} imports ${path}, outside the sources`;
  if (to === from) return siblingProblem(file, path, from);
  if (isTest(file) && from !== 'renderer' && !to.startsWith('hosts/') && !to.startsWith('renderer'))
    return null;
  return layers[from]?.includes(to) ? null : `${file} imports ${path}: ${from} may not import ${to}`;
}

function packageProblem({ from: file, to, isType }: ImportEdge, from: string): string | null {
  if (isTest(file)) return null;
  const owners = reserved[to];
  if (owners && !owners.includes(from)) return `${file} imports ${to}: only ${owners.join(' and ')} may`;
  const isBuiltin = to.startsWith('node:');
  if (from === 'contract' && to !== 'zod') return `${file} imports ${to}: the contract knows zod only`;
  if (from === 'preload' && to !== 'electron')
    return `${file} imports ${to}: a sandboxed preload has electron only`;
  if (from.startsWith('renderer') && isBuiltin && !isType)
    return `${file} imports ${to}: a window has no Node`;
  return null;
}

function siblingProblem(file: string, path: string, folder: string): string | null {
  if (folder === 'renderer/screens' && screenOf(file) !== screenOf(path))
    return `${file} imports ${path}: one screen never imports another`;
  const ties = siblings[folder];
  if (!ties || isTest(file) || ties.includes(basename(file)) || !isTopLevel(path) || !isTopLevel(file))
    return null;
  return `${file} imports ${path}: one of ${folder} never imports another`;
}

const isTest = (file: string) => /\.test\.tsx?$|\/test-[\w-]+\.ts$|\/fixtures\//.test(file);
const isTopLevel = (file: string) => file.split('/').length === 3;
const screenOf = (file: string) => file.split('/')[2];

function folderOf(path: string): string | null {
  const [side, first = '', second = ''] = path.split('/');
  const isFolder = !/\.[a-z]+$/.test(first);
  if (side === 'src-main') return first === 'hosts' ? `hosts/${second}` : isFolder ? first : null;
  if (side === 'src-preload') return first === 'contract' ? 'contract' : 'preload';
  if (side === 'src-renderer') return isFolder ? `renderer/${first}` : 'renderer';
  return null;
}

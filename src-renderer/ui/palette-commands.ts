import type { ImportRow } from '../../src-preload/contract/imports.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import type { Account } from '../../src-preload/contract/sources.ts';
import type { ExportFormat } from './export-records.ts';
import { plural } from './numbers.ts';
import { rangeKeys, rangeLabels, type View } from './view.ts';

/** What a command does when chosen. */
export type Deed =
  | { readonly kind: 'go'; readonly to: string }
  | { readonly kind: 'view'; readonly change: Partial<View> }
  | { readonly kind: 'theme'; readonly theme: Settings['theme'] }
  | { readonly kind: 'import' | 'scan' | 'backup' | 'connect' | 'sync' }
  | { readonly kind: 'pause'; readonly paused: boolean }
  | { readonly kind: 'export'; readonly format: ExportFormat }
  | { readonly kind: 'undo'; readonly import: ImportRow };

export interface Command {
  readonly label: string;
  /** Other words it is found by. */
  readonly keywords: string;
  /** Shortcut or state at the right. */
  readonly hint?: string;
  readonly deed: Deed;
}

export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
  /** Shown only once something is typed: long lists. */
  readonly onSearch: boolean;
}

/** What the palette knows of the ledger. */
export interface PaletteFacts {
  readonly pages: readonly { readonly path: string; readonly label: string; readonly key: string }[];
  readonly view: View;
  readonly theme: Settings['theme'];
  readonly accounts: readonly Account[];
  readonly models: readonly string[];
  readonly projects: readonly string[];
  readonly imports: readonly ImportRow[];
  /** Vendors that are connected; `isPaused` while all syncing is stopped. */
  readonly vendors: {
    readonly isPaused: boolean;
    readonly connections: readonly { readonly id: number; readonly name: string }[];
  };
}

export function commandGroups(facts: PaletteFacts): readonly CommandGroup[] {
  return [
    { title: 'Go to', onSearch: false, commands: goTo(facts) },
    { title: 'Do', onSearch: false, commands: actions(facts) },
    { title: 'Range', onSearch: false, commands: ranges(facts) },
    { title: 'Vendors', onSearch: true, commands: connectionPages(facts) },
    { title: 'Settings', onSearch: true, commands: settingsPages },
    { title: 'Theme', onSearch: false, commands: themes(facts) },
    { title: 'Only this account', onSearch: true, commands: accountFilters(facts) },
    { title: 'Only this model', onSearch: true, commands: modelFilters(facts) },
    { title: 'Only this project', onSearch: true, commands: projectFilters(facts) },
  ].filter((group) => group.commands.length > 0);
}

/** The newest import that can still be undone; syncs and calls go on by themselves and are none to take back in haste. */
export function lastImport(imports: readonly ImportRow[]): ImportRow | undefined {
  return imports
    .filter((row) => row.state === 'committed' && (row.kind === 'file' || row.kind === 'scan'))
    .toSorted((a, b) => b.at - a.at || b.id - a.id)[0];
}

const settingsTopics = [
  ['General', 'general', 'zone currency week'],
  ['Prices', 'prices', 'unpriced override alias reprice'],
  ['Keys and vault', 'keys', 'passphrase keyring lock unlock export secrets'],
  ['Calls', 'calls', 'debug log model names aliases requests'],
  ['Data and backups', 'data', 'restore folder verify sample'],
  ['About', 'about', 'version licence'],
] as const;

const settingsPages = settingsTopics.map(
  ([label, tab, keywords]): Command => ({
    label: `Settings: ${label}`,
    keywords,
    deed: { kind: 'go', to: `/settings?tab=${tab}` },
  }),
);

function goTo({ pages }: PaletteFacts): readonly Command[] {
  return pages.map(
    ({ path, label, key }): Command => ({
      label,
      keywords: 'page open',
      hint: `g ${key}`,
      deed: { kind: 'go', to: path },
    }),
  );
}

function connectionPages({ vendors }: PaletteFacts): readonly Command[] {
  return vendors.connections.map(
    ({ id, name }): Command => ({
      label: name,
      keywords: 'vendor provider connection key balance health',
      deed: { kind: 'go', to: `/providers/${id}` },
    }),
  );
}

/** What can be done about vendors: nothing to sync or to pause before one is connected. */
function vendorActions({ vendors: { connections, isPaused } }: PaletteFacts): readonly Command[] {
  const add: Command = {
    label: 'Add a key…',
    keywords: 'connect vendor provider',
    deed: { kind: 'connect' },
  };
  if (connections.length === 0) return [add];
  return [
    add,
    { label: 'Sync now', keywords: 'refresh vendors bill costs balance fetch', deed: { kind: 'sync' } },
    {
      label: isPaused ? 'Resume syncing' : 'Pause syncing',
      keywords: 'vendors stop start schedule',
      deed: { kind: 'pause', paused: !isPaused },
    },
  ];
}

function actions(facts: PaletteFacts): readonly Command[] {
  const { imports } = facts;
  const last = lastImport(imports);
  const undo: Command[] = last
    ? [
        {
          label: `Undo last import: ${last.fileName}`,
          keywords: 'remove revert',
          hint: plural(last.counts.accepted, 'record'),
          deed: { kind: 'undo', import: last },
        },
      ]
    : [];
  return [
    { label: 'Import files…', keywords: 'csv open drop add bill', deed: { kind: 'import' } },
    { label: 'Read new logs', keywords: 'scan sync claude codex gemini opencode', deed: { kind: 'scan' } },
    ...vendorActions(facts),
    {
      label: 'Export as CSV',
      keywords: 'download save spreadsheet',
      deed: { kind: 'export', format: 'csv' },
    },
    { label: 'Export as JSON', keywords: 'download save', deed: { kind: 'export', format: 'json' } },
    { label: 'Export as FOCUS', keywords: 'download save finops', deed: { kind: 'export', format: 'focus' } },
    { label: 'Back up now', keywords: 'copy save', deed: { kind: 'backup' } },
    {
      label: 'Check everything',
      keywords: 'doctor health diagnose verify zero why',
      deed: { kind: 'go', to: '/sources?check=everything' },
    },
    ...undo,
  ];
}

function ranges({ view }: PaletteFacts): readonly Command[] {
  return rangeKeys
    .filter((key) => key !== 'custom')
    .map(
      (range): Command => ({
        label: rangeLabels[range],
        keywords: 'range dates period',
        ...(view.range === range && { hint: 'now' }),
        deed: { kind: 'view', change: { range } },
      }),
    );
}

function themes({ theme: now }: PaletteFacts): readonly Command[] {
  const names = { system: 'Theme like the system', light: 'Light theme', dark: 'Dark theme' } as const;
  return (['system', 'light', 'dark'] as const).map(
    (theme): Command => ({
      label: names[theme],
      keywords: 'colour appearance mode',
      ...(theme === now && { hint: 'now' }),
      deed: { kind: 'theme', theme },
    }),
  );
}

function accountFilters({ accounts, view }: PaletteFacts): readonly Command[] {
  return accounts.map(
    ({ id, name, provider }): Command => ({
      label: name,
      keywords: `account filter ${provider}`,
      deed: { kind: 'view', change: { filters: { ...view.filters, accounts: [id] } } },
    }),
  );
}

function modelFilters({ models, view }: PaletteFacts): readonly Command[] {
  return models.map(
    (model): Command => ({
      label: model,
      keywords: 'model filter',
      deed: { kind: 'view', change: { filters: { ...view.filters, models: [model] } } },
    }),
  );
}

function projectFilters({ projects, view }: PaletteFacts): readonly Command[] {
  return projects.map(
    (project): Command => ({
      label: project,
      keywords: 'project filter',
      deed: { kind: 'view', change: { filters: { ...view.filters, projects: [project] } } },
    }),
  );
}

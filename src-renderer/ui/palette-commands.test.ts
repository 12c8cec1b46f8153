import { expect, it } from 'vitest';
import type { ImportRow } from '../../src-preload/contract/imports.ts';
import { commandGroups, lastImport, type PaletteFacts } from './palette-commands.ts';

const counts = { accepted: 4, updated: 0, duplicate: 0, refused: 0, skipped: 0, unpriced: 0 };
const row: ImportRow = {
  id: 1,
  kind: 'file',
  format: 'openai-cost',
  formatLabel: 'OpenAI cost export',
  fileName: 'cost.csv',
  path: null,
  source: 'OpenAI',
  sourceId: 1,
  account: 'OpenAI',
  at: 100,
  counts,
  firstDay: null,
  lastDay: null,
  costNanoUsd: 0,
  state: 'committed',
  undoneAt: null,
  sample: false,
};
const facts: PaletteFacts = {
  pages: [{ path: '/', label: 'Overview', key: 'o' }],
  view: { range: '7d', filters: { projects: ['atlas'] } },
  theme: 'dark',
  accounts: [],
  models: ['gpt-5.5'],
  projects: [],
  imports: [],
  vendors: { isPaused: false, connections: [] },
};

function commandOf(label: string, from = facts) {
  return commandGroups(from)
    .flatMap((group) => group.commands)
    .find((command) => command.label.startsWith(label));
}

it('offers to undo the newest import that is not undone already, and nothing when there is none', () => {
  const undone: ImportRow = { ...row, id: 3, at: 300, state: 'undone' };
  const newest: ImportRow = { ...row, id: 2, at: 200, fileName: 'b.csv' };
  expect(lastImport([row, newest, undone])).toBe(newest);
  expect(commandOf('Undo', { ...facts, imports: [row, newest, undone] })?.label).toBe(
    'Undo last import: b.csv',
  );
  expect(lastImport([row, { ...newest, kind: 'sync' }])).toBe(row);
  expect(commandOf('Undo')).toBeUndefined();
});

it('narrows to a model without forgetting the project that is already chosen', () => {
  expect(commandOf('gpt-5.5')?.deed).toEqual({
    kind: 'view',
    change: { filters: { projects: ['atlas'], models: ['gpt-5.5'] } },
  });
});

it('leads to the check of everything', () => {
  expect(commandOf('Check everything')?.deed).toEqual({ kind: 'go', to: '/sources?check=everything' });
});

it('marks the range and the theme in force', () => {
  expect(commandOf('7 days')?.hint).toBe('now');
  expect(commandOf('30 days')?.hint).toBeUndefined();
  expect(commandOf('Dark theme')?.hint).toBe('now');
});

it('names every command once: a name is what a choice is told by', () => {
  const all = commandGroups({ ...facts, imports: [row] }).flatMap((group) =>
    group.commands.map((command) => `${group.title} ${command.label}`),
  );
  expect(new Set(all).size).toBe(all.length);
  expect(commandGroups(facts).map((group) => group.title)).not.toContain('Only this account');
});

it('leads to every topic of the settings', () => {
  for (const topic of ['General', 'Prices', 'Keys and vault', 'Calls', 'Data and backups', 'About'])
    expect(commandOf(`Settings: ${topic}`)?.deed).toMatchObject({ kind: 'go' });
});

it('offers to sync and to pause only once a vendor is connected, and then leads to each', () => {
  expect(commandOf('Add a key')?.deed).toEqual({ kind: 'connect' });
  expect(commandOf('Sync now')).toBeUndefined();
  const vendors = { isPaused: false, connections: [{ id: 3, name: 'OpenAI, work' }] };
  expect(commandOf('Sync now', { ...facts, vendors })).toBeDefined();
  expect(commandOf('OpenAI, work', { ...facts, vendors })?.deed).toEqual({ kind: 'go', to: '/providers/3' });
  expect(commandOf('Pause syncing', { ...facts, vendors })?.deed).toEqual({ kind: 'pause', paused: true });
  expect(commandOf('Resume syncing', { ...facts, vendors: { ...vendors, isPaused: true } })?.deed).toEqual({
    ...{ kind: 'pause', paused: false },
  });
});

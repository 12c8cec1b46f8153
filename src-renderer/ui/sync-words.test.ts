import { expect, it } from 'vitest';
import { type SyncResult, syncWords } from './sync-words.ts';

const result = (given: Partial<SyncResult>): SyncResult => ({
  ...{ connectionId: 1, connection: 'Acme', provider: 'acme', report: 'costs', state: 'ok' },
  ...{ accepted: 0, updated: 0, duplicate: 0, refused: 0, withdrawn: 0, error: null, ms: 1 },
  ...given,
});
const broken = (connection: string, message: string) =>
  result({ connection, state: 'failed', error: { code: 'INVALID_KEY', message } });

it('tells what is new, what changed and what was refused', () => {
  expect(syncWords([result({ accepted: 1200, updated: 2 }), result({ withdrawn: 1, refused: 1 })]).text).toBe(
    '1,200 new records, 3 records changed, 1 row refused.',
  );
  expect(syncWords([result({ duplicate: 5 })]).text).toBe('Nothing new.');
  // the schedule was faster than the sync after a new key: a year may just have come in
  expect(syncWords([result({ duplicate: 5 })], 'Acme is up to date').text).toBe('Acme is up to date.');
  expect(syncWords([result({ accepted: 1 })], 'Acme is up to date').text).toBe('1 new record.');
  expect(syncWords([]).text).toBe('There is nothing to sync.');
});

it('does not call a sync good of which one report failed', () => {
  const { isGood, text } = syncWords([result({ accepted: 5 }), broken('Acme', 'The key was refused.')]);
  expect(isGood).toBe(false);
  expect(text).toBe('Acme could not be read in full. The key was refused.');
});

it('counts connections, not their reports', () => {
  const text = syncWords([broken('A', 'No.'), broken('A', 'No.'), broken('B', 'No.')]).text;
  expect(text).toMatch(/^2 connections/);
});

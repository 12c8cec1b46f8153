import { truncateSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listBackups } from '../store/backup.ts';
import { openLedger } from '../store/open.ts';
import { resourcesDir } from '../testing/core.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { backUpIfDue } from './backup.ts';
import type { TaskContext } from './context.ts';

const dayMs = 86_400_000;

function open(dataDir: string) {
  const clock = { at: Date.UTC(2026, 10, 20) };
  const db = openLedger(dataDir, { now: () => clock.at });
  const context: TaskContext = {
    db,
    dataDir,
    resourcesDir,
    environment: { platform: 'linux', home: dataDir, env: {} },
    settings: { zone: 'UTC', rates: [], logFolders: {} },
    now: () => clock.at,
    progress: () => undefined,
    stop: () => false,
  };
  /** The days go by one at a time; each ends with the question whether to back up. */
  const nextDay = () => {
    clock.at += dayMs;
    return backUpIfDue(context)?.why ?? null;
  };
  return { db, nextDay, [Symbol.dispose]: () => void db.close() };
}

const changes = {
  'an own price':
    "INSERT INTO price_overrides (provider, model, valid_from, body) VALUES ('openai', 'm', '2026-01-01', '{}')",
  'an alias':
    "INSERT INTO price_aliases (provider, alias, to_provider, to_model) VALUES ('openai', 'a', 'openai', 'm')",
  'a mapping': "INSERT INTO mappings (fingerprint, header, mapping) VALUES ('f', '[]', '{}')",
  'an account':
    "INSERT INTO accounts (name, kind, provider, assumed, created_at) VALUES ('Work', 'api', 'openai', 0, 1)",
  'a renamed account': "UPDATE accounts SET name = 'Home'",
};

test('everything a user enters is backed up the next day, not imports alone, and an unchanged ledger is not', () => {
  using dir = tempDir();
  using ledger = open(dir.path);
  expect(ledger.nextDay()).toBeNull();
  for (const [what, sql] of Object.entries(changes)) {
    ledger.db.exec(sql);
    expect([what, ledger.nextDay()]).toEqual([what, 'scheduled']);
    expect([what, ledger.nextDay()]).toEqual([what, null]);
  }
});

test('a newest backup that is damaged does not count as one that holds all', () => {
  using dir = tempDir();
  using ledger = open(dir.path);
  ledger.db.exec(changes['an account']);
  expect(ledger.nextDay()).toBe('scheduled');
  const [made] = listBackups(dir.path);
  truncateSync(made?.path ?? '', 5_000);
  expect(ledger.nextDay()).toBe('scheduled');
});

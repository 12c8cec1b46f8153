import { createHash } from 'node:crypto';
import {
  type BackupFacts,
  expiredBackups,
  ledgerSum,
  listBackups,
  makeBackup,
  readCopy,
  removeBackup,
} from '../store/backup.ts';
import type { ReadDb } from '../store/database.ts';
import type { TaskContext } from './context.ts';

export function backUp(context: TaskContext, input: { readonly why: 'manual' | 'scheduled' }): BackupFacts {
  const made = makeBackup(context.db, context.dataDir, { why: input.why, now: context.now() });
  for (const old of expiredBackups(listBackups(context.dataDir), context.now())) removeBackup(old);
  return made;
}

const dayMs = 86_400_000;

/** What only the user can have entered or taken in; the records themselves are compared by their sum. */
const telling = ['accounts', 'imports', 'mappings', 'price_overrides', 'price_aliases'] as const;

function contentOf(db: ReadDb): string {
  const hash = createHash('sha256').update(JSON.stringify(ledgerSum(db)));
  for (const table of telling)
    for (const row of db.prepare(`SELECT * FROM ${table} ORDER BY id`).raw().iterate())
      hash.update(JSON.stringify([table, row]));
  return hash.digest('hex');
}

/** Whether the newest backup still holds all there is. One that cannot be read, or of an older schema, does not. */
function holdsAll(backup: BackupFacts, db: ReadDb): boolean {
  try {
    return readCopy(backup.path, contentOf) === contentOf(db);
  } catch {
    return false;
  }
}

/** One verified copy a day, when there is anything new to copy: compared by content, as merely opening a ledger touches its file. */
export function backUpIfDue(context: TaskContext): BackupFacts | null {
  const [newest] = listBackups(context.dataDir);
  if (newest === undefined) return isEmpty(context.db) ? null : backUp(context, { why: 'scheduled' });
  if (context.now() - newest.at < dayMs || holdsAll(newest, context.db)) return null;
  return backUp(context, { why: 'scheduled' });
}

function isEmpty(db: ReadDb): boolean {
  return telling.every((table) => db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined);
}

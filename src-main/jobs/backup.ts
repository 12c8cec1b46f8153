import { type BackupFacts, expiredBackups, listBackups, makeBackup, removeBackup } from '../store/backup.ts';
import type { TaskContext } from './context.ts';

export function backUp(context: TaskContext, input: { readonly why: 'manual' | 'scheduled' }): BackupFacts {
  const made = makeBackup(context.db, context.dataDir, { why: input.why, now: context.now() });
  for (const old of expiredBackups(listBackups(context.dataDir), context.now())) removeBackup(old);
  return made;
}

const dayMs = 86_400_000;

/** One verified copy a day, when there is anything new to copy. */
export function backUpIfDue(context: TaskContext): BackupFacts | null {
  const [newest] = listBackups(context.dataDir);
  const lastImport = context.db
    .prepare('SELECT max(max(at), coalesce(max(undone_at), 0)) FROM imports')
    .pluck()
    .get() as number | null;
  if (lastImport === null) return null;
  if (newest !== undefined && (context.now() - newest.at < dayMs || newest.at >= lastImport)) return null;
  return backUp(context, { why: 'scheduled' });
}

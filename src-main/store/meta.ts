import type { ReadDb, WriteDb } from './database.ts';

export type MetaKey = 'zone' | 'price_version' | 'rates' | 'sync_paused' | 'audit_head';

export function readMeta(db: ReadDb, key: MetaKey): string | undefined {
  return db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key) as string | undefined;
}

export function writeMeta(db: WriteDb, key: MetaKey, value: string): void {
  db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(key, value);
}

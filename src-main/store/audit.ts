import { createHash } from 'node:crypto';
import type { ReadDb, WriteDb } from './database.ts';
import { readMeta, writeMeta } from './meta.ts';

/** One thing that was changed, by whom and when: what an entry says before it stands in the chain. */
export interface AuditFact {
  /** UTC ms. */
  readonly at: number;
  /** Which host it came through. */
  readonly actor: string;
  /** `key.saved`, `account.changed` … */
  readonly action: string;
  readonly subject: string;
  /** JSON text; never a secret. */
  readonly details: string;
}

export interface AuditRow extends AuditFact {
  /** 1, 2, 3 …: a gap is a missing entry. */
  readonly id: number;
  /** SHA-256 over the hash before it and everything the entry says, as hex. */
  readonly hash: string;
}

/** How far the log reached when it was last written, and the vault's seal of it or of a state before. */
export interface AuditHead {
  readonly count: number;
  readonly hash: string;
  readonly seal: AuditSeal | null;
}

export interface AuditSeal {
  readonly count: number;
  readonly hash: string;
  /** Which vault's key made it. */
  readonly by: string;
  readonly value: string;
}

/** The hash before the first entry. */
const start = '0'.repeat(64);

export function readAuditHead(db: ReadDb): AuditHead {
  const text = readMeta(db, 'audit_head');
  // Written by this file alone.
  return text === undefined ? { count: 0, hash: start, seal: null } : (JSON.parse(text) as AuditHead);
}

const writeHead = (db: WriteDb, head: AuditHead): void => writeMeta(db, 'audit_head', JSON.stringify(head));

function hashOf(before: string, { id, at, actor, action, subject, details }: Omit<AuditRow, 'hash'>): string {
  const said = JSON.stringify([id, at, actor, action, subject, details]);
  return createHash('sha256').update(before).update(said).digest('hex');
}

/** Adds an entry at the end of the chain. In a transaction of the caller's. */
export function appendAudit(db: WriteDb, fact: AuditFact): AuditHead {
  const head = readAuditHead(db);
  const row = { id: head.count + 1, ...fact };
  const hash = hashOf(head.hash, row);
  db.prepare(
    `INSERT INTO audit (id, at, actor, action, subject, details, hash)
     VALUES (@id, @at, @actor, @action, @subject, @details, @hash)`,
  ).run({ ...row, hash });
  const next = { ...head, count: row.id, hash };
  writeHead(db, next);
  return next;
}

/** Keeps a seal of the head, unless the log has moved on since. */
export function sealAudit(db: WriteDb, seal: AuditSeal): void {
  const head = readAuditHead(db);
  if (head.count === seal.count && head.hash === seal.hash) writeHead(db, { ...head, seal });
}

export interface AuditPage {
  readonly offset: number;
  readonly limit: number;
}

/** The newest first. */
export function listAudit(db: ReadDb, { offset, limit }: AuditPage): AuditRow[] {
  return db.prepare('SELECT * FROM audit ORDER BY id DESC LIMIT ? OFFSET ?').all(limit, offset) as AuditRow[];
}

export const countAudit = (db: ReadDb): number =>
  db.prepare('SELECT count(*) FROM audit').pluck().get() as number;

/** `head`: the entries are one chain, and not the one that was written last. */
export type AuditFlaw = 'changed' | 'missing' | 'added' | 'head';

export interface AuditCheck {
  readonly head: AuditHead;
  /** The first entry that is not as it was written, or that is missing; null when the chain is whole. */
  readonly firstBad: { readonly id: number; readonly flaw: AuditFlaw } | null;
  /** Whether the entry a seal speaks of has the hash the seal speaks of; true where there is no seal. */
  readonly holdsSealed: boolean;
}

/** Recomputes the chain: all of it, or what came after an entry whose hash is known. */
export function checkAudit(
  db: ReadDb,
  known: Pick<AuditHead, 'count' | 'hash'> = { count: 0, hash: start },
): AuditCheck {
  const head = readAuditHead(db);
  const holdsSealed = head.seal === null || hashAt(db, head.seal.count) === head.seal.hash;
  if (hashAt(db, known.count) !== known.hash)
    return { head, firstBad: { id: known.count, flaw: 'changed' }, holdsSealed };
  let { count, hash } = known;
  const rows = db.prepare('SELECT * FROM audit WHERE id > ? ORDER BY id').iterate(count);
  for (const row of rows as IterableIterator<AuditRow>) {
    count += 1;
    const flaw = row.id > count ? 'missing' : row.hash === hashOf(hash, row) ? null : 'changed';
    if (flaw !== null) return { head, firstBad: { id: count, flaw }, holdsSealed };
    hash = row.hash;
  }
  return { head, firstBad: endOf(head, { entries: count, hash }), holdsSealed };
}

function hashAt(db: ReadDb, id: number): string | undefined {
  if (id === 0) return start;
  return db.prepare('SELECT hash FROM audit WHERE id = ?').pluck().get(id) as string | undefined;
}

function endOf(head: AuditHead, end: { entries: number; hash: string }): AuditCheck['firstBad'] {
  if (end.entries < head.count) return { id: end.entries + 1, flaw: 'missing' };
  if (end.entries > head.count) return { id: head.count + 1, flaw: 'added' };
  return end.hash === head.hash ? null : { id: end.entries, flaw: 'head' };
}

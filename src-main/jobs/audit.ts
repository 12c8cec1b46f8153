import { type AuditFact, type AuditHead, type AuditSeal, appendAudit, sealAudit } from '../store/audit.ts';
import { inTransaction } from '../store/database.ts';
import type { TaskContext } from './context.ts';

/** Adds an entry to the audit log; answers with its new head once it is on the disk. */
export function writeAudit({ db }: TaskContext, fact: AuditFact): AuditHead {
  return inTransaction(db, () => appendAudit(db, fact));
}

export function keepAuditSeal({ db }: TaskContext, seal: AuditSeal): void {
  inTransaction(db, () => sealAudit(db, seal));
}

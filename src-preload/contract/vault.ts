import { z } from 'zod';
import { fileRef } from './imports.ts';
import { route } from './route.ts';
import { count, id, utcMs } from './values.ts';

const status = z.object({
  /**
   * What protects the keys: the desktop's own store, the system's keyring, a passphrase, or nothing (`session`: they are
   * forgotten when LLMLab ends).
   */
  protection: z.enum(['safe-storage', 'keyring', 'passphrase', 'session']),
  /** The same in a sentence, with what it means and what would be better. */
  explanation: z.string(),
  /** Ways to open it that are set up. */
  slots: z.array(z.enum(['safe-storage', 'keyring', 'passphrase'])),
  isLocked: z.boolean(),
  /** Why it cannot be opened, and what to do. */
  trouble: z.string().nullable(),
  keys: count,
  rotatedAt: utcMs.nullable(),
  /** Whether a change of the passphrase asks for the one before: where that is all that opens it. */
  asksCurrent: z.boolean(),
});
export type VaultStatus = z.infer<typeof status>;

const passphrase = z.string().min(8).max(1000);

const auditEntry = z.object({
  id,
  at: utcMs,
  /** Which host it came through. */
  actor: z.string(),
  /** `key.saved`, `account.changed`, `source.moved`, `setting.changed` … */
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const vaultRoutes = {
  'vault.status': route({ input: z.strictObject({}), output: status, effect: 'read' }),
  'vault.unlock': route({
    input: z.strictObject({ passphrase: z.string().max(1000) }),
    output: status,
    effect: 'write',
  }),
  /** Forgets the data key until it is opened again. */
  'vault.lock': route({ input: z.strictObject({}), output: status, effect: 'write' }),
  /** Sets or changes the passphrase; null takes it away where something else protects the keys. */
  'vault.setPassphrase': route({
    input: z.strictObject({ current: z.string().max(1000).optional(), next: passphrase.nullable() }),
    output: status,
    effect: 'write',
  }),
  /** Encrypts everything under a new data key. Where a passphrase is set up but did not open the vault, it is asked for. */
  'vault.rotate': route({
    input: z.strictObject({ passphrase: z.string().max(1000).optional() }),
    output: status,
    effect: 'write',
  }),
  /** Writes all keys to a file that only this passphrase opens; the host hands it over like an export. */
  'vault.export': route({
    input: z.strictObject({ passphrase }),
    output: z.object({
      exportId: z.string(),
      fileName: z.string(),
      mime: z.string(),
      bytes: count,
      keys: count,
    }),
    effect: 'write',
  }),
  'vault.import': route({
    input: z.strictObject({ file: fileRef, passphrase: z.string().max(1000) }),
    output: z.object({ added: count, replaced: count, skipped: count }),
    effect: 'write',
  }),
  'audit.list': route({
    input: z.strictObject({
      offset: z.int().nonnegative().default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({ entries: z.array(auditEntry), total: count }),
    effect: 'read',
  }),
  /** Recomputes the chain: whether any entry was changed, removed, added or cut off. */
  'audit.verify': route({
    input: z.strictObject({}),
    output: z.object({
      entries: count,
      /** `sealed`: the head's seal was checked with a key of the vault; `chain`: the chain alone, the vault being locked or without keys. */
      proof: z.enum(['sealed', 'chain']),
      isSound: z.boolean(),
      firstBadId: id.nullable(),
      explanation: z.string(),
    }),
    effect: 'read',
  }),
};

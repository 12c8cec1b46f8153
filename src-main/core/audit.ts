import type { Audit, HandlerContext } from '../handlers/context.ts';
import { redactFacts } from '../platform/redact.ts';
import type { Vault } from '../platform/vault/vault.ts';
import { type AuditSeal, checkAudit, readAuditHead } from '../store/audit.ts';

type Needs = Pick<HandlerContext, 'ports' | 'db' | 'run'> & { readonly vault: Vault };

const job = { kind: 'recount', title: 'Writing the audit log', isQuiet: true } as const;

const sealed = (count: number, hash: string): string => JSON.stringify(['audit head', count, hash]);

/** The audit log of one core. The vault seals its head whenever it is open; it is never opened for that. */
export function createAudit({ ports, db, run, vault }: Needs): Audit {
  let last: Promise<unknown> = Promise.resolve();

  const append = (action: string, subject: string, details: Readonly<Record<string, unknown>>) => {
    const fact = { at: ports.clock.now(), actor: ports.host, action, subject };
    return run('writeAudit', { ...fact, details: JSON.stringify(redactFacts(details)) }, job);
  };

  /** Which vault's key seals are made with: they say it, and do not give the key away. */
  const keyName = async (): Promise<string | null> => (await vault.seal('audit key'))?.slice(0, 16) ?? null;

  const isRight = async (seal: AuditSeal): Promise<boolean> =>
    (await vault.seal(sealed(seal.count, seal.hash))) === seal.value;

  const sealHead = async (): Promise<void> => {
    const by = await keyName();
    if (by === null) return;
    const { seal } = readAuditHead(db());
    // A log that is not what was sealed is not sealed again: its check would find nothing.
    if (seal?.by === by && !((await isRight(seal)) && checkAudit(db(), seal).firstBad === null)) {
      ports.log.warn('the audit log is not what was sealed');
      return;
    }
    // A first seal, or a new vault's, shows in the log itself.
    if (seal?.by !== by) await append('audit.sealed', 'audit log', { by, before: seal?.by ?? null });
    const { count, hash } = readAuditHead(db());
    const value = await vault.seal(sealed(count, hash));
    if (value !== null) await run('keepAuditSeal', { count, hash, by, value }, job);
  };

  return {
    record(action, subject, details = {}) {
      const written = last.then(() => append(action, subject, details));
      last = written
        .then(sealHead)
        .catch((error: unknown) => ports.log.error('the audit log could not be written', { error }));
      return written.then(() => undefined);
    },
    async isSealed({ seal }) {
      if (seal === null || seal.by !== (await keyName())) return null;
      return isRight(seal);
    },
    settled: () => last.then(() => undefined),
  };
}

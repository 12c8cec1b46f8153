import { AppError } from '../error.ts';
import type { Clock, Environment, Log } from '../ports.ts';
import { type Access, createAccess } from './access.ts';
import { usualCost } from './cipher.ts';
import { vaultDisk } from './disk.ts';
import { type PlainSecret, sealSecrets, unsealSecrets } from './exported.ts';
import { checkLength, type Keeping, putSecrets, readAll, readSecret, removeSecrets } from './keeping.ts';
import { changePassphrase, rotateKey, stateOf } from './protection.ts';
import { hintOf, isNamed, isOwn, sealBy, sessionHintOf } from './records.ts';
import type { KeySlot, SecretHint, SecretName, Vault } from './vault.ts';

export interface VaultOptions {
  /** Where `vault.json` lies. */
  readonly dataDir: string;
  /** What this host can protect the data key with, best first; none is asked before a key is saved or needed. */
  readonly keySlots: readonly KeySlot[];
  /** Its `LLMLAB_PASSPHRASE` opens a vault, and protects one that is made. */
  readonly env: Environment['env'];
  readonly clock: Clock;
  readonly log: Log;
  /** What a guess at a passphrase costs: scrypt's N. */
  readonly scryptCost?: number;
}

/** The vault of one data folder. Touches neither disk nor keyring before it is asked for something. */
export function createVault(options: VaultOptions): Vault {
  const { dataDir, keySlots, env, clock, log, scryptCost = usualCost } = options;
  const access = createAccess({ disk: vaultDisk(dataDir), keySlots, env, log });
  const keeping: Keeping = { access, session: new Map(), keySlots, env, clock, scryptCost };
  const alone = createQueue();
  return {
    state: () => alone(() => stateOf(keeping)),
    unlock: (passphrase) => alone(() => access.unlock(passphrase)),
    lock: access.lock,
    setPassphrase: (change) => alone(() => changePassphrase(keeping, change)),
    rotate: (passphrase) => alone(() => rotateKey(keeping, passphrase)),
    exportTo: (passphrase) => alone(() => exportAll(keeping, passphrase)),
    importFrom: (text, passphrase, wanted = () => true) =>
      alone(async () => importAll(keeping, await unsealSecrets(text, passphrase), wanted)),
    put: ({ owner, field }, value, origin) =>
      alone(async () => {
        if (value === '') throw new AppError('BAD_INPUT', 'An empty key cannot be saved.');
        await putSecrets(keeping, [{ owner, field, origin, value }]);
      }),
    get: (name, origin) => alone(() => readSecret(keeping, name, origin)),
    remove: (owner, field) => alone(() => removeSecrets(keeping, owner, field)),
    hints: () => [...hintsIn(access), ...[...keeping.session.values()].map(sessionHintOf)],
    seal: (text) =>
      alone(async () => {
        const opened = access.ifOpen();
        return opened === null ? null : sealBy(opened.open.key, opened.content, text);
      }),
  };
}

/** Lets one piece of work run after the other: each reads the file, and may write it. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

async function exportAll(
  keeping: Keeping,
  passphrase: string,
): Promise<{ readonly text: string; readonly keys: number }> {
  checkLength(passphrase);
  const secrets = await readAll(keeping);
  return { text: await sealSecrets(secrets, passphrase, keeping.scryptCost), keys: secrets.length };
}

async function importAll(
  keeping: Keeping,
  given: readonly PlainSecret[],
  wanted: (secret: SecretName & { readonly origin: string }) => boolean,
): Promise<{ readonly added: number; readonly replaced: number; readonly skipped: number }> {
  const have = await readAll(keeping);
  const isKnown = (secret: PlainSecret): boolean =>
    have.some((own) => isNamed(own)(secret) && own.value === secret.value && own.origin === secret.origin);
  const taken = given.filter((secret) => !isOwn(secret) && wanted(secret) && !isKnown(secret));
  const replaced = taken.filter((secret) => have.some(isNamed(secret))).length;
  await putSecrets(keeping, taken);
  return { added: taken.length - replaced, replaced, skipped: given.length - taken.length };
}

/** None where the file cannot be read: the vault's state says why. */
function hintsIn(access: Access): SecretHint[] {
  try {
    const records = access.file()?.content.records ?? [];
    return records.filter((record) => !isOwn(record)).map(hintOf);
  } catch {
    return [];
  }
}

import { randomBytes } from 'node:crypto';
import { AppError } from '../error.ts';
import type { Clock, Environment } from '../ports.ts';
import type { Access, Opened } from './access.ts';
import { newKey } from './cipher.ts';
import type { PlainSecret } from './exported.ts';
import { format, type VaultContent, version } from './file.ts';
import { isNamed, isOwn, newSealRecord, recordOf, type SessionSecret, secretIn } from './records.ts';
import { withOwnSlots } from './renew.ts';
import { type OpenKey, protectByPassphrase, protectBySystem } from './slots.ts';
import type { KeySlot, SecretName } from './vault.ts';

/** What the vault's operations share. */
export interface Keeping {
  readonly access: Access;
  /** Secrets that nothing protects: in memory alone, by name. */
  readonly session: Map<string, SessionSecret>;
  readonly keySlots: readonly KeySlot[];
  readonly env: Environment['env'];
  readonly clock: Clock;
  readonly scryptCost: number;
}

const shortestPassphrase = 8;

export function checkLength(passphrase: string): void {
  if (passphrase.length < shortestPassphrase)
    throw new AppError('BAD_INPUT', `A passphrase needs at least ${shortestPassphrase} characters.`);
}

const idOf = ({ owner, field }: SecretName): string => JSON.stringify([owner, field]);

/** Makes the file, holding what was kept for the session; null where nothing protects it. */
export async function makeVault(keeping: Keeping, typed?: string): Promise<Opened | null> {
  const { access, session, keySlots, env, clock, scryptCost } = keeping;
  const passphrase = typed ?? (env.LLMLAB_PASSPHRASE || null);
  if (passphrase !== null) checkLength(passphrase);
  const key = newKey();
  const slots = await protectBySystem(key, keySlots);
  let derived: OpenKey['passphrase'] = null;
  if (passphrase !== null) {
    const made = await protectByPassphrase(key, passphrase, scryptCost);
    slots.push(made.slot);
    derived = made.derived;
  }
  const via = slots[0]?.kind;
  if (via === undefined) return null;
  const now = clock.now();
  const kept = [...session.values()].map((secret) => recordOf(key, secret, secret.savedAt));
  const content: VaultContent = {
    ...{ format, version, id: randomBytes(16).toString('hex'), createdAt: now, rotatedAt: now },
    ...{ slots, records: [newSealRecord(key, now), ...kept] },
  };
  const open = { key, via, passphrase: derived, isStale: false };
  await access.save(content, open);
  session.clear();
  return { content, open };
}

async function saveRecords({ access, keySlots }: Keeping, opened: Opened, records: VaultContent['records']) {
  const { content, open } = await withOwnSlots(opened, keySlots);
  await access.save({ ...content, records }, open);
}

/** Saves them all or none. */
export async function putSecrets(keeping: Keeping, secrets: readonly PlainSecret[]): Promise<void> {
  if (secrets.length === 0) return;
  const opened = (await keeping.access.opened()) ?? (await makeVault(keeping));
  const savedAt = keeping.clock.now();
  if (opened === null) {
    for (const secret of secrets) keeping.session.set(idOf(secret), { ...secret, savedAt });
    return;
  }
  const others = opened.content.records.filter((record) => !secrets.some(isNamed(record)));
  const records = secrets.map((secret) => recordOf(opened.open.key, secret, savedAt));
  await saveRecords(keeping, opened, [...others, ...records]);
}

export async function readSecret(keeping: Keeping, name: SecretName, origin: string): Promise<string | null> {
  const kept = keeping.session.get(idOf(name));
  const found = kept ?? keeping.access.file()?.content.records.find(isNamed(name));
  if (found === undefined) return null;
  if (found.origin !== origin)
    throw new AppError(
      'FORBIDDEN',
      `This key was saved for ${found.origin} and is not sent to ${origin}. Type it again for the new address.`,
    );
  if (kept !== undefined) return kept.value;
  const opened = await keeping.access.opened();
  const record = opened?.content.records.find(isNamed(name));
  return opened === null || record === undefined ? null : secretIn(opened.open.key, record);
}

export async function readAll({ access, session }: Keeping): Promise<PlainSecret[]> {
  const opened = await access.opened();
  const kept = opened?.content.records.filter((record) => !isOwn(record)) ?? [];
  const fromFile = kept.map((record) => ({
    ...{ owner: record.owner, field: record.field, origin: record.origin },
    value: opened === null ? '' : secretIn(opened.open.key, record),
  }));
  const inMemory = [...session.values()].map(({ savedAt: _, ...secret }) => secret);
  return [...fromFile, ...inMemory];
}

/** A name that is not there opens nothing. */
export async function removeSecrets(
  keeping: Keeping,
  owner: string,
  field: string | undefined,
): Promise<void> {
  const isMeant = (name: SecretName) =>
    name.owner === owner && !isOwn(name) && (field === undefined || name.field === field);
  for (const [id, secret] of keeping.session) if (isMeant(secret)) keeping.session.delete(id);
  if (!keeping.access.file()?.content.records.some(isMeant)) return;
  const opened = await keeping.access.opened();
  if (opened === null) return;
  await saveRecords(
    keeping,
    opened,
    opened.content.records.filter((record) => !isMeant(record)),
  );
}

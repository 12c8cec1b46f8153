import { randomBytes } from 'node:crypto';
import { decrypt, encrypt, macOf, newKey } from './cipher.ts';
import type { PlainSecret } from './exported.ts';
import { boundTo, damaged, type VaultContent, type VaultRecord } from './file.ts';
import type { SecretHint, SecretName } from './vault.ts';

/** A secret that is kept in memory alone. */
export interface SessionSecret extends PlainSecret {
  readonly savedAt: number;
}

/** The vault's own record: what seals are made with. Encrypted like a secret, and no one's. */
const own = { owner: 'vault', field: 'seal', origin: '' } as const;

export const isOwn = ({ owner }: SecretName): boolean => owner === own.owner;

export const isNamed =
  (name: SecretName) =>
  ({ owner, field }: SecretName): boolean =>
    owner === name.owner && field === name.field;

/** What may be shown of a secret: less, the shorter it is. */
function endOf(value: string): string {
  if (value.length < 12) return '';
  return value.trimEnd().slice(value.length < 20 ? -2 : -4);
}

export function recordOf(key: Uint8Array, { value, ...name }: PlainSecret, savedAt: number): VaultRecord {
  const facts = {
    id: randomBytes(8).toString('hex'),
    owner: name.owner,
    field: name.field,
    origin: name.origin,
    endsWith: isOwn(name) ? '' : endOf(value),
    savedAt,
  };
  return { ...facts, ...encrypt(key, Buffer.from(value), boundTo(facts)) };
}

/** Throws VAULT_DAMAGED where it was moved or changed. */
export function secretIn(key: Uint8Array, record: VaultRecord): string {
  const plain = decrypt(key, record, boundTo(record));
  if (plain === null) throw damaged();
  return plain.toString('utf8');
}

/** The same record under another key. */
export function underKey(record: VaultRecord, from: Uint8Array, to: Uint8Array): VaultRecord {
  return { ...record, ...encrypt(to, Buffer.from(secretIn(from, record)), boundTo(record)) };
}

export const newSealRecord = (key: Uint8Array, now: number): VaultRecord =>
  recordOf(key, { ...own, value: newKey().toString('hex') }, now);

export function sealBy(key: Uint8Array, { records }: VaultContent, text: string): string | null {
  const record = records.find(isNamed(own));
  return record === undefined ? null : macOf(Buffer.from(secretIn(key, record), 'hex'), 'seal', text);
}

export const hintOf = ({ owner, field, origin, endsWith, savedAt }: VaultRecord): SecretHint => ({
  owner,
  field,
  origin,
  endsWith,
  savedAt,
  isSessionOnly: false,
});

export const sessionHintOf = ({ value, ...name }: SessionSecret): SecretHint => ({
  ...name,
  endsWith: endOf(value),
  isSessionOnly: true,
});

import { z } from 'zod';
import { AppError } from '../error.ts';
import { isSameText, macOf, sha256 } from './cipher.ts';

export const format = 'llmlab-vault';
export const version = 1;

const base64 = z.base64();

/** Costs are bounded: a file from elsewhere must not take all memory, nor make guessing cheap. */
export const kdf = z.strictObject({
  name: z.literal('scrypt'),
  n: z
    .int()
    .min(2 ** 14)
    .max(2 ** 17)
    .refine((n) => Number.isInteger(Math.log2(n))),
  r: z.int().min(8).max(8),
  p: z.int().min(1).max(4),
  salt: base64,
});

const ciphertext = { nonce: base64, data: base64 };

const slot = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('passphrase'), kdf, ...ciphertext }),
  z.strictObject({ kind: z.enum(['safe-storage', 'keyring']), wrapped: z.string() }),
]);
export type Slot = z.infer<typeof slot>;

const record = z.strictObject({
  id: z.string(),
  owner: z.string(),
  field: z.string(),
  origin: z.string(),
  endsWith: z.string().max(4),
  /** UTC ms. */
  savedAt: z.int(),
  ...ciphertext,
});
export type VaultRecord = z.infer<typeof record>;

const content = {
  format: z.literal(format),
  version: z.literal(version),
  id: z.string(),
  createdAt: z.int(),
  rotatedAt: z.int(),
  slots: z.array(slot).max(8),
  records: z.array(record).max(10_000),
};
const body = z.strictObject(content);
export type VaultContent = z.infer<typeof body>;

/** `sum` finds damage without a key; `mac` is what only someone with the data key can make. */
const file = z.strictObject({ ...content, sum: z.string(), mac: z.string() });

/** A vault as it lies on disk. Whether `mac` is right is known once the data key is. */
export interface VaultFile {
  readonly content: VaultContent;
  readonly mac: string;
}

const purpose = 'vault file';

/** What a record's ciphertext is bound to: with any of it changed, the secret is not given out. */
export function boundTo({
  id,
  owner,
  field,
  origin,
  endsWith,
  savedAt,
}: Omit<VaultRecord, 'nonce' | 'data'>): string {
  return JSON.stringify([format, version, id, savedAt, owner, field, origin, endsWith]);
}

export function isFrom(key: Uint8Array, { content, mac }: VaultFile): boolean {
  return isSameText(mac, macOf(key, purpose, JSON.stringify(content)));
}

/** The file's text; the same content and key always make the same. */
export function textOf(content: VaultContent, key: Uint8Array): string {
  return written(content, macOf(key, purpose, JSON.stringify(content)));
}

function written(content: VaultContent, mac: string): string {
  return `${JSON.stringify({ ...content, sum: sha256(JSON.stringify(content) + mac), mac }, null, 2)}\n`;
}

/** Reads what `textOf` wrote, to the byte. Throws VAULT_DAMAGED, or UNSUPPORTED for a newer version's file. */
export function parseVault(bytes: Buffer): VaultFile {
  const value = jsonIn(bytes);
  const parsed = file.safeParse(value);
  if (!parsed.success) throw isNewer(value) ? newer() : damaged();
  const { sum: _, mac, ...content } = parsed.data;
  if (!bytes.equals(Buffer.from(written(content, mac)))) throw damaged();
  return { content, mac };
}

function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

function isNewer(value: unknown): boolean {
  const head = z.object({ format: z.literal(format), version: z.int() }).safeParse(value);
  return head.success && head.data.version > version;
}

function newer(): AppError {
  return new AppError(
    'UNSUPPORTED',
    'The keys were saved by a newer LLMLab. They were left as they are: start that version, or update this one.',
  );
}

export function damaged(): AppError {
  return new AppError(
    'VAULT_DAMAGED',
    'vault.json in the data folder is not what LLMLab wrote: it was damaged or changed. It was left as it is and no key was used. Put a copy of it back, or move it away and type your keys again.',
  );
}

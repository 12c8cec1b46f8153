import { AppError } from '../error.ts';
import { decrypt, encrypt, type Kdf, keyFromPassphrase, newKdf } from './cipher.ts';
import { damaged, format, isFrom, type Slot, type VaultFile, version } from './file.ts';
import type { KeySlot, SlotKind } from './vault.ts';

/** The data key while the vault is open, and how it came to be so. */
export interface OpenKey {
  readonly key: Buffer;
  readonly via: SlotKind;
  /** What the passphrase was turned into, where one was given: a new data key is protected by the same. */
  readonly passphrase: { readonly kdf: Kdf; readonly key: Buffer } | null;
  /** The store wants to protect the key anew. */
  readonly isStale: boolean;
}

type PassphraseSlot = Extract<Slot, { kind: 'passphrase' }>;

const boundToPassphrase = ({ name, n, r, p, salt }: Kdf): string =>
  JSON.stringify([format, version, 'passphrase', name, n, r, p, salt]);

export const passphraseSlot = ({ content }: VaultFile): PassphraseSlot | undefined =>
  content.slots.find((slot) => slot.kind === 'passphrase');

export async function protectByPassphrase(
  key: Uint8Array,
  passphrase: string,
  cost: number,
): Promise<{ readonly slot: Slot; readonly derived: NonNullable<OpenKey['passphrase']> }> {
  const kdf = newKdf(cost);
  const derived = { kdf, key: await keyFromPassphrase(passphrase, kdf) };
  return { slot: protectByDerived(key, derived), derived };
}

export function protectByDerived(key: Uint8Array, derived: NonNullable<OpenKey['passphrase']>): Slot {
  const { kdf } = derived;
  return { kind: 'passphrase', kdf, ...encrypt(derived.key, key, boundToPassphrase(kdf)) };
}

/** Throws BAD_INPUT where the passphrase does not open it, VAULT_DAMAGED where the file is not from who knew it. */
export async function openByPassphrase(file: VaultFile, passphrase: string): Promise<OpenKey> {
  const slot = passphraseSlot(file);
  if (slot === undefined)
    throw new AppError('BAD_INPUT', 'These keys have no passphrase: they are opened by the system itself.');
  const derived = await keyFromPassphrase(passphrase, slot.kdf);
  const key = decrypt(derived, slot, boundToPassphrase(slot.kdf));
  if (key === null)
    throw new AppError('BAD_INPUT', 'That passphrase does not open the keys. Nothing was changed.');
  if (!isFrom(key, file)) throw damaged();
  return { key, via: 'passphrase', passphrase: { kdf: slot.kdf, key: derived }, isStale: false };
}

/** Asks the stores this host has, in their order. Null where none of them is set up; throws what the last one said. */
export async function openBySystem(file: VaultFile, keySlots: readonly KeySlot[]): Promise<OpenKey | null> {
  let trouble: unknown = null;
  for (const store of keySlots) {
    const slot = file.content.slots.find(({ kind }) => kind === store.kind);
    if (slot === undefined || slot.kind === 'passphrase') continue;
    try {
      return await unwrapped(file, store, slot.wrapped);
    } catch (error) {
      if (error instanceof AppError && error.code === 'VAULT_DAMAGED') throw error;
      trouble = error;
    }
  }
  if (trouble !== null) throw trouble;
  return null;
}

async function unwrapped(file: VaultFile, store: KeySlot, text: string): Promise<OpenKey> {
  const { key: bytes, isStale } = await store.unwrap(text);
  const key = Buffer.from(bytes);
  if (key.length !== 32 || !isFrom(key, file)) throw damaged();
  return { key, via: store.kind, passphrase: null, isStale };
}

/** Protects the key with every store of this host that protects for real, and can right now. */
export async function protectBySystem(key: Uint8Array, keySlots: readonly KeySlot[]): Promise<Slot[]> {
  const slots: Slot[] = [];
  for (const store of keySlots) {
    const wrapped = (await store.probe()).ok ? await store.wrap(key).catch(() => null) : null;
    if (wrapped !== null) slots.push({ kind: store.kind, wrapped });
  }
  return slots;
}

/** The first store of this host that protects for real, and why the others do not. */
export async function bestStore(
  keySlots: readonly KeySlot[],
): Promise<{ readonly kind: KeySlot['kind'] | null; readonly why: string | null }> {
  const reasons: string[] = [];
  for (const store of keySlots) {
    const probed = await store.probe();
    if (probed.ok) return { kind: store.kind, why: null };
    reasons.push(probed.why);
  }
  return { kind: null, why: reasons.join(' ') || null };
}

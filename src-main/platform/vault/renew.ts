import { AppError } from '../error.ts';
import type { Opened } from './access.ts';
import type { Slot } from './file.ts';
import { type OpenKey, protectByDerived, protectBySystem } from './slots.ts';
import type { KeySlot } from './vault.ts';

/** The ways in for a new data key: each that was there, and no other. Throws BAD_INPUT where one cannot be made here. */
export async function renewedSlots(
  key: Uint8Array,
  { content }: Opened,
  { keySlots, passphrase }: { keySlots: readonly KeySlot[]; passphrase: OpenKey['passphrase'] },
): Promise<Slot[]> {
  const before = content.slots.filter(({ kind }) => kind !== 'passphrase');
  const hasPassphrase = content.slots.length > before.length;
  if (hasPassphrase && passphrase === null)
    throw new AppError(
      'BAD_INPUT',
      'Type the passphrase too: it opens the new key as it opened the old one. Nothing was changed.',
      { data: { needsPassphrase: true } },
    );
  const bySystem = await protectBySystem(key, keySlots);
  const lost = before.filter(({ kind }) => !bySystem.some((slot) => slot.kind === kind));
  // What another host opens it with may go where a passphrase stays: the desktop app then asks for that once.
  const isRefused = lost.some(({ kind }) => !hasPassphrase || keySlots.some((store) => store.kind === kind));
  if (isRefused)
    throw new AppError(
      'BAD_INPUT',
      'The new key could not be handed to everything that opens the old one. Nothing was changed. Unlock the system’s keyring, or do it where the keys were first saved, then try again.',
      { data: { slots: lost.map(({ kind }) => kind) } },
    );
  return hasPassphrase && passphrase !== null ? [...bySystem, protectByDerived(key, passphrase)] : bySystem;
}

/** The same vault with ways in that this host has and the file lacks, or that want renewal: only where the system itself opened it. */
export async function withOwnSlots({ content, open }: Opened, keySlots: readonly KeySlot[]): Promise<Opened> {
  if (open.via === 'passphrase') return { content, open };
  const wanted = keySlots.filter(
    ({ kind }) => !content.slots.some((slot) => slot.kind === kind) || (open.isStale && open.via === kind),
  );
  if (wanted.length === 0) return { content, open };
  const added = await protectBySystem(open.key, wanted);
  const kept = content.slots.filter(({ kind }) => !added.some((slot) => slot.kind === kind));
  const isStale = open.isStale && !added.some(({ kind }) => kind === open.via);
  return { content: { ...content, slots: [...added, ...kept] }, open: { ...open, isStale } };
}

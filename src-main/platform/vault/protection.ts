import { AppError } from '../error.ts';
import type { Opened } from './access.ts';
import { newKey } from './cipher.ts';
import type { VaultFile } from './file.ts';
import { checkLength, type Keeping, makeVault } from './keeping.ts';
import { underKey } from './records.ts';
import { renewedSlots } from './renew.ts';
import {
  bestStore,
  type OpenKey,
  openByPassphrase,
  passphraseSlot,
  protectByPassphrase,
  protectBySystem,
} from './slots.ts';
import type { VaultState } from './vault.ts';

export interface PassphraseChange {
  readonly current?: string | undefined;
  readonly next: string | null;
}

/** Sets, changes or takes away the passphrase. The one before is asked for where nothing else opens the vault. */
export async function changePassphrase(keeping: Keeping, { current, next }: PassphraseChange): Promise<void> {
  if (next !== null) checkLength(next);
  const opened = await keeping.access.opened();
  const file = keeping.access.file();
  if (opened === null || file === null) {
    if (next !== null) await makeVault(keeping, next);
    return;
  }
  if (opened.open.via === 'passphrase') await openByPassphrase(file, current ?? '');
  if (next === null) return takePassphrase(keeping, opened);
  const { content, open } = opened;
  const { slot, derived } = await protectByPassphrase(open.key, next, keeping.scryptCost);
  const others = content.slots.filter(({ kind }) => kind !== 'passphrase');
  await keeping.access.save({ ...content, slots: [...others, slot] }, { ...open, passphrase: derived });
}

async function takePassphrase({ access, keySlots }: Keeping, { content, open }: Opened): Promise<void> {
  const others = content.slots.filter(({ kind }) => kind !== 'passphrase');
  const bySystem = open.via === 'passphrase' ? await protectBySystem(open.key, keySlots) : others;
  const via = open.via === 'passphrase' ? bySystem[0]?.kind : open.via;
  if (via === undefined)
    throw new AppError(
      'BAD_INPUT',
      'Nothing else protects the keys here, so the passphrase stays. Unlock the system’s keyring first, then try again.',
    );
  const foreign = others.filter(({ kind }) => !bySystem.some((slot) => slot.kind === kind));
  await access.save(
    { ...content, slots: [...bySystem, ...foreign] },
    { key: open.key, via, passphrase: null, isStale: open.isStale },
  );
}

/** Encrypts everything under a new data key, in one write: before it the old key opens the vault, after it the new. */
export async function rotateKey(keeping: Keeping, typed: string | undefined): Promise<void> {
  const { access, keySlots, clock } = keeping;
  const opened = await access.opened();
  const file = access.file();
  if (opened === null || file === null)
    throw new AppError('NOT_FOUND', 'No keys are kept on this disk yet, so there is nothing to renew.');
  const { content, open } = opened;
  const passphrase = await knownPassphrase(keeping, file, { open, typed });
  const key = newKey();
  const slots = await renewedSlots(key, opened, { keySlots, passphrase });
  const records = content.records.map((record) => underKey(record, open.key, key));
  const via = slots.some(({ kind }) => kind === open.via) ? open.via : 'passphrase';
  await access.save(
    { ...content, slots, records, rotatedAt: clock.now() },
    { key, via, passphrase, isStale: false },
  );
}

async function knownPassphrase(
  { env }: Keeping,
  file: VaultFile,
  { open, typed }: { open: OpenKey; typed: string | undefined },
): Promise<OpenKey['passphrase']> {
  const given = typed || env.LLMLAB_PASSPHRASE;
  if (open.passphrase !== null || !given || passphraseSlot(file) === undefined) return open.passphrase;
  return (await openByPassphrase(file, given)).passphrase;
}

/** How the vault stands. Opens it where that takes no one's help; never throws for one that cannot be opened. */
export async function stateOf(keeping: Keeping): Promise<VaultState> {
  const { access, session } = keeping;
  try {
    const opened = await access.opened();
    if (opened === null) return await stateWithoutFile(keeping);
    const { content, open } = opened;
    const slots = content.slots.map(({ kind }) => kind);
    const keys = content.records.length - 1 + session.size;
    return {
      ...{ protection: open.via, slots, isLocked: false, trouble: null, keys },
      rotatedAt: content.rotatedAt,
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return lockedState(keeping, error);
  }
}

async function stateWithoutFile({ keySlots, env, session }: Keeping): Promise<VaultState> {
  const { kind, why } = await bestStore(keySlots);
  const protection = kind ?? (env.LLMLAB_PASSPHRASE ? 'passphrase' : 'session');
  const trouble = protection === 'session' ? why : null;
  return { protection, slots: [], isLocked: false, trouble, keys: session.size, rotatedAt: null };
}

function lockedState({ access }: Keeping, error: AppError): VaultState {
  const content = contentOf(access.file);
  const slots = content?.slots.map(({ kind }) => kind) ?? [];
  // A vault that only waits for its passphrase is in no trouble.
  const isExpected = error.data?.isExpected === true;
  return {
    protection: slots[0] ?? 'session',
    slots,
    isLocked: true,
    trouble: isExpected ? null : error.message,
    keys: content === null ? 0 : content.records.length - 1,
    rotatedAt: content?.rotatedAt ?? null,
  };
}

function contentOf(file: () => VaultFile | null): VaultFile['content'] | null {
  try {
    return file()?.content ?? null;
  } catch {
    return null;
  }
}

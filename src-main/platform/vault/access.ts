import { AppError } from '../error.ts';
import type { Environment, Log } from '../ports.ts';
import type { VaultDisk } from './disk.ts';
import { isFrom, parseVault, textOf, type VaultContent, type VaultFile } from './file.ts';
import { type OpenKey, openByPassphrase, openBySystem, passphraseSlot } from './slots.ts';
import type { KeySlot, SlotKind } from './vault.ts';

/** A vault's file with the key that opens it. */
export interface Opened {
  readonly content: VaultContent;
  readonly open: OpenKey;
}

/** The vault's file as it lies there now, and its data key while it is open. */
export interface Access {
  /** Null where there is none. Throws VAULT_DAMAGED, VAULT_LOCKED (unreadable) or UNSUPPORTED (newer). */
  file(): VaultFile | null;
  /** Opens it with what this host has, where it is not open. Null where there is none; throws VAULT_LOCKED, VAULT_DAMAGED. */
  opened(): Promise<Opened | null>;
  /** The same where it is open already; null otherwise. */
  ifOpen(): Opened | null;
  /** Opens it with this passphrase; with an empty one, as the system does. */
  unlock(passphrase: string): Promise<void>;
  lock(): void;
  /** Writes a whole new file and goes on with its key. */
  save(content: VaultContent, open: OpenKey): Promise<void>;
}

export interface AccessOptions {
  readonly disk: VaultDisk;
  readonly keySlots: readonly KeySlot[];
  readonly env: Environment['env'];
  readonly log: Log;
}

const storeNames: Readonly<Record<SlotKind, string>> = {
  'safe-storage': "the desktop app's own store",
  keyring: "the system's keyring",
  passphrase: 'a passphrase',
};

const heldReason = 'The keys were locked here.';

export function createAccess({ disk, keySlots, env, log }: AccessOptions): Access {
  let seen: { readonly bytes: Buffer; readonly file: VaultFile } | null = null;
  let open: OpenKey | null = null;
  /** The user locked it: it stays so until the user opens it. */
  let isHeld = false;

  /** Read each time: a copy put back by hand counts from then on, and nothing is written over unseen. */
  const file = (): VaultFile | null => {
    const bytes = disk.read();
    if (bytes === null) seen = null;
    else if (seen === null || !seen.bytes.equals(bytes)) seen = { bytes, file: parseVault(bytes) };
    return seen?.file ?? null;
  };

  const forget = (): void => {
    open?.key.fill(0);
    open?.passphrase?.key.fill(0);
    open = null;
  };

  const openAnew = async (now: VaultFile): Promise<OpenKey> => {
    if (isHeld) throw lockedBy(now, heldReason);
    let reason: string | null = null;
    try {
      const bySystem = await openBySystem(now, keySlots);
      if (bySystem !== null) return bySystem;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'VAULT_LOCKED') throw error;
      reason = error.message;
      log.warn('the store that protects the keys did not open them', { reason });
    }
    const passphrase = env.LLMLAB_PASSPHRASE;
    if (passphrase === undefined || passphrase === '' || passphraseSlot(now) === undefined)
      throw lockedBy(now, reason);
    return openByPassphrase(now, passphrase).catch((error: unknown) => {
      const isWrong = error instanceof AppError && error.code === 'BAD_INPUT';
      throw isWrong ? lockedBy(now, 'The passphrase in LLMLAB_PASSPHRASE does not open the keys.') : error;
    });
  };

  const ifOpen = (): Opened | null => {
    const now = file();
    if (now === null || open === null) return null;
    if (isFrom(open.key, now)) return { content: now.content, open };
    forget();
    return null;
  };

  return {
    file,
    ifOpen,
    async opened() {
      const now = file();
      if (now === null) return null;
      const already = ifOpen();
      if (already !== null) return already;
      open = await openAnew(now);
      return { content: now.content, open };
    },
    async unlock(passphrase) {
      const now = file();
      if (now === null) return;
      if (passphrase !== '') {
        const opened = await openByPassphrase(now, passphrase);
        forget();
        open = opened;
      }
      isHeld = false;
      if (open === null) open = await openAnew(now);
    },
    lock() {
      forget();
      isHeld = true;
    },
    async save(content, next) {
      const text = textOf(content, next.key);
      await disk.write(text);
      const bytes = Buffer.from(text);
      seen = { bytes, file: parseVault(bytes) };
      if (open !== null && open.key !== next.key) open.key.fill(0);
      open = next;
      isHeld = false;
    },
  };
}

/** Why it cannot be opened and what would open it, as a VAULT_LOCKED. */
function lockedBy(file: VaultFile, reason: string | null): AppError {
  const slots = file.content.slots.map(({ kind }) => kind);
  const needsPassphrase = slots.includes('passphrase');
  const told = [reason ?? 'The keys are locked.', adviceFor(slots, reason)].join(' ');
  return new AppError('VAULT_LOCKED', told, {
    data: { slots, needsPassphrase, isExpected: reason === null ? needsPassphrase : reason === heldReason },
  });
}

function adviceFor(slots: readonly SlotKind[], reason: string | null): string {
  if (reason === heldReason && !slots.includes('passphrase')) return 'Unlock them to go on.';
  if (slots.includes('passphrase')) return 'Type the passphrase to open them.';
  const stores = slots.map((kind) => storeNames[kind]).join(' and ');
  const kept = `They are protected by ${stores} and were left as they are.`;
  return reason === null
    ? `${kept} Open LLMLab the way they were saved, and set a passphrase there to open them here too.`
    : kept;
}

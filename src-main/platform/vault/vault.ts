/** Whose secret, and which of its: `connection:3`, `adminKey`. */
export interface SecretName {
  readonly owner: string;
  readonly field: string;
}

/** What may be told of a secret: also while the vault is locked. */
export interface SecretHint extends SecretName {
  /** Its last four characters; fewer where it is short. */
  readonly endsWith: string;
  /** The only origin it may be sent to (`https://api.example.com`). */
  readonly origin: string;
  /** UTC ms. */
  readonly savedAt: number;
  /** Nothing protects it on disk, so it is forgotten when LLMLab ends. */
  readonly isSessionOnly: boolean;
}

export type SlotKind = 'safe-storage' | 'keyring' | 'passphrase';

export interface VaultState {
  readonly protection: SlotKind | 'session';
  readonly slots: readonly SlotKind[];
  readonly isLocked: boolean;
  /** Why it cannot be opened and what to do, in a sentence; null when all is well. */
  readonly trouble: string | null;
  readonly keys: number;
  /** When the data key was last made anew, UTC ms. */
  readonly rotatedAt: number | null;
}

/**
 * Keeps secrets encrypted in `vault.json` of the data folder under a data key that the system, or a passphrase, protects;
 * in memory alone where nothing does. Throws AppError VAULT_LOCKED where it must be opened first, VAULT_DAMAGED where the
 * file is not what was written.
 */
export interface Vault {
  state(): Promise<VaultState>;
  /** Throws BAD_INPUT where the passphrase is wrong. An empty one asks the system's own stores again. */
  unlock(passphrase: string): Promise<void>;
  lock(): void;
  /** Sets, changes or (null) takes away the passphrase. */
  setPassphrase(change: {
    readonly current?: string | undefined;
    readonly next: string | null;
  }): Promise<void>;
  /**
   * Encrypts everything under a new data key. Where a passphrase is set up but did not open it, the passphrase is needed.
   * Throws BAD_INPUT where a way to open it cannot be renewed here; nothing is changed then.
   */
  rotate(passphrase?: string): Promise<void>;
  /** All secrets as text that only this passphrase opens. */
  exportTo(passphrase: string): Promise<{ readonly text: string; readonly keys: number }>;
  /** Takes over what was exported; `skipped` were here already, or are not `wanted`. */
  importFrom(
    text: string,
    passphrase: string,
    wanted?: (secret: SecretName & { readonly origin: string }) => boolean,
  ): Promise<{ readonly added: number; readonly replaced: number; readonly skipped: number }>;
  put(name: SecretName, value: string, origin: string): Promise<void>;
  /** The secret, for sending to `origin`; null where there is none. Throws FORBIDDEN where it is bound to another origin. */
  get(name: SecretName, origin: string): Promise<string | null>;
  /** Forgets one field of an owner, or all. */
  remove(owner: string, field?: string): Promise<void>;
  hints(): readonly SecretHint[];
  /**
   * HMAC-SHA256 under a key only this vault has, which a new data key does not change, as hex. Null while it is locked or
   * has nothing that lasts; it opens nothing by itself.
   */
  seal(text: string): Promise<string | null>;
}

/** One way of protecting the data key: the system's own store or keyring. Hosts bring those they have. */
export interface KeySlot {
  readonly kind: Exclude<SlotKind, 'passphrase'>;
  /** Whether it protects for real, and if not why, as a sentence for the user. */
  probe(): Promise<{ readonly ok: true } | { readonly ok: false; readonly why: string }>;
  /** Text for the vault file from which only this store gives the key back. */
  wrap(key: Uint8Array): Promise<string>;
  /**
   * Throws VAULT_LOCKED, with a sentence for the user, where the store cannot be asked or does not know the key.
   * `isStale`: the store would protect it better now, so it wants to be wrapped anew.
   */
  unwrap(text: string): Promise<{ readonly key: Uint8Array; readonly isStale: boolean }>;
}

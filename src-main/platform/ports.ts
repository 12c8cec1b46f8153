import type { KeySlot } from './vault/vault.ts';

/** What the core needs from the machine; hosts and tests pass their own. */
export interface Clock {
  /** UTC ms. */
  now(): number;
}

export interface Log {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** One small JSON document of settings; unknown content is validated by the core. */
export interface SettingsFile {
  read(): Readonly<Record<string, unknown>>;
  write(values: Readonly<Record<string, unknown>>): void;
}

export interface Environment {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The machine's IANA zone, read anew at each call. */
  zone(): string;
}

/** Something in a watched folder came, went or changed. */
export interface FolderChange {
  /** `rename`: a name came or went; `change`: its content did. */
  readonly kind: 'rename' | 'change';
  /** Below the watched folder; null when the system does not say. */
  readonly name: string | null;
}

/** Tells when something in a folder changes. */
export interface FolderWatcher {
  /** Whether one watch can cover all folders below. */
  readonly seesBelow: boolean;
  /**
   * Watches a folder until `close`. Throws the system's error (ENOSPC, ENOENT, EMFILE …) when it cannot;
   * `failed` is called at most once, when it no longer can.
   */
  open(
    folder: string,
    below: boolean,
    on: { readonly changed: (change: FolderChange) => void; readonly failed: (error: unknown) => void },
  ): { close(): void };
}

export interface Timers {
  /** Calls back once, unless the returned function is called before. */
  after(delayMs: number, callback: () => void): () => void;
  /** Calls back again and again, until the returned function is called. */
  every(periodMs: number, callback: () => void): () => void;
}

/** What following logs takes, for a host that stays. */
export interface Following {
  readonly watcher: FolderWatcher;
  readonly timers: Timers;
  /** Only these tools; all that are known otherwise. */
  readonly tools?: readonly string[];
  /** Follows whatever the settings say, also logs never read before: the user asked for it on the spot. */
  readonly asked?: boolean;
}

/** Where a connection's requests may go. */
export interface NetworkPolicy {
  /** Origins; `*` stands for one label or part of one: `https://*.example.com`. */
  readonly origins: readonly string[];
  /** Whether the user said that this server is on their own machine or network: only then private addresses and plain http. */
  readonly isLocal: boolean;
}

/** Reaches servers; tests hand over one that reaches fake ones. */
export interface Network {
  /** A fetch that goes where the policy allows and nowhere else; refusals are thrown as AppError FORBIDDEN, failures as NETWORK. */
  open(policy: NetworkPolicy): typeof globalThis.fetch;
}

export interface Ports {
  readonly host: 'electron' | 'web' | 'cli';
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly environment: Environment;
  readonly settings: SettingsFile;
  /** Where the ledger lives; created when missing. */
  readonly dataDir: string;
  /** Where the bundled price supplement and sample data live. */
  readonly resourcesDir: string;
  readonly network: Network;
  readonly timers: Timers;
  /** What the host can protect the vault's data key with, best first. */
  readonly keySlots: readonly KeySlot[];
  /** `thread`: heavy work runs in a worker thread; `inline`: in this one (CLI, unit tests). */
  readonly heavyWork: 'thread' | 'inline';
}

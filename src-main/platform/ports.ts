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
  /** `thread`: heavy work runs in a worker thread; `inline`: in this one (CLI, unit tests). */
  readonly heavyWork: 'thread' | 'inline';
}

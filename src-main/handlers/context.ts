import type { Job } from '../../src-preload/contract/data.ts';
import type { CoreEvent } from '../../src-preload/contract/events.ts';
import type { RouteName, RouteOutput, RouteParsed } from '../../src-preload/contract/index.ts';
import type { Settings } from '../../src-preload/contract/settings.ts';
import type { Calls } from '../jobs/calls/calls.ts';
import type { ExportFile } from '../jobs/export.ts';
import type { ToolFollowing } from '../jobs/follow/standings.ts';
import type { Sync } from '../jobs/scheduler.ts';
import type { TaskInput, TaskName, TaskOutput } from '../jobs/tasks.ts';
import type { VendorsInCore } from '../jobs/vendors/create-vendors.ts';
import type { Zone } from '../ledger/day.ts';
import type { DebugLog } from '../platform/debug-log/debug-log.ts';
import type { Ports } from '../platform/ports.ts';
import type { Provider } from '../platform/provider.ts';
import type { Vault } from '../platform/vault/vault.ts';
import type { PriceBook } from '../pricing/index.ts';
import type { AuditHead } from '../store/audit.ts';
import type { ReadDb } from '../store/database.ts';

export interface Upload {
  readonly path: string;
  readonly fileName: string;
}

/** The append-only log of what the user changed. */
export interface Audit {
  /**
   * Writes down what was changed, before or after it is: resolves once the entry is on the disk. `details` name what
   * changed, with values that are no secrets.
   */
  record(action: string, subject: string, details?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Whether the kept seal is this vault's and right; null where that cannot be told: no seal, no key, another vault's. */
  isSealed(head: AuditHead): Promise<boolean | null>;
  /** Resolves once everything recorded so far is written. */
  settled(): Promise<void>;
}

/** What handlers share: the read connection, the writer behind its job board, settings and the host's files. */
export interface HandlerContext {
  readonly ports: Ports;
  readonly db: () => ReadDb;
  readonly settings: { read(): Settings; save(changes: Partial<Settings>): Settings };
  /** The chosen zone, and the name of the one the rollups were built in. */
  readonly zone: () => { zone: Zone; rollupZone: string };
  readonly prices: () => PriceBook;
  readonly run: <N extends TaskName>(
    task: N,
    input: TaskInput<N>,
    facts: { kind: Job['kind']; title: string; ref?: string | undefined; isQuiet?: boolean },
  ) => Promise<TaskOutput<N>>;
  /** How a tool's logs are followed by this host; null when it follows none. */
  readonly following: (tool: string) => ToolFollowing | null;
  readonly jobs: { list(): readonly Job[]; cancel(id: string): void };
  readonly emit: (event: CoreEvent) => void;
  readonly uploads: ReadonlyMap<string, Upload>;
  /** Removes an upload and its file: what was imported need not lie around twice. */
  readonly dropUpload: (uploadId: string) => void;
  readonly exports: Map<string, ExportFile>;
  readonly notices: () => { code: string; message: string }[];
  /** The vendors there are. */
  readonly providers: readonly Provider[];
  readonly vault: Vault;
  readonly audit: Audit;
  readonly vendors: VendorsInCore;
  readonly calls: Calls;
  readonly sync: Sync;
  readonly debugLog: DebugLog;
  /** Closes the ledger, swaps the file and opens it again. */
  readonly restore: (path: string) => Promise<{ kept: string; records: number }>;
}

/** One handler per route of the contract: parsed input in, the route's output back. Expected trouble is thrown as AppError. */
export type Handlers<R extends RouteName = RouteName> = {
  readonly [K in R]: (
    input: RouteParsed<K>,
    context: HandlerContext,
  ) => RouteOutput<K> | Promise<RouteOutput<K>>;
};

/** The routes of one namespace. */
export type Namespace<P extends string> = Extract<RouteName, `${P}.${string}`>;

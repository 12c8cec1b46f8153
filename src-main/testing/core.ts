import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RouteInput, RouteName, RouteOutput } from '../../src-preload/contract/index.ts';
import { contract } from '../../src-preload/contract/index.ts';
import { type Core, createCore } from '../core/index.ts';
import { AppError } from '../platform/error.ts';
import type { Ports } from '../platform/ports.ts';
import type { Provider } from '../platform/provider.ts';
import { offline } from './offline.ts';

export const resourcesDir = join(import.meta.dirname, '../../resources');
export const samplesDir = join(import.meta.dirname, 'fixtures/samples');

/** A core on a data folder of its own, with a clock the test holds, and a home folder nothing else writes to. */
export interface TestCore extends AsyncDisposable {
  readonly core: Core;
  readonly dir: string;
  readonly home: string;
  readonly dataDir: string;
  readonly env: Record<string, string | undefined>;
  now: number;
  /** Calls a route, checks the reply against the contract's output schema and returns it; throws AppError on failure. */
  call<R extends RouteName>(route: R, input: RouteInput<R>): Promise<RouteOutput<R>>;
  /** Stops and starts again on the same folder, as a person would the next day. */
  restart(): Promise<void>;
}

export interface TestCoreOptions {
  readonly now?: number;
  readonly zone?: string;
  /** For a machine that travels. */
  readonly zoneOf?: () => string;
  readonly heavyWork?: Ports['heavyWork'];
  /** Where requests to vendors go; nowhere otherwise. */
  readonly network?: Ports['network'];
  readonly timers?: Ports['timers'];
  readonly keySlots?: Ports['keySlots'];
  /** The vendors there are; all that LLMLab knows otherwise. */
  readonly providers?: readonly Provider[];
}

const quiet = { info: () => undefined, warn: () => undefined };

export async function startTestCore(options: TestCoreOptions = {}): Promise<TestCore> {
  const dir = mkdtempSync(join(tmpdir(), 'llmlab-test-'));
  const home = join(dir, 'home');
  mkdirSync(home);
  const env: Record<string, string | undefined> = {};
  const state = { now: options.now ?? Date.UTC(2026, 10, 20, 12) };
  let saved: Readonly<Record<string, unknown>> = {};
  const errors: string[] = [];
  const ports: Ports = {
    host: 'cli',
    version: '0.0.0-test',
    clock: { now: () => state.now },
    log: { ...quiet, error: (message, facts) => void errors.push(`${message} ${JSON.stringify(facts)}`) },
    environment: { platform: 'linux', home, env, zone: options.zoneOf ?? (() => options.zone ?? 'UTC') },
    settings: {
      read: () => saved,
      write(values) {
        saved = values;
      },
    },
    dataDir: join(dir, 'data'),
    resourcesDir,
    ...offline(),
    ...(options.network === undefined ? {} : { network: options.network }),
    ...(options.timers === undefined ? {} : { timers: options.timers }),
    ...(options.keySlots === undefined ? {} : { keySlots: options.keySlots }),
    heavyWork: options.heavyWork ?? 'inline',
  };
  const extras = options.providers === undefined ? {} : { providers: options.providers };
  let core = createCore(ports, extras);
  await core.start();
  const caller = { trusted: true, label: 'test' };
  return {
    get core() {
      return core;
    },
    dir,
    home,
    dataDir: ports.dataDir,
    env,
    get now() {
      return state.now;
    },
    set now(value) {
      state.now = value;
    },
    async call(route, input) {
      const result = await core.call(route, input, caller);
      if (!result.ok)
        throw new AppError(result.error.code, `${result.error.message} ${errors.join(' ')}`, {
          data: result.error.data ?? {},
        });
      contract[route].output.parse(result.data);
      return result.data;
    },
    async restart() {
      await core.stop();
      core = createCore(ports, extras);
      await core.start();
    },
    async [Symbol.asyncDispose]() {
      await core.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

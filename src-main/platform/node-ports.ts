import { join } from 'node:path';
import { appRoot } from './app-root.ts';
import { dataDirOf } from './data-dir.ts';
import { nodeEnvironment } from './environment.ts';
import { nodeTimers } from './following.ts';
import { createLog, writeToFile } from './log.ts';
import { createNetwork } from './network/network.ts';
import type { Clock, Environment, Ports, SettingsFile } from './ports.ts';
import { settingsFile } from './settings-file.ts';
import { keyringSlot } from './vault/keyring.ts';
import type { KeySlot } from './vault/vault.ts';

export interface NodePortsOptions {
  readonly host: Ports['host'];
  readonly heavyWork: Ports['heavyWork'];
  /** As given on the command line; `LLMLAB_DATA_DIR` or the system's convention otherwise. */
  readonly dataDir?: string | undefined;
  /** The environment variables to read; the process's own otherwise. */
  readonly env?: Environment['env'];
  /** The host's own settings document (the desktop's electron-store); `conf` in the data folder otherwise. */
  readonly settings?: SettingsFile;
  /** What the host itself can protect keys with; before the system's keyring. */
  readonly keySlots?: readonly KeySlot[];
}

/**
 * The ports every host has in common. Events are logged to `logs/llmlab.log` in the data folder, or to stderr
 * with `LLMLAB_LOG=stderr`; either way one line each, with secrets taken out.
 */
export function nodePorts({
  host,
  heavyWork,
  dataDir: asked,
  env,
  settings,
  keySlots = [],
}: NodePortsOptions): Ports {
  const clock: Clock = { now: Date.now };
  const environment = nodeEnvironment(env);
  const dataDir = dataDirOf(environment, asked);
  const root = appRoot();
  const log = createLog(
    clock,
    environment.env.LLMLAB_LOG === 'stderr'
      ? (line) => process.stderr.write(line)
      : writeToFile({ path: join(dataDir, 'logs', 'llmlab.log') }),
  );
  return {
    host,
    version: root.version,
    clock,
    log,
    environment,
    settings: settings ?? settingsFile({ dataDir, clock, log }),
    dataDir,
    resourcesDir: join(root.dir, 'resources'),
    network: createNetwork({ env: environment.env }),
    timers: nodeTimers,
    // None is asked before a key is saved or needed; who wants a passphrase and nothing else can have that.
    keySlots:
      environment.env.LLMLAB_KEYRING === 'off' ? [] : [...keySlots, keyringSlot({ dataDir, environment })],
    heavyWork,
  };
}

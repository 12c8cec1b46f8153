import { existsSync, readFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Clock, Log, SettingsFile } from './ports.ts';

/** Name of the settings document in the data folder, without `.json`: the desktop's electron-store uses it too. */
const settingsName = 'settings';

export interface SettingsPlace {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Settings in one JSON file, written by `conf` (atomically, in electron-store's format). Where it is no JSON object the
 * defaults take over, and the first write puts it aside under a dated name: nothing a person wrote is thrown away.
 */
export function settingsFile({ dataDir, clock, log }: SettingsPlace): SettingsFile {
  const path = join(dataDir, `${settingsName}.json`);
  let isToldDamaged = false;
  /** Null where the file is damaged. */
  const read = () => (existsSync(path) ? objectIn(readFileSync(path, 'utf8')) : {});
  return {
    read: () => {
      const values = read();
      if (values === null && !isToldDamaged) log.warn('the settings file cannot be read: defaults take over');
      isToldDamaged = values === null;
      return values ?? {};
    },
    write: (values) => {
      if (read() === null) {
        const aside = join(dataDir, `${settingsName}.damaged-${clock.now()}.json`);
        renameSync(path, aside);
        log.warn('the damaged settings file was put aside', { aside });
      }
      // Loading conf takes 90 ms, most of a CLI call; only a write needs it.
      const { default: Conf } = createRequire(import.meta.url)('conf') as typeof import('conf');
      new Conf({
        cwd: dataDir,
        configName: settingsName,
        projectName: 'llmlab',
        configFileMode: 0o600,
      }).store = { ...values };
    },
  };
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

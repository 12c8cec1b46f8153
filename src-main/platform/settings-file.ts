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
 * Settings in one JSON file, written by `conf` (atomically, in electron-store's format). A file that is no JSON
 * object is put aside under a dated name and the defaults take over: nothing a person wrote is thrown away.
 */
export function settingsFile({ dataDir, clock, log }: SettingsPlace): SettingsFile {
  const path = join(dataDir, `${settingsName}.json`);
  return {
    read: () => {
      if (!existsSync(path)) return {};
      const values = objectIn(readFileSync(path, 'utf8'));
      if (values !== null) return values;
      const aside = join(dataDir, `${settingsName}.damaged-${clock.now()}.json`);
      renameSync(path, aside);
      log.warn('settings file could not be read and was put aside', { aside });
      return {};
    },
    write: (values) => {
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

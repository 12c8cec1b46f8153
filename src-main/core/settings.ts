import { type Settings, settings as schema } from '../../src-preload/contract/settings.ts';
import type { TaskSettings } from '../jobs/context.ts';
import { isZone } from '../ledger/day.ts';
import { AppError } from '../platform/error.ts';
import type { Ports } from '../platform/ports.ts';

const defaults: Settings = {
  currency: 'USD',
  fxRates: [],
  zone: 'system',
  weekStart: 'monday',
  theme: 'system',
  closeToTray: true,
  openAtLogin: false,
  backups: { enabled: true },
  followLogs: true,
  logFolders: {},
  modelAliases: {},
  debugLog: 'off',
};

/** Settings as saved; a value this version cannot use falls back to its default without touching the others. */
export function readSettings(ports: Ports): Settings {
  const saved = ports.settings.read();
  const entries = Object.entries(schema.shape).flatMap(([key, field]) => {
    const parsed = field.safeParse(saved[key]);
    return parsed.success && parsed.data !== undefined ? [[key, parsed.data]] : [];
  });
  return { ...defaults, ...Object.fromEntries(entries) };
}

/** The IANA zone figures are bucketed in. */
export function zoneOf(settings: Settings, ports: Ports): string {
  const zone = settings.zone === 'system' ? ports.environment.zone() : settings.zone;
  return isZone(zone) ? zone : 'UTC';
}

function check(changes: Partial<Settings>): void {
  if (changes.zone !== undefined && changes.zone !== 'system' && !isZone(changes.zone))
    throw new AppError(
      'BAD_INPUT',
      `"${changes.zone}" is not a time zone this machine knows. Use a name such as Europe/Berlin or UTC.`,
    );
  const zero = changes.fxRates?.find((rate) => /^0+(\.0+)?$/.test(rate.usdPerUnit));
  if (zero !== undefined)
    throw new AppError('BAD_INPUT', `The rate of ${zero.currency} must be more than zero.`);
}

export function saveSettings(ports: Ports, changes: Partial<Settings>): Settings {
  check(changes);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const next = { ...readSettings(ports), ...given };
  ports.settings.write(next);
  return next;
}

export function taskSettings(ports: Ports): TaskSettings {
  const settings = readSettings(ports);
  return { zone: zoneOf(settings, ports), rates: settings.fxRates, logFolders: settings.logFolders };
}

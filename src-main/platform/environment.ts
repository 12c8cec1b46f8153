import { homedir } from 'node:os';
import type { Environment } from './ports.ts';

/** This machine as Node sees it. Systems other than macOS and Windows are treated as Linux. */
export function nodeEnvironment(env: Environment['env'] = process.env): Environment {
  const { platform } = process;
  return {
    platform: platform === 'darwin' || platform === 'win32' ? platform : 'linux',
    home: homedir(),
    env,
    zone: systemZone,
  };
}

/** The machine's IANA zone now, not the one at start: a laptop travels while a tray app keeps running. */
function systemZone(): string {
  // Node drops its cached zone whenever TZ is written or deleted, also when it was not set.
  const { TZ } = process.env;
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone && zone !== 'Etc/Unknown' ? zone : 'UTC';
}

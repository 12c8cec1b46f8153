import { nodeTimers } from '../../platform/following.ts';
import type { Ports } from '../../platform/ports.ts';
import { offline } from '../offline.ts';

export interface HostPlace {
  readonly dataDir: string;
  readonly home: string;
  readonly resourcesDir: string;
  readonly heavyWork: Ports['heavyWork'];
}

/** Ports of a host that is not a test's own process: its clock is the machine's. */
export function hostPorts({ dataDir, home, resourcesDir, heavyWork }: HostPlace): Ports {
  const quiet = () => undefined;
  return {
    host: 'cli',
    version: '0.0.0-test',
    clock: { now: Date.now },
    log: {
      info: quiet,
      warn: quiet,
      error: (message, facts) => console.error(message, JSON.stringify(facts)),
    },
    environment: { platform: 'linux', home, env: {}, zone: () => 'UTC' },
    settings: { read: () => ({}), write: quiet },
    ...offline(),
    timers: nodeTimers,
    dataDir,
    resourcesDir,
    heavyWork,
  };
}

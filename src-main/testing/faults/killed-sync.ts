import { createCore } from '../../core/index.ts';
import { testProvider } from '../vendors/test-provider.ts';
import { type HostPlace, hostPorts } from './host-ports.ts';

/** What a host that syncs until it is killed is started with. */
export interface SyncingHost extends HostPlace {
  /** The fake vendor's origin. */
  readonly origin: string;
  readonly passphrase: string;
  readonly now: number;
}

/** A core on a data folder that reads the made-up vendor, here or in a process of its own. */
export function syncingCore({ origin, passphrase, now, ...place }: SyncingHost) {
  const ports = hostPorts(place);
  return createCore(
    {
      ...ports,
      clock: { now: () => now },
      environment: { ...ports.environment, env: { LLMLAB_PASSPHRASE: passphrase } },
      network: { open: () => globalThis.fetch },
    },
    { providers: [testProvider({ baseUrl: `${origin}/v1` })] },
  );
}

async function run(host: SyncingHost): Promise<void> {
  const core = syncingCore(host);
  await core.start();
  await core.call('sync.run', {}, { trusted: true, label: 'test' });
  // Waits for its end.
  setInterval(() => undefined, 60_000);
}

const orders = process.argv[2];
if (import.meta.main && orders !== undefined) await run(JSON.parse(orders) as SyncingHost);

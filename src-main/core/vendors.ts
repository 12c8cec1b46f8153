import type { HandlerContext } from '../handlers/context.ts';
import { createSync } from '../jobs/scheduler.ts';
import { createVendors } from '../jobs/vendors/create-vendors.ts';
import { createDebugLog } from '../platform/debug-log/debug-log.ts';
import { createVault } from '../platform/vault/create-vault.ts';
import { createAudit } from './audit.ts';
import { createCoreCalls } from './calls.ts';

/** What it takes to reach vendors: keys, the way to them, calls to their models, what is read of them, and a look at what passes. */
export type Reach = Pick<
  HandlerContext,
  'providers' | 'vault' | 'audit' | 'vendors' | 'calls' | 'sync' | 'debugLog'
>;

type Needs = Pick<HandlerContext, 'ports' | 'db' | 'prices' | 'run' | 'settings' | 'emit' | 'providers'>;

const quiet = { kind: 'sync', title: 'Reading vendors', isQuiet: true } as const;

/** Nothing is opened, asked or sent before it is needed: a core that reaches no vendor starts as fast as without. */
export function createReach(needs: Needs): Reach {
  const { ports, db, emit, run, providers } = needs;
  const { clock, dataDir, environment, keySlots, log } = ports;
  const debugLog = createDebugLog({ clock, dataDir, level: () => needs.settings.read().debugLog });
  const vault = createVault({ dataDir, keySlots, env: environment.env, clock, log });
  const changed = (): void => emit({ kind: 'connections.changed' });
  const vendors = createVendors({
    ports: { ...ports, debugLog },
    ...{ vault, providers, db, changed },
    writeRequests: (rows) => run('noteRequests', { rows }, quiet),
  });
  const sync = createSync({
    ...{ ports, providers, vault, vendors, db, changed },
    run: (task, input) => run(task, input, quiet),
    ledgerChanged: () => emit({ kind: 'ledger.changed' }),
  });
  const audit = createAudit({ ports, db, run, vault });
  return { providers, vault, audit, vendors, debugLog, sync, calls: createCoreCalls({ ...needs, vendors }) };
}

/** Breaks off what is being read and writes down how requests went: before the ledger is closed. */
export async function endReach({ sync, vendors, audit }: Reach): Promise<void> {
  await sync.stop();
  await vendors.flush();
  await audit.settled();
}

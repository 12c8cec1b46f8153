import type { HandlerContext } from '../handlers/context.ts';
import type { Calls } from '../jobs/calls/calls.ts';
import { createVendors, type VendorsInCore } from '../jobs/vendors/create-vendors.ts';
import { createDebugLog, type DebugLog } from '../platform/debug-log/debug-log.ts';
import { createVault } from '../platform/vault/create-vault.ts';
import type { Vault } from '../platform/vault/vault.ts';
import { providers } from '../providers/index.ts';
import { createCoreCalls } from './calls.ts';

/** What it takes to reach vendors: keys, the way to them, calls to their models, and a look at what passes. */
export interface Reach {
  readonly vault: Vault;
  readonly vendors: VendorsInCore;
  readonly calls: Calls;
  readonly debugLog: DebugLog;
}

type Needs = Pick<HandlerContext, 'ports' | 'db' | 'prices' | 'run' | 'settings' | 'emit'>;

/** Nothing is opened, asked or sent before it is needed: a core that reaches no vendor starts as fast as without. */
export function createReach(needs: Needs): Reach {
  const { ports, db, emit } = needs;
  const { clock, dataDir, environment, keySlots, log } = ports;
  const debugLog = createDebugLog({ clock, dataDir, level: () => needs.settings.read().debugLog });
  const vault = createVault({ dataDir, keySlots, env: environment.env, clock, log });
  const vendors = createVendors({
    ports: { ...ports, debugLog },
    vault,
    providers,
    db,
    writeRequests: (rows) =>
      needs.run('noteRequests', { rows }, { kind: 'sync', title: 'Noting requests', isQuiet: true }),
    changed: () => emit({ kind: 'connections.changed' }),
  });
  return { vault, vendors, debugLog, calls: createCoreCalls({ ...needs, vendors }) };
}

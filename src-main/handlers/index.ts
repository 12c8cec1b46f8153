import { activityHandlers } from './activity.ts';
import { appHandlers } from './app.ts';
import { auditHandlers } from './audit.ts';
import { balancesHandlers } from './balances.ts';
import { callsHandlers } from './calls.ts';
import { connectionsHandlers } from './connections.ts';
import type { Handlers } from './context.ts';
import { dataHandlers } from './data.ts';
import { debugLogHandlers } from './debug-log.ts';
import { healthHandlers } from './health.ts';
import { importsHandlers } from './imports.ts';
import { modelsHandlers } from './models.ts';
import { pricesHandlers } from './prices.ts';
import { providersHandlers } from './providers.ts';
import { reconcileHandlers } from './reconcile.ts';
import { reportHandlers } from './report.ts';
import { scanHandlers } from './scan.ts';
import { settingsHandlers } from './settings.ts';
import { sourcesHandlers } from './sources.ts';
import { syncHandlers } from './sync.ts';
import { vaultHandlers } from './vault.ts';

/** Every route has its handler and no handler is without a route: the type closes both ways. */
export const handlers: Handlers = {
  ...appHandlers,
  ...settingsHandlers,
  ...reportHandlers,
  ...activityHandlers,
  ...importsHandlers,
  ...scanHandlers,
  ...sourcesHandlers,
  ...pricesHandlers,
  ...dataHandlers,
  ...providersHandlers,
  ...connectionsHandlers,
  ...syncHandlers,
  ...balancesHandlers,
  ...healthHandlers,
  ...callsHandlers,
  ...debugLogHandlers,
  ...modelsHandlers,
  ...vaultHandlers,
  ...auditHandlers,
  ...reconcileHandlers,
};

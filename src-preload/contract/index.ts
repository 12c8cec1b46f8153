import type { z } from 'zod';
import { activityRoutes } from './activity.ts';
import { appRoutes } from './app.ts';
import { callsRoutes } from './calls.ts';
import { connectionsRoutes } from './connections.ts';
import { dataRoutes } from './data.ts';
import { debugLogRoutes } from './debug-log.ts';
import { importsRoutes } from './imports.ts';
import { pricesRoutes } from './prices.ts';
import { reconcileRoutes } from './reconcile.ts';
import { reportRoutes } from './report.ts';
import { scanRoutes } from './scan.ts';
import { settingsRoutes } from './settings.ts';
import { sourcesRoutes } from './sources.ts';
import { vaultRoutes } from './vault.ts';

/** Every call a host or the window can make. A new one is a row in its namespace's file and a handler. */
export const contract = {
  ...appRoutes,
  ...settingsRoutes,
  ...reportRoutes,
  ...activityRoutes,
  ...importsRoutes,
  ...scanRoutes,
  ...sourcesRoutes,
  ...pricesRoutes,
  ...dataRoutes,
  ...connectionsRoutes,
  ...callsRoutes,
  ...debugLogRoutes,
  ...vaultRoutes,
  ...reconcileRoutes,
};

export type Contract = typeof contract;
export type RouteName = keyof Contract;
/** What a caller gives (before defaults) and what a handler receives (after parsing). */
export type RouteInput<R extends RouteName> = z.input<Contract[R]['input']>;
export type RouteParsed<R extends RouteName> = z.output<Contract[R]['input']>;
export type RouteOutput<R extends RouteName> = z.output<Contract[R]['output']>;

import { ledger } from './0001-ledger.ts';
import { facets } from './0002-facets.ts';
import { coarseRollups } from './0003-coarse-rollups.ts';
import { connections } from './0005-connections.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [ledger, facets, coarseRollups, connections];

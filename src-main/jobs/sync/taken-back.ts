import type { Importer } from '../../platform/importer.ts';
import { connectionsOf, pauseConnection } from '../../store/connections.ts';
import type { WriteDb } from '../../store/database.ts';
import type { ImportRow } from '../../store/imports.ts';
import { sourceById } from '../../store/sources.ts';
import { forgetCoverage } from '../../store/sync-states.ts';
import { providerOfSync } from '../move-synced.ts';

/** How what was read of a vendor merges; undefined for other sources. */
export function syncedMergeRule(importer: string): Importer['merge'] | undefined {
  return importer.startsWith('sync:') ? 'last' : undefined;
}

/**
 * After a day's readings were taken back: the connections that made them are paused, or the next reading would bring
 * them again within the hour, and once they go on (or are asked) all is read anew.
 */
export function holdSynced(db: WriteDb, row: Pick<ImportRow, 'kind' | 'importer' | 'source_id'>): void {
  const source = row.kind === 'sync' && row.source_id !== null ? sourceById(db, row.source_id) : undefined;
  if (source === undefined) return;
  for (const { id } of connectionsOf(db, source.account_id, providerOfSync(row.importer))) {
    pauseConnection(db, id, true);
    forgetCoverage(db, id, row.importer.split(':')[2] ?? '');
  }
}

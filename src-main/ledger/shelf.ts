import type { PriceBook } from '../pricing/index.ts';
import type { WriteDb } from '../store/database.ts';
import { createFacets, type StoredFacet } from '../store/facets.ts';
import { createNameReader, createNames } from '../store/names.ts';
import { type Observation, observationTable } from '../store/observations.ts';
import { recordTable, type StoredRecord } from '../store/records.ts';
import { createRollups, type Summed } from '../store/rollups.ts';
import { type Content, grains, parseContentText } from './content.ts';
import { createCosts, type FxRate } from './cost.ts';
import { utcDay, type Zone } from './day.ts';
import { createFacetMaker, createRowMaker, type MadeRow, type RowOwner } from './row.ts';
import type { Said, Sayer } from './saying.ts';

export interface BookOptions {
  readonly zone: Zone;
  readonly prices: PriceBook;
  readonly rates: readonly FxRate[];
}

const dayGrain = grains.indexOf('day');

/** The tables a book writes, with every record counted as it comes and goes. */
export type Shelf = ReturnType<typeof createShelf>;

export function createShelf(db: WriteDb, options: BookOptions) {
  const names = createNames(db);
  const nameOf = createNameReader(db);
  const records = recordTable(db);
  const facets = createFacets(db);
  const observations = observationTable(db);
  const rollups = createRollups(db);
  const costOf = createCosts(options.prices, options.rates);
  const sums = new Map<number, { costNanoUsd: number; unpriced: number }>();
  const making = { names, facets, prices: options.prices };
  const makeRow = createRowMaker({ ...making, costOf });
  const facetOf = createFacetMaker(making);
  const toRow = (content: Content, own: RowOwner): MadeRow => makeRow(content, own, content.evidence);

  const sumOf = (importId: number): { costNanoUsd: number; unpriced: number } => {
    const known = sums.get(importId);
    if (known !== undefined) return known;
    const sum = { costNanoUsd: 0, unpriced: 0 };
    sums.set(importId, sum);
    return sum;
  };

  const count = (
    facet: StoredFacet,
    row: Summed & { readonly at: number; readonly import_id: number },
    sign: 1 | -1,
  ): void => {
    const day = utcDay(row.at);
    const standsForDay = facet.grain >= dayGrain;
    rollups.count(facet, row, day, standsForDay ? { day, hour: null } : options.zone.at(row.at), sign);
    const sum = sumOf(row.import_id);
    sum.costNanoUsd += sign * (row.cost_nano_usd ?? 0);
    if (facet.cost_state === 0) sum.unpriced += sign;
  };

  const replace = (old: StoredRecord, { row, facet }: MadeRow): void => {
    count(facets.byId(old.facet_id), old, -1);
    records.update(old.id, row);
    count(facet, row, 1);
  };

  const placeOf = ({ importId, file, line }: Sayer, sourceId: number) => ({
    import_id: importId,
    source_id: sourceId,
    file_id: names.idOf(file),
    line,
  });

  const saidIn = (seen: Observation, before: Content): Said => ({
    content: seen.body === null ? before : parseContentText(seen.body),
    sourceId: seen.source_id,
  });

  return {
    names,
    nameOf,
    facetOf,
    records,
    facets,
    observations,
    rollups,
    costOf,
    makeRow,
    toRow,
    sumOf,
    count,
    replace,
    placeOf,
    saidIn,
  };
}

import type { Importer } from '../platform/importer.ts';
import type { WriteDb } from '../store/database.ts';
import type { StoredRecord } from '../store/records.ts';
import { contentOf, contentText } from './content.ts';
import { joinSayings } from './saying.ts';
import type { Shelf } from './shelf.ts';

/** Takes an import back; what other imports said of the same charges comes forward again. */
export type UndoImport = (
  importId: number,
  mergeOf: (sourceId: number) => Importer['merge'],
) => { removed: number; restored: number };

/** The records an import brought lie in the range of ids it wrote; those it only spoke of are among its observations. */
const own = `import_id = @id AND id BETWEEN (SELECT first_record FROM imports WHERE id = @id)
  AND (SELECT last_record FROM imports WHERE id = @id)`;
const unshared = `${own} AND NOT EXISTS (SELECT 1 FROM observations o WHERE o.record_id = records.id)`;

export function createUndo(db: WriteDb, shelf: Shelf): UndoImport {
  const { nameOf, records, facets, observations, count, replace, toRow, saidIn } = shelf;
  const ownRecords = db.prepare(`SELECT * FROM records WHERE ${unshared}`);
  const removeOwn = db.prepare(`DELETE FROM records WHERE ${unshared}`);
  const ownIds = db.prepare(`SELECT id FROM records WHERE ${own}`).pluck();

  const undoRecord = (
    id: number,
    importId: number,
    mergeOf: (sourceId: number) => Importer['merge'],
  ): 'removed' | 'restored' | 'kept' => {
    const old = records.byId(id);
    if (old === undefined) return 'kept';
    const before = contentOf(old, nameOf);
    observations.remove(id, importId);
    const rest = observations.ofRecord(id);
    const first = rest[0];
    if (first === undefined && old.import_id === importId) {
      records.remove(id);
      count(facets.byId(old.facet_id), old, -1);
      return 'removed';
    }
    if (first === undefined) return 'kept';
    const ownerSaid = old.import_id !== importId && !rest.some((o) => o.import_id === old.import_id);
    const said = rest.map((seen) => saidIn(seen, before));
    // An owner without an observation of its own said exactly what the record held before anything changed it.
    const sayings = ownerSaid ? [{ content: before, sourceId: old.source_id }, ...said] : said;
    const rule = mergeOf(old.source_id);
    const folded = sayings.reduce((a, b) => joinSayings(rule, a, b));
    const { import_id, file_id, line } = ownerSaid ? old : first;
    const owner = { import_id, source_id: folded.sourceId, file_id, line };
    // A new owner keeps its observation: by it the record is found outside the range of that import's own ids.
    observations.pin(id, contentText(before));
    const isSame =
      contentText(folded.content) === contentText(before) &&
      import_id === old.import_id &&
      folded.sourceId === old.source_id;
    if (isSame) return 'kept';
    replace(old, toRow(folded.content, { ...old, ...owner }));
    return 'restored';
  };

  /** The records of an import that nothing else speaks of go all at once. */
  const removeUnshared = (importId: number): number => {
    const rows = ownRecords.iterate({ id: importId }) as IterableIterator<StoredRecord>;
    let removed = 0;
    for (const row of rows) {
      count(facets.byId(row.facet_id), row, -1);
      removed++;
    }
    removeOwn.run({ id: importId });
    return removed;
  };

  return (importId, mergeOf) => {
    let removed = removeUnshared(importId);
    let restored = 0;
    const shared = new Set([
      ...(ownIds.all({ id: importId }) as number[]),
      ...observations.recordsOf(importId),
    ]);
    for (const id of shared) {
      const outcome = undoRecord(id, importId, mergeOf);
      if (outcome === 'removed') removed++;
      if (outcome === 'restored') restored++;
    }
    return { removed, restored };
  };
}

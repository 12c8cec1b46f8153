import type { Importer } from '../platform/importer.ts';
import type { ImportedRecord } from '../platform/record.ts';
import type { PriceBook } from '../pricing/index.ts';
import type { WriteDb } from '../store/database.ts';
import { createFacets, type StoredFacet } from '../store/facets.ts';
import { createNameReader, createNames } from '../store/names.ts';
import { type Observation, observationTable } from '../store/observations.ts';
import { type Key, recordTable, type StoredRecord } from '../store/records.ts';
import { createRollups, type Summed } from '../store/rollups.ts';
import { type Content, contentOf, contentText, grains, parseContentText } from './content.ts';
import { type Cost, createCosts, type FxRate } from './cost.ts';
import { utcDay, type Zone } from './day.ts';
import { type Identity, keyOf } from './identity.ts';
import { addParts, mergeContents } from './merge.ts';
import { createRowMaker, type MadeRow, type RowOwner } from './row.ts';
import { settleWitnesses } from './witness.ts';

export interface BookOptions {
  readonly zone: Zone;
  readonly prices: PriceBook;
  readonly rates: readonly FxRate[];
}

export type Outcome = 'accepted' | 'updated' | 'duplicate';

export interface Entry {
  readonly importId: number;
  readonly sourceId: number;
  readonly importer: Pick<Importer, 'evidence' | 'merge'>;
  readonly identity: Identity;
  readonly line: number;
  /** Path of the log file it stands in. */
  readonly file?: string | undefined;
  /** Another saying of this very import is another part of the charge, not the same said again. */
  readonly addsUp?: boolean;
  /** False for a log read again: that it says the same once more is no claim of its own. */
  readonly claims: boolean;
  readonly record: ImportedRecord;
  /** Told once whether the saying was new; at the latest when the book is settled. */
  readonly settled: (outcome: Outcome) => void;
}

/** Cost and unpriced records of what one import brought. */
export interface Brought {
  readonly costNanoUsd: number;
  readonly unpriced: number;
}

/** The writing side of the ledger, used inside one transaction and settled once at its end. */
export interface Book {
  /** Takes one saying about one charge: a new one, or one that is already there. */
  enter(entry: Entry): void;
  /** What a saying costs on its own. */
  costOf(record: ImportedRecord, importer: Pick<Importer, 'evidence'>): Cost;
  /** Takes an import back; what other imports said of the same charges comes forward again. */
  undo(
    importId: number,
    mergeOf: (sourceId: number) => Importer['merge'],
  ): { removed: number; restored: number };
  /** Prices one record again; true when its cost changed. */
  reprice(id: number): boolean;
  /** What an import's own records cost, and what it raised those of others by. Right once settled. */
  brought(importId: number): Brought;
  /** Writes rollups and settles which witnesses count. Call once, last. */
  settle(): void;
  /** Counts everything anew: after a change of zone, or to prove the deltas right. */
  recount(): void;
  /** Settles the witnesses of these sources on all their days: after one moved to another account. */
  resettle(sourceIds: readonly number[]): void;
}

/** A saying that is not looked up yet, with what later lines said of the same charge. */
interface Waiting {
  readonly entry: Entry;
  record: ImportedRecord;
  sourceId: number;
  /** Told the same as the entry: further parts of the charge. */
  readonly parts: Entry[];
}

/** A saying whose identity is worked out. */
interface Keyed {
  readonly entry: Entry;
  readonly parts: readonly Entry[];
  readonly key: Key;
  readonly record: ImportedRecord;
  readonly sourceId: number;
}

/** What is said of a charge, and where: a source, or several whose sayings are merged. */
interface Said {
  readonly content: Content;
  readonly sourceId: number;
}

/**
 * Two sayings as one. It is of the source of the one that prevails as a whole; of a mixture, of the first's, unless
 * that knew another provider.
 */
function joinSayings(rule: Importer['merge'], a: Said, b: Said): Said {
  const content = mergeContents(rule, a.content, b.content);
  if (content === b.content) return { content, sourceId: b.sourceId };
  return { content, sourceId: content.provider === a.content.provider ? a.sourceId : b.sourceId };
}

/** Two sayings of one import: parts that add up, or the same said again. */
function joinOwn({ addsUp, importer }: Entry, a: Said, b: Said): Said {
  if (!addsUp) return joinSayings(importer.merge, a, b);
  return { content: addParts(a.content, b.content), sourceId: a.sourceId };
}

/** Lines of one streamed reply follow each other closely, so a short wait catches nearly all of them. */
const waitingLimit = 200;

function contentFrom(record: ImportedRecord, importer: Pick<Importer, 'evidence'>): Content {
  // A record that names its evidence is a content as it is.
  return record.evidence === undefined ? { ...record, evidence: importer.evidence } : (record as Content);
}

const dayGrain = grains.indexOf('day');

export function createBook(db: WriteDb, options: BookOptions): Book {
  const names = createNames(db);
  const nameOf = createNameReader(db);
  const records = recordTable(db);
  const facets = createFacets(db);
  const observations = observationTable(db);
  const rollups = createRollups(db);
  const costOf = createCosts(options.prices, options.rates);
  const waiting = new Map<string, Waiting>();
  /** Records of other imports that an import changed: each counts once, however many lines did it. */
  const changes = new Set<string>();
  const sums = new Map<number, { costNanoUsd: number; unpriced: number }>();
  const own = `import_id = @id AND id BETWEEN (SELECT first_record FROM imports WHERE id = @id)
    AND (SELECT last_record FROM imports WHERE id = @id)`;
  const unshared = `${own} AND NOT EXISTS (SELECT 1 FROM observations o WHERE o.record_id = records.id)`;
  const ownRecords = db.prepare(`SELECT * FROM records WHERE ${unshared}`);
  const removeOwn = db.prepare(`DELETE FROM records WHERE ${unshared}`);
  const ownIds = db.prepare(`SELECT id FROM records WHERE ${own}`).pluck();

  const makeRow = createRowMaker({ names, facets, prices: options.prices, costOf });
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

  const placeOf = ({ importId, file, line }: Entry, sourceId: number) => ({
    import_id: importId,
    source_id: sourceId,
    file_id: names.idOf(file),
    line,
  });

  const saidIn = (seen: Observation, before: Content): Said => ({
    content: seen.body === null ? before : parseContentText(seen.body),
    sourceId: seen.source_id,
  });

  const settle = ({ entry, parts }: Keyed, outcome: Outcome): void => {
    entry.settled(outcome);
    for (const part of parts) part.settled(outcome);
  };

  const insertAll = (fresh: readonly Keyed[]): void => {
    const made = fresh.map(({ entry, key, record, sourceId }) =>
      makeRow(record, { key_a: key.a, key_b: key.b, ...placeOf(entry, sourceId) }, entry.importer.evidence),
    );
    records.insert(made.map(({ row }) => row));
    for (const { row, facet } of made) count(facet, row, 1);
    for (const one of fresh) settle(one, 'accepted');
  };

  /** A record that is there already, whoever brought it. */
  const mergeStored = (old: StoredRecord, one: Keyed): void => {
    const { entry } = one;
    const merge = old.import_id === entry.importId ? mergeOwn : mergeOther;
    settle(one, merge(old, entry, saidBy(one)));
  };

  const saidBy = ({ entry, record, sourceId }: Keyed): Said => ({
    content: contentFrom(record, entry.importer),
    sourceId,
  });

  const writeWaiting = (): void => {
    if (waiting.size === 0) return;
    const all: Keyed[] = [];
    for (const { entry, record, sourceId, parts } of waiting.values())
      all.push({ entry, parts, key: keyOf(entry.identity), record, sourceId });
    waiting.clear();
    const stored = records.find(all.map(({ key }) => key.a));
    const fresh: Keyed[] = [];
    for (const one of all) {
      const old = stored.has(one.key.a) ? records.byKey(one.key) : undefined;
      if (old === undefined) fresh.push(one);
      else mergeStored(old, one);
    }
    insertAll(fresh);
  };

  /**
   * Another line of the import that brought the record, perhaps long after it: logs are followed for a day. What others
   * said of it in the meantime stays theirs.
   */
  const mergeOwn = (old: StoredRecord, entry: Entry, one: Said): Outcome => {
    const before = { content: contentOf(old, nameOf), sourceId: old.source_id };
    const beforeText = contentText(before.content);
    const own = observations.get(old.id, old.import_id);
    if (own !== undefined) {
      const said = joinOwn(entry, saidIn(own, before.content), one);
      observations.put({ ...own, source_id: said.sourceId, body: contentText(said.content) });
    }
    const merged = joinOwn(entry, before, one);
    const outcome = entry.addsUp ? 'accepted' : 'duplicate';
    if (contentText(merged.content) === beforeText) return outcome;
    observations.pin(old.id, beforeText);
    replace(old, toRow(merged.content, { ...old, source_id: merged.sourceId }));
    return outcome;
  };

  /** A record another import brought: keep what this one says beside it, so that either can be undone. */
  const mergeOther = (old: StoredRecord, entry: Entry, one: Said): Outcome => {
    const rule = entry.importer.merge;
    const before = { content: contentOf(old, nameOf), sourceId: old.source_id };
    const earlier = observations.get(old.id, entry.importId);
    const said = earlier === undefined ? one : joinOwn(entry, saidIn(earlier, before.content), one);
    const merged = joinSayings(rule, before, said);
    const [beforeText, saidText, mergedText] = [before, said, merged].map(({ content }) =>
      contentText(content),
    ) as [string, string, string];
    const put = (body: string | null): void =>
      observations.put({ record_id: old.id, ...placeOf(entry, said.sourceId), body });
    if (mergedText === beforeText) {
      if (entry.claims || earlier !== undefined) put(saidText === beforeText ? null : saidText);
      return 'duplicate';
    }
    if (observations.get(old.id, old.import_id) === undefined) {
      const { import_id, source_id, file_id, line } = old;
      observations.put({ record_id: old.id, import_id, source_id, file_id, line, body: null });
    }
    observations.pin(old.id, beforeText);
    put(saidText);
    const made = toRow(merged.content, { ...old, source_id: merged.sourceId });
    replace(old, made);
    sumOf(entry.importId).costNanoUsd += (made.row.cost_nano_usd ?? 0) - (old.cost_nano_usd ?? 0);
    const change = `${old.id}|${entry.importId}`;
    if (changes.has(change)) return 'duplicate';
    changes.add(change);
    return 'updated';
  };

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

  return {
    enter(entry) {
      const { text, day } = entry.identity;
      // One text on two days is two identities.
      if ((waiting.get(text)?.entry.identity.day ?? day) !== day) writeWaiting();
      const first = waiting.get(text);
      if (first === undefined) {
        waiting.set(text, { entry, record: entry.record, sourceId: entry.sourceId, parts: [] });
        if (waiting.size >= waitingLimit) writeWaiting();
        return;
      }
      if (entry.addsUp) {
        first.record = addParts(first.record, entry.record);
        first.parts.push(entry);
        return;
      }
      // A further line of a reply that is not written yet: merged before it costs a row.
      const merged = mergeContents(entry.importer.merge, first.record, entry.record);
      if (merged === entry.record || merged.provider !== first.record.provider)
        first.sourceId = entry.sourceId;
      first.record = merged;
      entry.settled('duplicate');
    },
    costOf: (record, importer) => costOf(contentFrom(record, importer)),
    undo(importId, mergeOf) {
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
    },
    reprice(id) {
      const old = records.byId(id);
      if (old === undefined) return false;
      const made = toRow(contentOf(old, nameOf), old);
      const isSame = made.row.cost_nano_usd === old.cost_nano_usd && made.facet.id === old.facet_id;
      if (!isSame) replace(old, made);
      return !isSame;
    },
    brought: sumOf,
    settle() {
      writeWaiting();
      settleWitnesses(db, rollups.flush());
    },
    recount() {
      rollups.clear();
      const rows = db.prepare('SELECT * FROM records').iterate() as IterableIterator<StoredRecord>;
      for (const row of rows) count(facets.byId(row.facet_id), row, 1);
      settleWitnesses(db, rollups.flush());
    },
    resettle(sourceIds) {
      const scopes = new Map<number, Set<number>>();
      const days = db.prepare('SELECT DISTINCT utc_day FROM rollup_source WHERE source_id = ?').pluck();
      for (const id of sourceIds) scopes.set(id, new Set(days.all(id) as number[]));
      settleWitnesses(db, scopes);
    },
  };
}

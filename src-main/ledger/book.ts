import type { ImportedRecord } from '../platform/record.ts';
import type { WriteDb } from '../store/database.ts';
import type { Key, StoredRecord } from '../store/records.ts';
import { contentOf } from './content.ts';
import type { CostOf } from './cost.ts';
import { createPackedEntry, type PackedEntry, type PackedOrigin } from './enter-packed.ts';
import { keyOf } from './identity.ts';
import { addParts, mergeContents } from './merge.ts';
import { createStoredMerge } from './merge-stored.ts';
import { contentFrom, type Entry, type Outcome, type Said } from './saying.ts';
import { type BookOptions, createShelf } from './shelf.ts';
import { createUndo, type UndoImport } from './undo.ts';
import { settleWitnesses } from './witness.ts';

export type { Entry, Outcome } from './saying.ts';
export type { BookOptions } from './shelf.ts';

/** Cost and unpriced records of what one import brought. */
export interface Brought {
  readonly costNanoUsd: number;
  readonly unpriced: number;
}

/** The writing side of the ledger, used inside one transaction and settled once at its end. */
export interface Book {
  /** Takes one saying about one charge: a new one, or one that is already there. */
  enter(entry: Entry): void;
  /** Takes what was packed where it was read: rows already told apart and priced. */
  packed(origin: PackedOrigin): PackedEntry;
  /** What a saying costs on its own. */
  readonly costOf: CostOf;
  readonly undo: UndoImport;
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
  parts: Entry[] | null;
}

/** A saying whose identity is worked out. */
interface Keyed {
  readonly entry: Entry;
  readonly parts: readonly Entry[] | null;
  readonly key: Key;
  readonly record: ImportedRecord;
  readonly sourceId: number;
}

/**
 * How many sayings wait. Lines of one streamed reply follow each other, with those of other agents between them, so a
 * wait catches nearly all of them; where nothing is streamed, fewer that wait are less memory to move.
 */
function waitingLimit({ merge }: Entry['importer']): number {
  return merge === 'max' ? 2_000 : 200;
}

export function createBook(db: WriteDb, options: BookOptions): Book {
  const shelf = createShelf(db, options);
  const { nameOf, records, facets, rollups, costOf, makeRow, toRow, sumOf, count, replace, placeOf } = shelf;
  const mergeStored = createStoredMerge(shelf);
  const undo = createUndo(db, shelf);
  const waiting = new Map<string, Waiting>();
  const packedEntries: PackedEntry[] = [];

  const settle = ({ entry, parts }: Keyed, outcome: Outcome): void => {
    entry.settled(outcome);
    if (parts !== null) for (const part of parts) part.settled(outcome);
  };

  const insertAll = (fresh: readonly Keyed[]): void => {
    const made = fresh.map(({ entry, key, record, sourceId }) =>
      makeRow(record, { key_a: key.a, key_b: key.b, ...placeOf(entry, sourceId) }, entry.importer.evidence),
    );
    const known = records.insert(made.map(({ row }) => row));
    if (known.length > 0) throw new Error('two charges of the ledger share an identity');
    for (const { row, facet } of made) count(facet, row, 1);
    for (const one of fresh) settle(one, 'accepted');
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
      else settle(one, mergeStored(old, one.entry, saidBy(one)));
    }
    insertAll(fresh);
  };

  /** Sayings that come by either way are taken in their order. */
  const writePacked = (): void => {
    for (const entry of packedEntries) entry.flush();
  };

  return {
    enter(entry) {
      writePacked();
      const { text, day } = entry.identity;
      const same = waiting.get(text);
      // One text on two days is two identities.
      if (same !== undefined && (same.entry.identity.day ?? day) !== day) writeWaiting();
      const first = same === undefined ? undefined : waiting.get(text);
      if (first === undefined) {
        waiting.set(text, { entry, record: entry.record, sourceId: entry.sourceId, parts: null });
        if (waiting.size >= waitingLimit(entry.importer)) writeWaiting();
        return;
      }
      if (entry.addsUp) {
        first.record = addParts(first.record, entry.record);
        if (first.parts === null) first.parts = [entry];
        else first.parts.push(entry);
        return;
      }
      // A further line of a reply that is not written yet: merged before it costs a row.
      const merged = mergeContents(entry.importer.merge, first.record, entry.record);
      if (merged === entry.record || merged.provider !== first.record.provider)
        first.sourceId = entry.sourceId;
      first.record = merged;
      entry.settled('duplicate');
    },
    packed(origin) {
      const entry = createPackedEntry(shelf, mergeStored, origin);
      packedEntries.push(entry);
      const stream = (): ReturnType<PackedEntry['stream']> => {
        const take = entry.stream();
        return (...batch) => {
          writeWaiting();
          take(...batch);
        };
      };
      return { stream, flush: entry.flush };
    },
    costOf,
    undo,
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
      writePacked();
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

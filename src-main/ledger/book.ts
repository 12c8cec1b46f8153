import type { Importer } from '../platform/importer.ts';
import type { ImportedRecord } from '../platform/record.ts';
import type { PriceBook } from '../pricing/index.ts';
import type { WriteDb } from '../store/database.ts';
import { createNameReader, createNames } from '../store/names.ts';
import { observationTable } from '../store/observations.ts';
import { type RecordRow, recordTable, type StoredRecord } from '../store/records.ts';
import { createRollups } from '../store/rollups.ts';
import { type Content, contentOf, contentText, grains, parseContentText } from './content.ts';
import { type Cost, createCosts, type FxRate } from './cost.ts';
import { type DayNumber, utcDay, type Zone } from './day.ts';
import { mergeContents } from './merge.ts';
import { createRowMaker } from './row.ts';
import { settleWitnesses } from './witness.ts';

export interface BookOptions {
  readonly zone: Zone;
  readonly prices: PriceBook;
  readonly rates: readonly FxRate[];
}

export interface Entry {
  readonly importId: number;
  readonly sourceId: number;
  readonly importer: Pick<Importer, 'evidence' | 'merge'>;
  readonly key: Buffer;
  readonly line: number;
  /** Path of the log file it stands in. */
  readonly file?: string | undefined;
  /** False for a log read again: that it says the same once more is no claim of its own. */
  readonly claims: boolean;
  readonly record: ImportedRecord;
}

export interface Entered {
  readonly outcome: 'accepted' | 'updated' | 'duplicate';
  readonly utcDay: DayNumber;
  /** What the saying costs on its own; worked out when asked. */
  cost(): Cost;
}

/** The writing side of the ledger, used inside one transaction and settled once at its end. */
export interface Book {
  /** Accepts one saying about one charge, or finds that it is already there. */
  enter(entry: Entry): Entered;
  /** Takes an import back; what other imports said of the same charges comes forward again. */
  undo(
    importId: number,
    mergeOf: (sourceId: number) => Importer['merge'],
  ): { removed: number; restored: number };
  /** Prices one record again; true when its cost changed. */
  reprice(id: number): boolean;
  /** What entries changed the cost of records other imports had brought by. */
  raised(): number;
  /** Writes rollups and settles which witnesses count. Call once, last. */
  settle(): void;
  /** Counts everything anew: after a change of zone, or to prove the deltas right. */
  recount(): void;
  /** Settles the witnesses of these sources on all their days: after one moved to another account. */
  resettle(sourceIds: readonly number[]): void;
}

/** A new record that is not written yet. */
interface Waiting {
  readonly entry: Entry;
  content: Content;
}

/** Lines of one streamed reply follow each other closely, so a short wait catches nearly all of them. */
const waitingLimit = 1_000;

export function createBook(db: WriteDb, options: BookOptions): Book {
  const names = createNames(db);
  const nameOf = createNameReader(db);
  const records = recordTable(db);
  const observations = observationTable(db);
  const rollups = createRollups(db);
  const costOf = createCosts(options.prices, options.rates);
  const waiting = new Map<string, Waiting>();
  /** Records of other imports that an import changed: each counts once, however many lines did it. */
  const changes = new Set<string>();
  let raisedNanoUsd = 0;

  const toRow = createRowMaker(names, options.prices, costOf);

  const count = (row: RecordRow, sign: 1 | -1): void => {
    const standsForDay = row.grain >= grains.indexOf('day');
    rollups.count(row, standsForDay ? { day: row.utc_day, hour: null } : options.zone.at(row.at), sign);
  };

  const replace = (old: StoredRecord, row: RecordRow): void => {
    count(old, -1);
    records.update(old.id, row);
    count(row, 1);
  };

  const entered = (outcome: Entered['outcome'], content: Content): Entered => ({
    outcome,
    utcDay: utcDay(content.at),
    cost: () => costOf(content),
  });

  const saidIn = ({ importId, sourceId, file, line }: Entry) => ({
    import_id: importId,
    source_id: sourceId,
    file_id: names.idOf(file),
    line,
  });

  const writeWaiting = (): void => {
    for (const { entry, content } of waiting.values()) {
      const row = toRow(content, { key: entry.key, ...saidIn(entry) });
      records.insert(row);
      count(row, 1);
    }
    waiting.clear();
  };

  const insert = (id: string, entry: Entry, content: Content): Entered => {
    waiting.set(id, { entry, content });
    if (waiting.size >= waitingLimit) writeWaiting();
    return entered('accepted', content);
  };

  /** A further line of a reply that is not written yet: merged before it costs a row. */
  const mergeWaiting = (first: Waiting, { importer }: Entry, content: Content): Entered => {
    first.content = mergeContents(importer.merge, first.content, content);
    return entered('duplicate', content);
  };

  /** Another line of the import that brought the record. */
  const mergeOwn = (old: StoredRecord, entry: Entry, content: Content): Entered => {
    const before = contentOf(old, nameOf);
    const merged = mergeContents(entry.importer.merge, before, content);
    if (contentText(merged) !== contentText(before)) replace(old, toRow(merged, old));
    return entered('duplicate', content);
  };

  /** A record another import brought: keep what this one says beside it, so that either can be undone. */
  const mergeOther = (old: StoredRecord, entry: Entry, content: Content): Entered => {
    const before = contentOf(old, nameOf);
    const earlier = observations.get(old.id, entry.importId);
    const said =
      earlier === undefined
        ? content
        : mergeContents(
            entry.importer.merge,
            earlier.body === null ? before : parseContentText(earlier.body),
            content,
          );
    const merged = mergeContents(entry.importer.merge, before, said);
    const [beforeText, saidText, mergedText] = [contentText(before), contentText(said), contentText(merged)];
    const put = (body: string | null): void =>
      observations.put({ record_id: old.id, ...saidIn(entry), body });
    if (mergedText === beforeText) {
      if (entry.claims) put(saidText === beforeText ? null : saidText);
      return entered('duplicate', content);
    }
    if (observations.get(old.id, old.import_id) === undefined) {
      const { import_id, source_id, file_id, line } = old;
      observations.put({ record_id: old.id, import_id, source_id, file_id, line, body: null });
    }
    observations.pin(old.id, beforeText);
    put(saidText);
    const row = toRow(merged, old);
    replace(old, row);
    raisedNanoUsd += (row.cost_nano_usd ?? 0) - (old.cost_nano_usd ?? 0);
    const change = `${old.id}|${entry.importId}`;
    if (changes.has(change)) return entered('duplicate', content);
    changes.add(change);
    return entered('updated', content);
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
      count(old, -1);
      return 'removed';
    }
    if (first === undefined) return 'kept';
    const ownerSaid = old.import_id !== importId && !rest.some((o) => o.import_id === old.import_id);
    const said = rest.map((o) => (o.body === null ? before : parseContentText(o.body)));
    // An owner without an observation of its own said exactly what the record held before anything changed it.
    const folded = (ownerSaid ? [before, ...said] : said).reduce((a, b) =>
      mergeContents(mergeOf(old.source_id), a, b),
    );
    const { import_id, source_id, file_id, line } = ownerSaid ? old : first;
    const owner = { import_id, source_id, file_id, line };
    if (!ownerSaid && rest.length === 1) observations.remove(id, first.import_id);
    else observations.pin(id, contentText(before));
    const row = toRow(folded, { ...old, ...owner });
    if (contentText(folded) === contentText(before) && row.import_id === old.import_id) return 'kept';
    replace(old, row);
    return 'restored';
  };

  return {
    enter(entry) {
      const { key: _, ...said } = entry.record;
      const content: Content = { ...said, evidence: said.evidence ?? entry.importer.evidence };
      const id = entry.key.toString('latin1');
      const first = waiting.get(id);
      if (first !== undefined && first.entry.importId === entry.importId)
        return mergeWaiting(first, entry, content);
      if (first !== undefined) writeWaiting();
      const old = records.byKey(entry.key);
      if (old === undefined) return insert(id, entry, content);
      return old.import_id === entry.importId
        ? mergeOwn(old, entry, content)
        : mergeOther(old, entry, content);
    },
    undo(importId, mergeOf) {
      let removed = 0;
      let restored = 0;
      for (const id of new Set([...records.ofImport(importId), ...observations.recordsOf(importId)])) {
        const outcome = undoRecord(id, importId, mergeOf);
        if (outcome === 'removed') removed++;
        if (outcome === 'restored') restored++;
      }
      return { removed, restored };
    },
    reprice(id) {
      const old = records.byId(id);
      if (old === undefined) return false;
      const row = toRow(contentOf(old, nameOf), old);
      const same =
        row.cost_nano_usd === old.cost_nano_usd &&
        row.cost_state === old.cost_state &&
        row.price_version_id === old.price_version_id &&
        row.model_id === old.model_id;
      if (!same) replace(old, row);
      return !same;
    },
    raised: () => raisedNanoUsd,
    settle() {
      writeWaiting();
      settleWitnesses(db, rollups.flush());
    },
    recount() {
      rollups.clear();
      for (const row of db.prepare('SELECT * FROM records').iterate() as IterableIterator<StoredRecord>)
        count(row, 1);
      settleWitnesses(db, rollups.flush());
    },
    resettle(sourceIds) {
      const scopes = new Map<number, Set<number>>();
      const days = db.prepare('SELECT DISTINCT utc_day FROM rollup_day WHERE source_id = ?').pluck();
      for (const id of sourceIds) scopes.set(id, new Set(days.all(id) as number[]));
      settleWitnesses(db, scopes);
    },
  };
}

import type { StoredRecord } from '../store/records.ts';
import { contentOf, contentText } from './content.ts';
import { joinOwn, joinSayings, type Outcome, type Said, type Sayer } from './saying.ts';
import type { Shelf } from './shelf.ts';

/** Joins a saying with the record that is there already, whoever brought it. */
export type MergeStored = (old: StoredRecord, entry: Sayer, said: Said) => Outcome;

export function createStoredMerge({
  nameOf,
  observations,
  replace,
  toRow,
  saidIn,
  placeOf,
  sumOf,
}: Shelf): MergeStored {
  /** Records of other imports that an import changed: each counts once, however many lines did it. */
  const changes = new Set<string>();

  /**
   * Another line of the import that brought the record, perhaps long after it: logs are followed for a day. What others
   * said of it in the meantime stays theirs.
   */
  const mergeOwn = (old: StoredRecord, entry: Sayer, one: Said): Outcome => {
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
  const mergeOther = (old: StoredRecord, entry: Sayer, one: Said): Outcome => {
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

  return (old, entry, said) =>
    old.import_id === entry.importId ? mergeOwn(old, entry, said) : mergeOther(old, entry, said);
}

import type { Importer } from '../platform/importer.ts';
import type { ImportedRecord } from '../platform/record.ts';
import type { Content } from './content.ts';
import type { Identity } from './identity.ts';
import { addParts, mergeContents } from './merge.ts';

export type Outcome = 'accepted' | 'updated' | 'duplicate';

/** Who says something of a charge. */
export interface Sayer {
  readonly importId: number;
  readonly importer: Pick<Importer, 'evidence' | 'merge'>;
  readonly line: number;
  /** Path of the log file it stands in. */
  readonly file?: string | undefined;
  /** Another saying of this very import is another part of the charge, not the same said again. */
  readonly addsUp?: boolean;
  /** False for a log read again: that it says the same once more is no claim of its own. */
  readonly claims: boolean;
}

export interface Entry extends Sayer {
  readonly sourceId: number;
  readonly identity: Identity;
  readonly record: ImportedRecord;
  /** Told once whether the saying was new; at the latest when the book is settled. */
  readonly settled: (outcome: Outcome) => void;
}

/** What is said of a charge, and where: a source, or several whose sayings are merged. */
export interface Said {
  readonly content: Content;
  readonly sourceId: number;
}

/**
 * Two sayings as one. It is of the source of the one that prevails as a whole; of a mixture, of the first's, unless
 * that knew another provider.
 */
export function joinSayings(rule: Importer['merge'], a: Said, b: Said): Said {
  const content = mergeContents(rule, a.content, b.content);
  if (content === b.content) return { content, sourceId: b.sourceId };
  return { content, sourceId: content.provider === a.content.provider ? a.sourceId : b.sourceId };
}

/** Two sayings of one import: parts that add up, or the same said again. */
export function joinOwn({ addsUp, importer }: Sayer, a: Said, b: Said): Said {
  if (!addsUp) return joinSayings(importer.merge, a, b);
  return { content: addParts(a.content, b.content), sourceId: a.sourceId };
}

export function contentFrom(record: ImportedRecord, importer: Pick<Importer, 'evidence'>): Content {
  // A record that names its evidence is a content as it is.
  return record.evidence === undefined ? { ...record, evidence: importer.evidence } : (record as Content);
}

import type { RouteOutput } from '../../src-preload/contract/index.ts';
import { plural } from './numbers.ts';

export type SyncResult = RouteOutput<'sync.run'>['results'][number];

const nothingNew = 'Nothing new';

/** What a sync came to, in a sentence: what is new, or whose reading failed and why. */
export function syncWords(
  results: readonly SyncResult[],
  nothing = nothingNew,
): {
  readonly isGood: boolean;
  readonly text: string;
} {
  const failed = results.filter((result) => result.state === 'failed');
  const first = failed[0];
  const said = newsWords(results);
  const news = said === nothingNew ? nothing : said;
  if (!first) return { isGood: true, text: results.length === 0 ? 'There is nothing to sync.' : `${news}.` };
  const names = new Set(failed.map((result) => result.connection));
  const who = names.size === 1 ? first.connection : plural(names.size, 'connection');
  const why = first.error?.message ?? 'The reading failed.';
  return { isGood: false, text: `${who} could not be read in full. ${why}` };
}

/** `1,204 new records, 3 updated`, `Nothing new` */
export function newsWords(results: readonly SyncResult[]): string {
  const sum = (pick: (result: SyncResult) => number) => results.reduce((total, one) => total + pick(one), 0);
  const accepted = sum((result) => result.accepted);
  const changed = sum((result) => result.updated + result.withdrawn);
  const refused = sum((result) => result.refused);
  const parts = [
    ...(accepted > 0 ? [plural(accepted, 'new record')] : []),
    ...(changed > 0 ? [`${plural(changed, 'record')} changed`] : []),
    ...(refused > 0 ? [`${plural(refused, 'row')} refused`] : []),
  ];
  return parts.length === 0 ? nothingNew : parts.join(', ');
}

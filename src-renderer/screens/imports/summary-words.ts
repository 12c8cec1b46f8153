import { formatCount, plural } from '../../ui/numbers.ts';
import { addCounts } from './counts.ts';
import { changesOf, type FormatMoney, moneyOf } from './preview-money.ts';
import { type Item, readyOf, stateOf } from './queue.ts';

export interface Written {
  readonly files: number;
  readonly records: number;
}

/** What the files of the sheet brought into the ledger so far, all together. */
export function writtenOf(items: readonly Item[]): Written {
  const done = items.flatMap(({ phase }) => (phase.kind === 'committed' ? [phase.files] : []));
  return {
    files: done.length,
    records: addCounts(done.flat().map(({ counts }) => counts)).accepted,
  };
}

/** Where all files together stand: read, being written, or in the ledger. */
export function summaryWords(items: readonly Item[], format: FormatMoney): string {
  const states = items.map(stateOf);
  const written = writtenOf(items);
  const inLedger = `${formatCount(written.files)} of ${plural(items.length, 'file')} in the ledger`;
  const records = plural(written.records, 'record');
  if (states.includes('committing')) return `Writing: ${inLedger}, ${records} so far`;
  const isReady = states.includes('ready');
  const ready = isReady || written.files === 0 ? [readyWords(items, format)] : [];
  return [...(written.files > 0 ? [`${inLedger}: ${records} written`] : []), ...ready].join('. ');
}

/** Each file was read as if it were the only one: what several bring is at most the sum of them. */
function readyWords(items: readonly Item[], format: FormatMoney): string {
  const ready = items.filter((item) => stateOf(item) === 'ready').flatMap(readyOf);
  const words = `${formatCount(ready.length)} of ${plural(items.length, 'file')} ready`;
  if (ready.length === 0) return words;
  const rows = plural(addCounts(ready.map((preview) => preview.counts)).accepted, 'new row');
  const changes = changesOf(moneyOf(ready), format);
  if (ready.length === 1) return `${words}: ${[rows, ...changes].join(', ')}`;
  return `${words}: ${[`up to ${rows}`, ...changes].join(', ')}: files that state the same usage count once`;
}

import { type DateReader, openDates } from './dates.ts';

/** What the lines above a cost table say of its invoice. */
export interface InvoiceFacts {
  /** UTC ms of the first day of the month the invoice is for; null where no date can be read. */
  readonly month: number | null;
  readonly currency: string | null;
  readonly billingAccount: string;
  /** What the invoice asks for, as written; '' where it is not said. */
  readonly due: string;
}

const lines = 8;

/**
 * Reads the eight lines `name,value` above a cost table. Their names come in the language of the console, so what
 * they hold is told by its look and place: the invoice's date is the first of two, the currency a code of three letters.
 */
export function readInvoice(preamble: readonly string[], now: number): InvoiceFacts {
  const entries = preamble.map(entryOf);
  const named = (pattern: RegExp) => entries.find(([name]) => pattern.test(name))?.[1];
  const values = entries.map(([, value]) => value);
  const read = openInvoiceDates(now);
  const at = [named(/^invoice date$/i), ...values]
    .map((text) => read(text ?? ''))
    .find((date) => date !== null);
  return {
    month: at === undefined || at === null ? null : monthOf(at),
    currency: values.find((value) => /^[A-Z]{3}$/.test(value)) ?? null,
    billingAccount: named(/billing account id/i) ?? (values.length === lines ? (values[4] ?? '') : ''),
    due: named(/^total amount due$/i) ?? (values.length === lines ? (values[7] ?? '') : ''),
  };
}

export function monthOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/** `Total amount due,"$1,000.00",` */
function entryOf(line: string): readonly [string, string] {
  const [, name = '', quoted, plain = ''] =
    /^\s*"?([^",;|\t]*)"?\s*[,;|\t]\s*(?:"((?:[^"]|"")*)"|([^,;|\t]*))/.exec(line) ?? [];
  return [name.trim(), (quoted ?? plain).trim()];
}

/** ISO, or as people of some country write dates; null where two readings are possible. */
function openInvoiceDates(now: number): (text: string) => number | null {
  // The invoice of a running month can be dated its last day.
  const dates = (format: 'iso' | 'dmy' | 'mdy') => openDates(format, 'UTC', now + 40 * 86_400_000);
  const readers = [dates('iso'), dates('dmy'), dates('mdy')];
  return (text) => {
    const found = [...new Set(readers.map((read) => readOf(read, text)).filter((at) => at !== null))];
    if (found.length === 1) return found[0] ?? null;
    const worded = /^(?:[A-Za-z]{3,9}\.? \d{1,2},? 20\d\d|\d{1,2} [A-Za-z]{3,9}\.?,? 20\d\d)$/.test(text);
    const at = worded ? Date.parse(`${text.replaceAll(/[.,]/g, '')} UTC`) : Number.NaN;
    return Number.isNaN(at) ? null : at;
  };
}

function readOf(read: DateReader, text: string): number | null {
  const cell = read(text);
  return cell.kind === 'date' ? cell.at : null;
}

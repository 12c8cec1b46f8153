import type { ByEvidence } from '../../../src-preload/contract/values.ts';

const whole = new Intl.NumberFormat('en-US');
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });
const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `$1,234.50`; below a dollar three significant digits, so that small is never shown as nothing. */
export function usd(nanoUsd: number): string {
  const sign = nanoUsd < 0 ? '-' : '';
  const value = Math.abs(nanoUsd) / 1e9;
  const digits = shownDigits(nanoUsd);
  if (digits === 2) return `${sign}$${cents.format(value)}`;
  return `${sign}$${value.toFixed(digits).replace(/(\.\d\d\d*?)0+$/, '$1')}`;
}

function shownDigits(nanoUsd: number): number {
  const size = Math.abs(nanoUsd);
  return size >= 1e9 || size === 0 ? 2 : Math.min(9, 2 - Math.floor(Math.log10(size / 1e9)));
}

/** Money that may miss something: `at least $3.10` while requests are unpriced. A lower bound is never rounded up. */
export function atLeast(nanoUsd: number, unpriced: number): string {
  if (unpriced === 0) return usd(nanoUsd);
  const unit = 10 ** (9 - shownDigits(nanoUsd));
  const over = ((nanoUsd % unit) + unit) % unit;
  return `at least ${usd(nanoUsd - over)}`;
}

export function number(value: number): string {
  return whole.format(value);
}

/** `1.23M`. */
export function short(value: number): string {
  return value < 10_000 ? whole.format(value) : compact.format(value);
}

/** `1 row`, `2,000 rows`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${whole.format(value)} ${value === 1 ? one : many}`;
}

export function bytes(value: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const step = value < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  return `${step === 0 ? value : (value / 1000 ** step).toFixed(1)} ${units[step]}`;
}

/** Which witnesses the records behind a figure come from: `billed`, `billed+recorded`. */
export function evidenceWords(evidence: ByEvidence): string {
  const words = Object.entries(evidence).flatMap(([word, records]) => (records > 0 ? [word] : []));
  return words.length > 0 ? words.join('+') : '-';
}

/** `2026-07-01 10:00`, in the given zone. */
export function moment(at: number, zone?: string): string {
  const options = { dateStyle: 'short', timeStyle: 'short', ...(zone ? { timeZone: zone } : {}) } as const;
  return new Intl.DateTimeFormat('sv-SE', options).format(at);
}

export interface Column<Row> {
  readonly title: string;
  /** Numbers stand on the right. */
  readonly right?: boolean;
  cell(row: Row): string;
}

/** Aligned columns under their titles; control characters of foreign names are shown, not obeyed. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ cell }) => plain(cell(row)))),
  ];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const pad = (text: string, i: number) =>
    columns[i]?.right ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0);
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}

/** Text from a file, safe to show in a terminal. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

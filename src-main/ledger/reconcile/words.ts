import { type DayNumber, dayMs } from '../day.ts';

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** Integer nano-USD as text: cents from a tenth of a dollar on, below that two significant digits. Never a float. */
export function usdText(nanoUsd: number): string {
  const size = BigInt(Math.abs(nanoUsd));
  const places = size >= 100_000_000n || size === 0n ? 2 : Math.min(9, 11 - size.toString().length);
  const unit = 10n ** BigInt(9 - places);
  const rounded = ((size + unit / 2n) / unit).toString().padStart(places + 1, '0');
  const dollars = whole.format(BigInt(rounded.slice(0, -places)));
  return `${nanoUsd < 0 ? '−' : ''}$${dollars}.${rounded.slice(-places)}`;
}

export function dayWords(day: DayNumber): string {
  return dayFormat.format(day * dayMs).replace('Sept', 'Sep');
}

/** `3 Nov`, `3–5 Nov`, `3, 7 and 9 Nov`, `12 days from 3 Nov to 28 Nov`. */
export function daysWords(days: readonly DayNumber[]): string {
  const [first = 0, last = 0] = [days[0], days.at(-1)];
  if (days.length < 2) return dayWords(first);
  if (last - first === days.length - 1) return `${dayWords(first)} to ${dayWords(last)}`;
  if (days.length > 4) return `${days.length} days from ${dayWords(first)} to ${dayWords(last)}`;
  return listWords(days.map(dayWords));
}

export function listWords(items: readonly string[], most = 4): string {
  const shown =
    items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} more`] : items;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}

export function tokensWords(tokens: number): string {
  return `${tokens < 1000 ? whole.format(tokens) : compact.format(tokens)} tokens`;
}

/** `December 2026` of `2026-12`. */
export function monthWords(month: string): string {
  const at = Date.parse(`${month}-01T00:00:00Z`);
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at);
}

export function percentWords(share: number): string {
  return `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`;
}

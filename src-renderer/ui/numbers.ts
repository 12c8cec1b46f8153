import type { Tokens } from '../../src-preload/contract/values.ts';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

const percentFormat = (digits: 0 | 1) =>
  new Intl.NumberFormat('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'negative',
  });
const percents = { 0: percentFormat(0), 1: percentFormat(1) } as const;

/** `41,203,117` */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** `412`, `1.2K`, `41.2M`: for tokens; the exact count belongs on hover. */
export function formatCompact(count: number): string {
  return Math.abs(count) < 1000 ? whole.format(count) : compact.format(count);
}

/** `200K`, `131.1K`, `1M`: limits, which are mostly round. */
export function formatLimit(count: number): string {
  return formatCompact(count).replace('.0', '');
}

/** `1 record`, `1,204 records`; the plural is given where adding an s is not enough. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Every token of the prompt and the answer, each once (reasoning is part of output). */
export function allTokens(tokens: Tokens): number {
  return (
    tokens.input +
    tokens.cacheRead +
    tokens.cacheWrite5m +
    tokens.cacheWrite1h +
    tokens.cacheWriteUnknown +
    tokens.output
  );
}

/** `36.9 %` with a space that does not break; a part that is not nothing never reads 0.0 %, nor one that is not all 100. */
export function formatPercent(part: number, total: number, digits: 0 | 1 = 1): string {
  if (total === 0) return '–';
  if (part === total) return '100\u00a0%';
  const step = digits === 0 ? 1 : 0.1;
  const raw = (part / total) * 100;
  const size = Math.abs(raw);
  if (size > 0 && size < step) return `${raw < 0 ? '−' : ''}<${step} %`.replace(' ', '\u00a0');
  const capped = part < total && size > 100 - step && size < 100 ? Math.sign(raw) * (100 - step) : raw;
  return `${percents[digits].format(capped).replace('-', '−')}\u00a0%`;
}

const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** `812 B`, `14 MB`, `2.1 GB`: decimal units, as file managers show them. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

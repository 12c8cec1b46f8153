import type { LineFields } from '../../platform/importer.ts';
import type { Tokens } from '../../platform/record.ts';
import type { FieldReader, Fields } from './json-fields.ts';

/** Input, cached input, cache writes, output, reasoning: as OpenAI counts them, each inside the one it belongs to. */
export type Counters = readonly [number, number, number, number, number];

export const noCounters: Counters = [0, 0, 0, 0, 0];

export const counterNames = [
  'input_tokens',
  'cached_input_tokens',
  'cache_write_input_tokens',
  'output_tokens',
  'reasoning_output_tokens',
] as const;

export function countersOf(usage: Fields, fields: FieldReader): Counters {
  return [
    fields.count(usage, 'input_tokens'),
    fields.count(usage, 'cached_input_tokens'),
    fields.count(usage, 'cache_write_input_tokens'),
    fields.count(usage, 'output_tokens'),
    fields.count(usage, 'reasoning_output_tokens'),
  ];
}

/**
 * The counters that stand in this order from `at` on, as `countersOf` would read them; null where one of them is odd, or
 * where the first is missing and there may be no counters at all.
 */
export function plainCounters(line: LineFields, at: number): Counters | null {
  const input = line.value(at);
  if (typeof input !== 'number') return null;
  const counters: Counters = [
    input,
    orZero(line.value(at + 1)),
    orZero(line.value(at + 2)),
    orZero(line.value(at + 3)),
    orZero(line.value(at + 4)),
  ];
  for (const count of counters) if (!(Number.isSafeInteger(count) && count >= 0)) return null;
  return counters;
}

function orZero(value: unknown): number {
  if (value === undefined || value === null) return 0;
  return typeof value === 'number' ? value : Number.NaN;
}

export function isZero(counters: Counters): boolean {
  return !(counters[0] || counters[1] || counters[2] || counters[3] || counters[4]);
}

export function isSame(a: Counters, b: Counters): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3] && a[4] === b[4];
}

export function add(a: Counters, b: Counters): Counters {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4]];
}

export function larger(a: Counters, b: Counters): Counters {
  const { max } = Math;
  return [max(a[0], b[0]), max(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]), max(a[4], b[4])];
}

/** How far `now` lies above `before`, counter by counter, never below zero. */
export function rise(now: Counters, before: Counters): Counters {
  return larger(noCounters, [
    now[0] - before[0],
    now[1] - before[1],
    now[2] - before[2],
    now[3] - before[3],
    now[4] - before[4],
  ]);
}

/** Disjoint buckets: cached and written input are parts of the input, and cannot be more than it. */
export function codexTokens([input, cached, written, output, reasoning]: Counters): Tokens {
  const cacheRead = Math.min(cached, input);
  const cacheWriteUnknown = Math.min(written, input - cacheRead);
  return {
    input: input - cacheRead - cacheWriteUnknown,
    cacheRead,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknown,
    output,
    reasoning: Math.min(reasoning, output),
  };
}

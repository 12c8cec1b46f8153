import type { RequestRow } from '../../store/vendor-requests.ts';

const hourMs = 3_600_000;

/** How requests of one kind went. */
export interface Latency {
  readonly requests: number;
  /** Error code -> how many. */
  readonly errors: Record<string, number>;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

export interface Outage {
  readonly from: number;
  /** Null while it lasts. */
  readonly to: number | null;
  readonly code: string;
}

/** Errors are counted; how fast a vendor is is told by what it answered well. */
export function latencyOf(rows: readonly RequestRow[]): Latency {
  const errors: Record<string, number> = {};
  for (const { outcome } of rows) if (outcome !== 'ok') errors[outcome] = (errors[outcome] ?? 0) + 1;
  const times = rows.flatMap(({ outcome, ms }) => (outcome === 'ok' ? [ms] : [])).sort((a, b) => a - b);
  return { requests: rows.length, errors, p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95) };
}

/** Nearest rank of sorted values. */
function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

/** Two failures make an outage: one can be chance. */
const leastFailures = 2;

/** What the user or their account has to mend is no outage of the vendor. */
const ownFault = new Set(['INVALID_KEY', 'INSUFFICIENT_SCOPE', 'NOT_ENABLED', 'OUT_OF_CREDIT', 'BAD_INPUT']);

/** The last stretch in which nothing but errors came back, from its first error to the answer that ended it. */
export function lastOutage(rows: readonly RequestRow[]): Outage | null {
  let last: Outage | null = null;
  let stretch: RequestRow[] = [];
  const close = (to: number | null): void => {
    const [first] = stretch;
    if (first !== undefined && stretch.length >= leastFailures)
      last = { from: first.at, to, code: stretch.at(-1)?.outcome ?? first.outcome };
    stretch = [];
  };
  for (const row of rows) {
    if (row.outcome === 'ok' || ownFault.has(row.outcome)) close(row.at);
    else stretch.push(row);
  }
  close(null);
  return last;
}

/** Per hour from the first to the last of the span, also those in which nothing was asked. */
export function hoursOf(rows: readonly RequestRow[], from: number, now: number) {
  const first = Math.floor(from / hourMs);
  const last = Math.floor(now / hourMs);
  const byHour = Map.groupBy(rows, ({ at }) => Math.floor(at / hourMs));
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const own = byHour.get(first + i) ?? [];
    return {
      at: (first + i) * hourMs,
      requests: own.length,
      failed: own.filter(({ outcome }) => outcome !== 'ok').length,
    };
  });
}

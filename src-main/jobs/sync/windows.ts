import type { CostReport } from '../../platform/provider.ts';

export const dayMs = 86_400_000;

/** Whole UTC days, half-open, UTC ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A window to read, and what is covered once it is read. */
export interface Step extends Span {
  readonly covered: Span;
}

type Reach = Pick<CostReport, 'windowDays' | 'lookBackDays' | 'trailingDays'>;

/** From the first day worth asking for to the end of today, UTC. */
export function targetOf({ lookBackDays }: Pick<Reach, 'lookBackDays'>, now: number): Span {
  const today = Math.floor(now / dayMs) * dayMs;
  return { from: today - Math.max(0, lookBackDays - 1) * dayMs, to: today + dayMs };
}

/** How a reading stands: the days it need not read for the first time, and up to where it has read the end anew. */
export interface Progress {
  readonly covered: Span | null;
  /** Null until the end of the report was read in this reading. */
  readonly head: number | null;
}

/**
 * What is to be read next; null when all is. First the end: the last day that was read, which was not over then, with
 * the days before it that vendors still change, up to today and oldest first, so that what is covered has no gaps. Then
 * the past, newest first, for the latest figures are wanted most. After each step the plan is made anew from what is
 * covered, so a reading can end anywhere and the next one goes on. What a wrong clock left behind (days that are not
 * yet, or long ago) is not taken for covered.
 */
export function nextStep(report: Reach, { covered, head }: Progress, now: number): Step | null {
  const target = targetOf(report, now);
  const size = Math.max(1, report.windowDays) * dayMs;
  if (covered === null || covered.from >= target.to || covered.to <= target.from) {
    const from = Math.max(target.from, target.to - size);
    return { from, to: target.to, covered: { from, to: target.to } };
  }
  if (head === null || head < target.to) {
    const from = head ?? trailingStart(report, covered, target);
    const to = Math.min(from + size, target.to);
    const until = Math.min(target.to, Math.max(covered.to, to));
    return { from, to, covered: { from: covered.from, to: until } };
  }
  if (covered.from <= target.from) return null;
  const from = Math.max(target.from, covered.from - size);
  return { from, to: covered.from, covered: { from, to: covered.to } };
}

function trailingStart({ trailingDays }: Reach, covered: Span, target: Span): number {
  const lastDay = Math.min(covered.to, target.to) - dayMs;
  // What lies before is not read yet, and is read with the rest of the past.
  return Math.max(target.from, covered.from, lastDay - trailingDays * dayMs);
}

/** Days read and days to read while the past is being filled in; null once it is, and before the first reading. */
export function backfillOf(
  report: Reach,
  covered: Span | null,
  now: number,
): { readonly done: number; readonly total: number } | null {
  if (covered === null) return null;
  const target = targetOf(report, now);
  if (covered.from <= target.from || covered.from >= target.to) return null;
  return {
    done: Math.round((target.to - covered.from) / dayMs),
    total: Math.round((target.to - target.from) / dayMs),
  };
}

import type { Problem } from '../../../src-preload/contract/imports.ts';

export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** Refused rows that went wrong in the same way; `reason` is the first row's own wording. */
export interface ProblemGroup {
  readonly reason: string;
  /** True when the rows share the kind of trouble but not its exact words (other values in quotes). */
  readonly varies: boolean;
  /** Sorted runs of consecutive lines. Line 0 (not known) is left out. */
  readonly ranges: readonly LineRange[];
  readonly rows: readonly Problem[];
}

/** Groups refused rows by the kind of trouble, most rows first, then by line. */
export function groupProblems(problems: readonly Problem[]): readonly ProblemGroup[] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = patternOf(problem.reason);
    const rows = groups.get(key);
    if (rows) rows.push(problem);
    else groups.set(key, [problem]);
  }
  return [...groups.values()].map(toGroup).sort(byRowsThenLine);
}

/** `1–3, 7 and 4 more`: at most `shown` ranges, with the lines that are left out counted. */
export function describeRanges(
  ranges: readonly LineRange[],
  format: (line: number) => string,
  shown = 3,
): string {
  const named = ranges
    .slice(0, shown)
    .map(({ from, to }) => (from === to ? format(from) : `${format(from)}–${format(to)}`));
  const rest = ranges.slice(shown).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  return rest === 0 ? named.join(', ') : `${named.join(', ')} and ${format(rest)} more`;
}

/** Runs of consecutive line numbers; duplicates count once. */
export function toRanges(lines: readonly number[]): readonly LineRange[] {
  const ranges: { from: number; to: number }[] = [];
  for (const line of [...new Set(lines)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && line === last.to + 1) last.to = line;
    else ranges.push({ from: line, to: line });
  }
  return ranges;
}

function toGroup(rows: readonly Problem[]): ProblemGroup {
  const sorted = [...rows].sort((a, b) => a.line - b.line);
  const reason = sorted[0]?.reason ?? '';
  return {
    reason,
    varies: sorted.some((row) => row.reason !== reason),
    ranges: toRanges(sorted.map((row) => row.line).filter((line) => line > 0)),
    rows: sorted,
  };
}

/** Reasons quote the value that was wrong; without values and numbers the kind of trouble is left. */
function patternOf(reason: string): string {
  return reason.replace(/"[^"]*"/g, '""').replace(/\d+/g, '0');
}

function byRowsThenLine(a: ProblemGroup, b: ProblemGroup): number {
  return b.rows.length - a.rows.length || (a.ranges[0]?.from ?? 0) - (b.ranges[0]?.from ?? 0);
}

import type { ReportRow } from '../../../src-preload/contract/report.ts';
import { type Measure, measured } from './measure.ts';
import { labelOf, type MoverKey, nameOf } from './names.ts';

/** One day that stands out of its range, and what made it. */
export interface Jump {
  readonly day: string;
  readonly value: number;
  /** What a day with usage comes to: the median of the other days. */
  readonly usual: number;
  /** Largest first: by how much each name was above its own usual day. */
  readonly causes: readonly { readonly name: string; readonly label: string; readonly excess: number }[];
}

const fewestOtherDays = 4;
const leastTimes = 3;
/** A day that moves the range's total by less is noise beside it. */
const leastPartOfRange = 0.1;
/** Names that explain less than this of the jump are left out. */
const leastPartOfJump = 0.1;

/** The day that cost several times a usual one, where there is one; days without usage do not make a day usual. */
export function jumpOf(rows: readonly ReportRow[], by: MoverKey, measure: Measure): Jump | null {
  const days = new Map<string, number>();
  for (const row of rows)
    if (row.day !== undefined) days.set(row.day, (days.get(row.day) ?? 0) + measured(row, measure));
  const [highest, ...others] = [...days].filter(([, value]) => value > 0).sort((a, b) => b[1] - a[1]);
  if (highest === undefined || others.length < fewestOtherDays) return null;
  const [day, value] = highest;
  const usual = medianOf(others.map(([, other]) => other));
  const total = [...days.values()].reduce((sum, one) => sum + one, 0);
  if (value < usual * leastTimes || value - usual < total * leastPartOfRange) return null;
  const otherDays = others.map(([other]) => other);
  const causes = causesOf({ rows, by, measure, day, otherDays });
  return {
    day,
    value,
    usual,
    causes: causes.filter((one) => one.excess >= (value - usual) * leastPartOfJump),
  };
}

interface Question {
  readonly rows: readonly ReportRow[];
  readonly by: MoverKey;
  readonly measure: Measure;
  readonly day: string;
  readonly otherDays: readonly string[];
}

function causesOf({ rows, by, measure, day, otherDays }: Question): Jump['causes'] {
  const byName = new Map<string, { label: string; values: Map<string, number> }>();
  for (const row of rows) {
    const name = nameOf(row, by);
    const one = byName.get(name) ?? { label: labelOf(name, by, row), values: new Map<string, number>() };
    const at = row.day ?? '';
    one.values.set(at, (one.values.get(at) ?? 0) + measured(row, measure));
    byName.set(name, one);
  }
  return [...byName]
    .map(([name, { label, values }]) => ({
      ...{ name, label },
      excess: (values.get(day) ?? 0) - medianOf(otherDays.map((other) => values.get(other) ?? 0)),
    }))
    .sort((a, b) => b.excess - a.excess || a.label.localeCompare(b.label));
}

/** The middle value; the lower of the two middle ones, so that it stays a whole number. */
function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}

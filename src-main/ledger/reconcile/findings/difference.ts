import type { DayNumber } from '../../day.ts';
import type { Group, GroupDay } from './analysis.ts';

/** A cent, below which a group's difference is nothing to look for. */
const centNanoUsd = 10_000_000;
const [samePrice, sameFactor, sameUsage] = [0.01, 0.02, 0.02];
/** Fewest days a steady pattern is drawn from, and the share of them that must show it. */
const [fewestDays, steadyShare] = [3, 0.8];

/** What a way of being served or of caching multiplies a price by. */
const factors: readonly { readonly times: number; readonly means: string }[] = [
  { times: 0.5, means: 'batch or flex processing is billed at half' },
  { times: 2, means: 'priority processing, or cache writes kept for an hour, are billed at twice' },
  { times: 1.1, means: 'processing bound to one region is billed at 1.1 times' },
  { times: 1.25, means: 'cache writes are billed at 1.25 times the input' },
  { times: 0.1, means: 'cache reads are billed at a tenth of the input' },
  { times: 6, means: 'fast mode is billed at six times' },
];

/** One side saw more calls than the other, on `days` of `ofDays`. */
interface OtherUsage {
  /** How many times the own tokens the vendor counted; null where it states none. */
  readonly tokens: number | null;
  readonly days: number;
  readonly ofDays: number;
}

/** Why a group's sums differ, as far as its days show. */
export type Difference =
  | { readonly kind: 'none' }
  | { readonly kind: 'unpriced' }
  | {
      readonly kind: 'price';
      readonly ratio: number;
      /** A known factor it comes near. */
      readonly means: string | null;
      /** The first day of it, where both sides agreed before. */
      readonly since: DayNumber | null;
      readonly sameTokens: boolean;
    }
  | ({ readonly kind: 'more' } & OtherUsage)
  | ({ readonly kind: 'less' } & OtherUsage)
  | { readonly kind: 'unclear' };

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
const near = (value: number, to: number, within: number): boolean => Math.abs(value / to - 1) <= within;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function tokenRatio({ days }: Group): number | null {
  const both = days.filter((day) => day.vendor !== null && day.tools !== null);
  const vendor = sum(both.map((day) => day.vendor?.tokens ?? 0));
  const tools = sum(both.map((day) => day.tools?.tokens ?? 0));
  if (vendor === 0 || tools === 0) return null;
  return vendor / tools;
}

const ratioOf = (day: GroupDay): number => day.billed.cost / day.own.cost;

/** The days whose ratio says something: both sides have more than a trifle. */
function telling({ days }: Group): readonly GroupDay[] {
  return days.filter((day) => day.billed.cost > 1_000_000 && day.own.cost > 1_000_000);
}

/** The day from which on the ratio is another one, where both sides agreed until then. */
function turnOf(days: readonly GroupDay[]): { readonly day: DayNumber; readonly ratio: number } | null {
  const at = days.findIndex((day) => !near(ratioOf(day), 1, samePrice));
  const after = days.slice(at);
  const [first] = after;
  if (at < 2 || first === undefined || after.length < 2) return null;
  const ratio = median(after.map(ratioOf));
  return after.every((day) => near(ratioOf(day), ratio, sameFactor)) ? { day: first.day, ratio } : null;
}

function priceDifference(ratio: number, since: DayNumber | null, sameTokens: boolean): Difference {
  const means = factors.find(({ times }) => near(ratio, times, sameFactor))?.means ?? null;
  return { kind: 'price', ratio, means, since, sameTokens };
}

/** Reads a group that both sides tell of. */
export function differenceOf(group: Group): Difference {
  if (group.unpriced > 0) return { kind: 'unpriced' };
  const gap = group.billed - group.own;
  if (Math.abs(gap) <= centNanoUsd || (group.own !== 0 && near(group.billed / group.own, 1, samePrice)))
    return { kind: 'none' };
  const days = telling(group);
  const turn = turnOf(days);
  const tokens = tokenRatio(group);
  if (turn !== null && (tokens === null || near(tokens, 1, sameUsage)))
    return priceDifference(turn.ratio, turn.day, tokens !== null);
  if (tokens !== null && near(tokens, 1, sameUsage) && group.own > 0)
    return priceDifference(group.billed / group.own, null, true);
  if (tokens === null && isSteady(days)) return priceDifference(median(days.map(ratioOf)), null, false);
  return usageDifference(group, tokens);
}

function isSteady(days: readonly GroupDay[]): boolean {
  const ratio = median(days.map(ratioOf));
  return days.length >= fewestDays && days.every((day) => near(ratioOf(day), ratio, sameFactor));
}

/** One side saw more calls than the other, day after day. */
function usageDifference(group: Group, tokens: number | null): Difference {
  const sign = Math.sign(group.billed - group.own);
  const days = group.days.filter((day) => day.billed.cost !== 0 || day.own.cost !== 0);
  const same = days.filter((day) => Math.sign(day.billed.cost - day.own.cost) === sign).length;
  if (tokens !== null && Math.sign(tokens - 1) !== sign) return { kind: 'unclear' };
  // own figures that are the vendor's own count leave out no machine
  if (sign > 0 && days.every((day) => day.tools === null && day.vendor !== null)) return { kind: 'unclear' };
  if (days.length < fewestDays || same < days.length * steadyShare) return { kind: 'unclear' };
  return { kind: sign > 0 ? 'more' : 'less', tokens, days: same, ofDays: days.length };
}

import type { Evidence } from '../platform/record.ts';

/** Best first; stored by index. */
export const evidenceLevels: readonly Evidence[] = ['billed', 'metered', 'recorded', 'estimated'];

export function evidenceIndex(evidence: Evidence): number {
  return evidenceLevels.indexOf(evidence);
}

/** How much a witness says about usage, best first; stored by index. */
export const usageRanks = ['calls', 'buckets', 'tokens', 'none'] as const;

/** One source that has records for an account on a UTC day. */
export interface Witness {
  readonly sourceId: number;
  readonly importer: string;
  /** Whose calls it tells of. */
  readonly vendor: string;
  /** How its export was cut, whether or not a plan covered what it tells of. */
  readonly cut: string;
  /** Index into evidenceLevels. */
  readonly evidence: number;
  readonly coverage: 'account' | 'tool';
  /** Index into usageRanks. */
  readonly usageRank: number;
  /** Whether it states any tokens or requests on that day. */
  readonly hasUsage: boolean;
  /** Whether it knows a cost of that day; zero beside records without a known cost is none. */
  readonly hasMoney: boolean;
  /** A record that stands for the whole month covers this day. */
  readonly spansMonth: boolean;
  /** What its whole export states of this vendor in the day's month: nano-USD, and requests and tokens added up. */
  readonly money: number;
  readonly usage: number;
}

export interface Chosen {
  readonly cost: ReadonlySet<number>;
  readonly usage: ReadonlySet<number>;
}

/** Marks the part of an export that a plan covered: it is a source of its own, beside the rest of the same export. */
export const coveredCut = 'covered by a plan';

/** The cut of an export, the same for what a plan covered of it and for the rest. */
export function cutWithoutCover(cut: string): string {
  return cut.startsWith(coveredCut) ? cut.slice(coveredCut.length).replace(/^, /, '') : cut;
}

/** Best first. */
type Order = (a: Witness, b: Witness) => number;

function isWide(witness: Witness): boolean {
  return witness.coverage === 'account';
}

function isEstimate({ evidence }: Witness): boolean {
  return evidence === evidenceIndex('estimated');
}

/** A vendor's API is asked again until its days are final; a file of the same bill stays as it was exported. */
function isReadAgain({ importer }: Witness): boolean {
  return importer.startsWith('sync:');
}

/** Two products of one vendor that are connected apart (Gemini and Vertex AI), each with its own part of the bill. */
function areTwoProducts(a: Witness, b: Witness): boolean {
  return isReadAgain(a) && isReadAgain(b) && a.importer.split(':')[1] !== b.importer.split(':')[1];
}

/**
 * Whether two tell of the same calls. A vendor's export sees every call there, a tool's export those of that tool. Files
 * mapped by hand share an importer, and are of one tool only where they are trusted alike.
 */
function tellTheSame(a: Witness, b: Witness): boolean {
  if (isWide(a) !== isWide(b) || a.vendor !== b.vendor || areTwoProducts(a, b)) return false;
  return isWide(a) || (a.importer === b.importer && a.evidence === b.evidence);
}

/** Sources that stand beside each other: one export, of several vendors or partly covered by a plan. */
function areOneExport(a: Witness, b: Witness): boolean {
  return a.importer === b.importer && a.cut === b.cut && a.evidence === b.evidence;
}

/** Of those that tell of the same calls, the best with what stands beside it in its export. */
function bestExports(candidates: readonly Witness[], order: Order): readonly Witness[] {
  const sorted = candidates.toSorted(order);
  return sorted.filter((witness) => {
    const first = sorted.find((other) => tellTheSame(other, witness));
    return first === undefined || areOneExport(first, witness);
  });
}

function best(candidates: readonly Witness[], order: Order): readonly Witness[] {
  const wide = candidates.filter(isWide);
  // Tools on one account see different calls, so all of them count.
  const all = wide.length > 0 ? wide : candidates;
  // A mere estimate counts only when nothing better does: a gateway's stands for calls that the vendor behind it bills.
  const known = all.filter((witness) => !isEstimate(witness));
  return bestExports(known.length > 0 ? known : all, order);
}

function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Of two exports as good as each other the one that states more of the month: the other is a part of it, as a file of some
 * hours is beside that of the month. Which was imported first must make no difference. By the month, not by the day, for
 * they can put the same spend on different days, and the larger of each would be more than either states.
 */
const byExtent: Order = (a, b) =>
  b.usage - a.usage ||
  b.money - a.money ||
  compareNames(a.importer, b.importer) ||
  compareNames(a.cut, b.cut) ||
  a.sourceId - b.sourceId;

const byMoney: Order = (a, b) =>
  a.evidence - b.evidence ||
  Number(b.spansMonth) - Number(a.spansMonth) ||
  Number(isReadAgain(b)) - Number(isReadAgain(a)) ||
  a.usageRank - b.usageRank ||
  byExtent(a, b);

const byUsage: Order = (a, b) => a.usageRank - b.usageRank || a.evidence - b.evidence || byExtent(a, b);

/** A witness that knows no cost (no price, no exchange rate) must not hide one that does. */
function moneyOf(witnesses: readonly Witness[]): readonly Witness[] {
  const withMoney = witnesses.filter((witness) => witness.hasMoney);
  const wouldHide = withMoney.length > 0 && !withMoney.some((one) => isWide(one) && !isEstimate(one));
  return witnesses.filter(
    (witness) =>
      witness.hasMoney ||
      (!(wouldHide && isWide(witness)) &&
        !withMoney.some((other) => tellTheSame(other, witness) && !areOneExport(other, witness))),
  );
}

/**
 * What counts of each day's candidates. A record that stands for a month cannot be divided into days: where another
 * counts in its place on any of them, it counts on none, or that day would be counted twice.
 */
function settleDays(days: readonly (readonly Witness[])[], order: Order): readonly ReadonlySet<number>[] {
  const chosen = days.map((day) => new Set(best(day, order).map((witness) => witness.sourceId)));
  const passedOver = new Set(
    days.flatMap((day, i) =>
      day.filter((witness) => witness.spansMonth && !chosen[i]?.has(witness.sourceId)),
    ),
  );
  if (passedOver.size === 0) return chosen;
  const ids = new Set([...passedOver].map((witness) => witness.sourceId));
  return settleDays(
    days.map((day) => day.filter((witness) => !ids.has(witness.sourceId))),
    order,
  );
}

/** Only what the user let count: on a day it says nothing of, nothing does. */
function aloneOn(days: readonly (readonly Witness[])[], sourceId: number): readonly ReadonlySet<number>[] {
  return days.map((day) => new Set(day.some((one) => one.sourceId === sourceId) ? [sourceId] : []));
}

/**
 * Which witnesses of one account count on each of these days, for money and for usage. An account-wide witness (a
 * vendor's export) sees every call, so the best one stands alone; without one the tools' own witnesses add up. Days of
 * a month that some record stands for as a whole must be given together. The money of a source the user let count
 * stands alone; usage keeps to the rule.
 */
export function chooseWitnesses(
  days: readonly (readonly Witness[])[],
  standsAlone: number | null = null,
): readonly Chosen[] {
  const cost = standsAlone === null ? settleDays(days.map(moneyOf), byMoney) : aloneOn(days, standsAlone);
  const usage = settleDays(
    days.map((day) => day.filter((witness) => witness.hasUsage)),
    byUsage,
  );
  const none = new Set<number>();
  return days.map((_, i) => ({ cost: cost[i] ?? none, usage: usage[i] ?? none }));
}

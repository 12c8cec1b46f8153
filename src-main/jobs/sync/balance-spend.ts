import { dayMs, dayText, utcDay } from '../../ledger/day.ts';
import { add, type Decimal, decimalText, parseDecimal, unitsAt } from '../../platform/money.ts';
import { type ImportedRecord, noTokens } from '../../platform/record.ts';
import { type BalanceRow, balanceSeries } from '../../store/balances.ts';
import type { ReadDb } from '../../store/database.ts';

const zero: Decimal = { units: 0n, scale: 0 };

type Reading = Pick<BalanceRow, 'at' | 'currency' | 'available'>;

/** What became of a balance between two readings. */
export interface BalanceChange {
  /** UTC ms. */
  readonly from: number;
  readonly to: number;
  readonly currency: string;
  /** Decimal string, above zero. */
  readonly amount: string;
  readonly kind: 'spend' | 'top-up';
}

/**
 * A fall is spend, a rise a top-up. Money that came in and went out again between two readings is not seen, so what was
 * spent is at least this. `series` is of one or more currencies, each in the order of its readings.
 */
export function balanceChanges(series: readonly Reading[]): readonly BalanceChange[] {
  const last = new Map<string, Reading>();
  const changes: BalanceChange[] = [];
  for (const reading of series) {
    const before = last.get(reading.currency);
    last.set(reading.currency, reading);
    if (before === undefined) continue;
    const difference = minus(reading.available, before.available);
    if (difference === null || difference.units === 0n) continue;
    const isFall = difference.units < 0n;
    const size = { ...difference, units: isFall ? -difference.units : difference.units };
    changes.push({
      from: before.at,
      to: reading.at,
      currency: reading.currency,
      amount: decimalText(size),
      kind: isFall ? 'spend' : 'top-up',
    });
  }
  return changes;
}

function minus(a: string, b: string) {
  const [one, other] = [parseDecimal(a), parseDecimal(b)];
  return one === null || other === null ? null : add(one, { ...other, units: -other.units });
}

type Fall = Pick<BalanceChange, 'from' | 'to' | 'currency' | 'amount'>;

/** What of a fall belongs to one UTC day. */
interface Part {
  readonly day: number;
  readonly currency: string;
  readonly amount: Decimal;
  /** When the fall began, UTC ms. */
  readonly since: number;
}

/** Nano-units: what a part is rounded to, where the fall is not written more finely. */
const partPlaces = 9;

/** A fall spread over the UTC days it may have happened on, by time. The parts add up to it, to the last digit. */
export function partsByDay({ from, to, currency, amount }: Fall): readonly Part[] {
  const whole = parseDecimal(amount) ?? zero;
  const last = utcDay(to);
  const part = (day: number, one: Decimal): Part => ({ day, currency, amount: one, since: from });
  if (utcDay(from) >= last) return [part(last, whole)];
  const scale = Math.max(whole.scale, partPlaces);
  const units = unitsAt(whole, scale);
  const parts: Part[] = [];
  let given = 0n;
  for (let day = utcDay(from); day <= last; day++) {
    const until = Math.min(to, (day + 1) * dayMs);
    const upTo = (units * BigInt(until - from)) / BigInt(to - from);
    if (upTo > given) parts.push(part(day, { units: upTo - given, scale }));
    given = upTo;
  }
  return parts;
}

export interface SpendQuestion {
  /** Of the newest reading, UTC ms. */
  readonly at: number;
  /** Where later readings were dropped: from when on all is told anew, UTC ms. */
  readonly redoneFrom: number | null;
  /** As the ledger names vendors. */
  readonly vendor: string;
}

/**
 * What a connection's balances say was spent on the UTC days that the falls noticed on the day of a reading reach over:
 * one record per day and currency. A fall over several days is spread, or what tools recorded on the days before it was
 * noticed would count beside it.
 */
export function inferredSpend(
  db: ReadDb,
  connectionId: number,
  { at, redoneFrom, vendor }: SpendQuestion,
): readonly ImportedRecord[] {
  const falls = balanceChanges(balanceSeries(db, connectionId)).filter(({ kind }) => kind === 'spend');
  const noticed = falls.filter(({ to }) => utcDay(to) === utcDay(at));
  const first = Math.min(...[...noticed.map(({ from }) => from), redoneFrom ?? at].map(utcDay));
  const parts = falls.flatMap(partsByDay).filter(({ day }) => day >= first && day <= utcDay(at));
  const buckets = Map.groupBy(parts, ({ currency, day }) => `${currency}|${dayText(day)}`);
  return [...buckets].flatMap(([key, own]) => {
    const [head] = own;
    return head === undefined ? [] : [recordOf(key, head, { own, vendor })];
  });
}

function recordOf(
  key: string,
  { day, currency }: Part,
  { own, vendor }: { readonly own: readonly Part[]; readonly vendor: string },
): ImportedRecord {
  return {
    key,
    at: day * dayMs,
    grain: 'day',
    provider: vendor,
    model: null,
    requests: 0,
    tokens: noTokens,
    amount: { value: decimalText(own.map(({ amount }) => amount).reduce(add, zero)), currency },
    extras: { since: new Date(Math.min(...own.map(({ since }) => since))).toISOString() },
  };
}

import { dayText, utcDay } from '../../ledger/day.ts';
import { add, decimalText, parseDecimal } from '../../platform/money.ts';
import { type ImportedRecord, noTokens } from '../../platform/record.ts';
import { type BalanceRow, balanceSeries } from '../../store/balances.ts';
import type { ReadDb } from '../../store/database.ts';

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

/**
 * What a connection's balances say was spent on the UTC day of a reading: one record per currency, of a day's falls. A
 * fall over several days stands on the day it was noticed.
 */
export function inferredSpend(
  db: ReadDb,
  connectionId: number,
  at: number,
  vendor: string,
): readonly ImportedRecord[] {
  const day = utcDay(at);
  const falls = balanceChanges(balanceSeries(db, connectionId)).filter(
    ({ kind, to }) => kind === 'spend' && utcDay(to) === day,
  );
  return [...Map.groupBy(falls, ({ currency }) => currency)].map(([currency, own]) => ({
    key: `${currency}|${dayText(day)}`,
    at: day * 86_400_000,
    grain: 'day',
    provider: vendor,
    model: null,
    requests: 0,
    tokens: noTokens,
    amount: { value: sumOf(own), currency },
    extras: { since: new Date(Math.min(...own.map(({ from }) => from))).toISOString() },
  }));
}

function sumOf(falls: readonly BalanceChange[]): string {
  const zero = { units: 0n, scale: 0 };
  return decimalText(falls.reduce((sum, { amount }) => add(sum, parseDecimal(amount) ?? zero), zero));
}

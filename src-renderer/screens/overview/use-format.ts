import { useMemo } from 'react';
import { formatCompact, formatCount, plural } from '../../ui/numbers.ts';
import { useMoney } from '../../ui/use-money.ts';
import type { Measure } from './measure.ts';

export interface MeasureFormat {
  readonly text: (value: number, isAtLeast?: boolean) => string;
  /** Values that are read together, with the same decimals. */
  readonly list: (values: readonly number[]) => readonly string[];
  readonly axis: (value: number) => string;
  /** What one unit on screen is in values. */
  readonly unit: number;
  readonly change: (value: number) => string;
  /** Exact value, for hover. */
  readonly exact: (value: number) => string;
}

/** How values of a measure are written. */
export function useFormat(measure: Measure): MeasureFormat {
  const { currency, money, moneyList, title } = useMoney();
  return useMemo(() => {
    if (measure === 'requests') {
      const change = (value: number) => (value < 0 ? `−${formatCount(-value)}` : `+${formatCount(value)}`);
      return {
        text: (value) => formatCount(value),
        list: (values) => values.map(formatCount),
        axis: formatCompact,
        change,
        unit: 1,
        exact: (value) => plural(value, 'request'),
      };
    }
    return {
      text: (value, atLeast = false) => money(value, { atLeast }),
      list: moneyList,
      unit: Number(currency.usdPerUnit) * 1e9,
      axis: (value) => money(value, { short: true }),
      change: (value) => money(value, { signed: true }),
      exact: title,
    };
  }, [measure, currency, money, moneyList, title]);
}

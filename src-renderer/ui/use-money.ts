import { useMemo } from 'react';
import { useRoute } from '../api/client.ts';
import {
  type Currency,
  currencyOf,
  formatMoney,
  formatMoneyList,
  type MoneyOptions,
  moneyTitle,
  usd,
} from './money.ts';

export interface MoneyFormat {
  readonly currency: Currency;
  /** Money in the user's currency. */
  readonly money: (nanoUsd: number, options?: Omit<MoneyOptions, 'currency'>) => string;
  /** Amounts that are read together, with the same decimals. */
  readonly moneyList: (nanoUsd: readonly number[]) => readonly string[];
  /** The exact USD, for `title`. */
  readonly title: (nanoUsd: number) => string;
}

/** Money text in the currency of the settings. */
export function useMoney(): MoneyFormat {
  const settings = useRoute('settings.get', {}).data?.settings;
  const today = useRoute('app.info', {}).data?.today ?? '9999-12-31';
  return useMemo(() => {
    const currency = settings ? currencyOf(settings, today) : usd;
    return {
      currency,
      money: (nanoUsd, options) => formatMoney(nanoUsd, { ...options, currency }),
      moneyList: (nanoUsd) => formatMoneyList(nanoUsd, currency),
      title: (nanoUsd) => moneyTitle(nanoUsd, currency),
    };
  }, [settings, today]);
}

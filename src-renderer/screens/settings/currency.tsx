import { Trash2 } from 'lucide-react';
import type { Settings } from '../../../src-preload/contract/settings.ts';
import { IconButton } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { formatDay } from '../../ui/dates.ts';
import { Select } from '../../ui/select.tsx';
import { useView } from '../../ui/use-view.ts';
import { AddRate } from './add-rate.tsx';
import { ratesInOrder, withoutRate, withRate } from './rates.ts';
import { SettingRow } from './setting-row.tsx';

interface CurrencyProps {
  readonly settings: Settings;
  readonly save: (change: Partial<Settings>) => void;
}

/** The currency figures are shown in, and the dated rates that get there from USD. */
export function Currency({ settings, save }: CurrencyProps) {
  const { today } = useView();
  const { currency, fxRates } = settings;
  const known = ['USD', ...new Set(fxRates.map((rate) => rate.currency))];
  return (
    <Card aria-labelledby="currency">
      <CardHead id="currency" title="Currency" />
      <SettingRow
        label="Show money in"
        help="The ledger keeps USD; the rate in force today is used for showing. Amounts charged in another currency are turned into USD by the rate of their own day."
        className="border-t"
      >
        <Select
          label="Show money in"
          className="w-28"
          value={currency}
          options={[...new Set([...known, currency])].map((code) => ({ value: code, label: code }))}
          onChange={(code) => save({ currency: code })}
        />
      </SettingRow>
      {fxRates.length > 0 && (
        <ul aria-label="Exchange rates" className="border-t py-1">
          {ratesInOrder(fxRates).map((rate) => (
            <li
              key={`${rate.currency} ${rate.from}`}
              className="flex h-8 items-center gap-3 pr-2 pl-4 text-sm"
            >
              <span className="tnum w-52 font-medium">
                1 {rate.currency} = {rate.usdPerUnit} USD
              </span>
              <span className="tnum flex-1 text-text-2">from {formatDay(rate.from, today)}</span>
              <IconButton
                icon={Trash2}
                size="sm"
                label={`Remove the ${rate.currency} rate of ${formatDay(rate.from, today)}`}
                onClick={() => save(afterRemoval(settings, rate))}
              />
            </li>
          ))}
        </ul>
      )}
      <AddRate today={today} onAdd={(rate) => save({ fxRates: withRate(fxRates, rate) })} />
    </Card>
  );
}

/** Showing falls back to USD with the last rate of the shown currency. */
function afterRemoval({ currency, fxRates }: Settings, rate: Settings['fxRates'][number]): Partial<Settings> {
  const left = withoutRate(fxRates, rate);
  const isShown = rate.currency === currency && !left.some((one) => one.currency === currency);
  return { fxRates: left, ...(isShown && { currency: 'USD' }) };
}

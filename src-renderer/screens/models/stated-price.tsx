import type { VendorModel } from '../../../src-preload/contract/calls.ts';
import { Badge } from '../../ui/badge.tsx';
import { formatAsOf } from '../../ui/dates.ts';
import { formatRate } from '../../ui/decimal-text.ts';
import { gapWords, priceGaps } from '../../ui/price-gap.ts';
import { useView } from '../../ui/use-view.ts';

/** What the vendor's own list says a model costs, as of when, and whether calls are priced like that. */
export function StatedPrice({ model }: { readonly model: VendorModel }) {
  const { zone, today } = useView();
  const { vendorPrice } = model;
  const asOf = formatAsOf(model.asOf, zone, today);
  if (vendorPrice === null)
    return (
      <span title={`No price in the vendor’s list, ${asOf}`} className="text-text-3">
        –
      </span>
    );
  const gaps = priceGaps(model);
  const rates = [vendorPrice.input, vendorPrice.output].map((rate) =>
    rate === null ? '–' : formatRate(rate),
  );
  const title = [...gaps.map(gapWords), vendorPrice.note ?? '', `Stated by the vendor, ${asOf}`].filter(
    Boolean,
  );
  return (
    <span title={title.join('\n')} className="min-w-0">
      <span className="flex items-center gap-1.5">
        <span className="tnum truncate text-text-2">{rates.join(' / ')}</span>
        {gaps.length > 0 && <Badge tone="warn">differs</Badge>}
      </span>
      <span className="tnum block text-text-3 text-xs">{asOf}</span>
    </span>
  );
}

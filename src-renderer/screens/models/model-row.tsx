// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: cells are read, their links and buttons have the focus
import type { ReactNode } from 'react';
import type { VendorModel } from '../../../src-preload/contract/calls.ts';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { dayOf, formatAsOf, formatDay } from '../../ui/dates.ts';
import { formatRate } from '../../ui/decimal-text.ts';
import { formatCompact, formatCount } from '../../ui/numbers.ts';
import { gapWords, priceGaps } from '../../ui/price-gap.ts';
import { useView } from '../../ui/use-view.ts';
import { gridClass } from './columns.ts';

interface ModelRowProps {
  readonly model: VendorModel;
  readonly ariaRow: number;
}

/** One model: what it takes and costs. A price nobody knows says so, with a way to set one. */
export function ModelRow({ model, ariaRow }: ModelRowProps) {
  const { zone, today } = useView();
  const { price, contextTokens, retiresAt } = model;
  const rate = (key: 'input' | 'cacheRead' | 'output') => (price?.[key] ? formatRate(price[key]) : '–');
  const from = price === null ? model.priceFrom : `Price: ${model.priceFrom}`;
  return (
    <div
      role="row"
      aria-rowindex={ariaRow}
      className={cx(gridClass, 'h-full border-b border-b-grid text-sm hover:bg-hover')}
    >
      <Cell title={model.label === null ? model.id : `${model.label}\n${model.id}`}>
        <span className="truncate font-medium">{model.id}</span>
        {model.kind !== 'chat' && <span className="shrink-0 text-text-3 text-xs">{model.kind}</span>}
      </Cell>
      <Cell title={model.connection}>
        <span className="truncate">{model.providerLabel}</span>
        {model.connection !== model.providerLabel && (
          <span className="min-w-0 truncate text-text-3 text-xs">{model.connection}</span>
        )}
      </Cell>
      <Cell
        right
        title={contextTokens === null ? 'The vendor does not say' : `${formatCount(contextTokens)} tokens`}
      >
        {contextTokens === null ? '–' : formatCompact(contextTokens).replace('.0', '')}
      </Cell>
      <Cell right title={from}>
        {price === null ? <SetPrice model={model} /> : rate('input')}
      </Cell>
      <Cell right optional title={from}>
        {rate('cacheRead')}
      </Cell>
      <Cell right title={from}>
        {rate('output')}
      </Cell>
      <Stated model={model} />
      <Cell right optional>
        {retiresAt !== null && (
          <Badge
            tone={dayOf(retiresAt, zone) <= today ? 'over' : 'warn'}
            title={formatAsOf(model.asOf, zone, today)}
          >
            {formatDay(dayOf(retiresAt, zone), today)}
          </Badge>
        )}
      </Cell>
    </div>
  );
}

interface CellProps {
  readonly children: ReactNode;
  readonly right?: boolean;
  readonly optional?: boolean;
  readonly title?: string;
}

function Cell({ children, right, optional, title }: CellProps) {
  return (
    <div
      role="cell"
      title={title}
      className={cx(
        'flex min-w-0 items-center gap-1.5 whitespace-nowrap',
        right && 'tnum justify-end',
        optional && 'narrow:hidden',
      )}
    >
      {children}
    </div>
  );
}

function SetPrice({ model }: { readonly model: VendorModel }) {
  const query = new URLSearchParams({ tab: 'prices', provider: model.provider, price: model.canonical });
  return (
    <a
      href={`#/settings?${query.toString()}`}
      title={model.priceFrom}
      aria-label={`Set a price for ${model.id}`}
      className="rounded-sm font-medium text-accent-text hover:underline"
    >
      Set a price
    </a>
  );
}

/** What the vendor's own list says of it, and whether that is what calls are priced with. */
function Stated({ model }: { readonly model: VendorModel }) {
  const { zone, today } = useView();
  const { vendorPrice } = model;
  const asOf = formatAsOf(model.asOf, zone, today);
  if (vendorPrice === null)
    return (
      <Cell title={`The vendor’s list states no price, ${asOf}`}>
        <span className="text-text-3">–</span>
      </Cell>
    );
  const gaps = priceGaps(model);
  const [input, output] = [vendorPrice.input, vendorPrice.output].map((rate) =>
    rate === null ? '–' : formatRate(rate),
  );
  const title = [...gaps.map(gapWords), vendorPrice.note ?? '', `Stated by the vendor, ${asOf}`].filter(
    Boolean,
  );
  return (
    <Cell title={title.join('\n')}>
      <span className="tnum text-text-2">
        {input} / {output}
      </span>
      {gaps.length > 0 && <Badge tone="warn">differs</Badge>}
      {gaps.length === 0 && model.price !== null && <span className="text-text-3 text-xs">same</span>}
    </Cell>
  );
}

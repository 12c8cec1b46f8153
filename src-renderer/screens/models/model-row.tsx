// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: cells are read, their links and buttons have the focus
import type { ReactNode } from 'react';
import type { VendorModel } from '../../../src-preload/contract/calls.ts';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { dayOf, formatDay } from '../../ui/dates.ts';
import { formatRate } from '../../ui/decimal-text.ts';
import { formatCount, formatLimit } from '../../ui/numbers.ts';
import { useView } from '../../ui/use-view.ts';
import { gridClass } from './columns.ts';
import { StatedPrice } from './stated-price.tsx';

interface ModelRowProps {
  readonly model: VendorModel;
  /** Id of its vendor in the ledger. */
  readonly vendor: string;
  readonly ariaRow: number;
}

/** One model: what it takes and costs. A price nobody knows says so, with a way to set one. */
export function ModelRow({ model, vendor, ariaRow }: ModelRowProps) {
  const { price, priceFrom, contextTokens } = model;
  const rate = (key: 'input' | 'cacheRead' | 'output') => (price?.[key] ? formatRate(price[key]) : '–');
  return (
    <div
      role="row"
      aria-rowindex={ariaRow}
      className={cx(gridClass, 'h-full border-b border-b-grid text-sm hover:bg-hover')}
    >
      <NameCell model={model} />
      <Cell
        right
        title={contextTokens === null ? 'The vendor does not say' : `${formatCount(contextTokens)} tokens`}
      >
        {contextTokens === null ? '–' : formatLimit(contextTokens)}
      </Cell>
      <Cell right>
        {price === null ? (
          <>
            <span className="narrow:hidden">–</span>
            <span className="hidden narrow:inline">
              <SetPrice model={model} vendor={vendor} />
            </span>
          </>
        ) : (
          rate('input')
        )}
      </Cell>
      <Cell right optional>
        {rate('cacheRead')}
      </Cell>
      <Cell right>{rate('output')}</Cell>
      <Cell optional title={priceFrom}>
        {price === null ? (
          <SetPrice model={model} vendor={vendor} />
        ) : (
          <span className="truncate text-text-3 text-xs">{priceFrom}</span>
        )}
      </Cell>
      <Cell>
        <StatedPrice model={model} />
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

/** The id whole, then whose it is, what it is where that is no chat model, and when it goes. */
function NameCell({ model }: { readonly model: VendorModel }) {
  const { id, label, kind, connection, providerLabel, retiresAt } = model;
  const whose = connection.startsWith(providerLabel) ? connection : `${providerLabel}, ${connection}`;
  return (
    <div role="cell" title={label === null || label === id ? id : `${label}\n${id}`} className="min-w-0">
      <div className="flex items-center gap-2">
        <span className="truncate font-medium">{id}</span>
        {retiresAt !== null && <Retires atMs={retiresAt} />}
      </div>
      <div className="truncate text-text-3 text-xs">{kind === 'chat' ? whose : `${whose}, ${kind}`}</div>
    </div>
  );
}

function Retires({ atMs }: { readonly atMs: number }) {
  const { zone, today } = useView();
  const day = dayOf(atMs, zone);
  return day <= today ? (
    <Badge tone="over">retired {formatDay(day, today)}</Badge>
  ) : (
    <Badge tone="warn">retires {formatDay(day, today)}</Badge>
  );
}

function SetPrice({ model, vendor }: Pick<ModelRowProps, 'model' | 'vendor'>) {
  const stated = model.vendorPrice;
  const query = new URLSearchParams({
    ...{ tab: 'prices', provider: vendor, price: model.canonical },
    // what the vendor states is a good beginning
    ...(stated?.input && { input: stated.input }),
    ...(stated?.output && { output: stated.output }),
  });
  return (
    <a
      href={`#/settings?${query.toString()}`}
      aria-label={`Set a price for ${model.id}`}
      className="rounded-sm font-medium text-accent-text hover:underline"
    >
      Set a price
    </a>
  );
}

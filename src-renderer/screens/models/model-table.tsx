// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: cells are read, their links and buttons have the focus
import type { VendorModel } from '../../../src-preload/contract/calls.ts';
import { cx } from '../../ui/cx.ts';
import { plural } from '../../ui/numbers.ts';
import { SortButton } from '../../ui/table.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { columns, gridClass, type ModelColumn } from './columns.ts';
import type { ModelSort, SortKey } from './model-list.ts';
import { ModelRow } from './model-row.tsx';

interface ModelTableProps {
  readonly models: readonly VendorModel[];
  /** Ids of the ledger by provider: prices stand under them. */
  readonly vendors: ReadonlyMap<string, string>;
  readonly sort: ModelSort;
  readonly onSort: (key: SortKey) => void;
}

/** Long lists of models; only the rows in view exist. */
export function ModelTable({ models, vendors, sort, onSort }: ModelTableProps) {
  return (
    <section
      aria-label="Models"
      className="flex min-h-0 flex-col overflow-hidden rounded-lg border bg-surface"
    >
      <VirtualList
        label="Models"
        count={models.length}
        rowHeight={44}
        head={<Head sort={sort} onSort={onSort} />}
        row={(index, ariaRow) => {
          const model = models[index];
          return model ? (
            <ModelRow
              model={model}
              vendor={vendors.get(model.provider) ?? model.provider}
              ariaRow={ariaRow}
            />
          ) : null;
        }}
      />
      <p role="status" className="shrink-0 border-t px-4 py-1.5 text-text-3 text-xs">
        {plural(models.length, 'model')}. Prices are USD per million tokens.
      </p>
    </section>
  );
}

function Head({ sort, onSort }: Pick<ModelTableProps, 'sort' | 'onSort'>) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={cx(gridClass, 'h-8 border-b bg-surface text-text-3 text-xs')}
    >
      {columns.map((column) => (
        <div
          key={column.label}
          role="columnheader"
          title={column.title}
          {...(column.sorts.length > 0 && { 'aria-sort': ariaSort(column, sort) })}
          className={cx(
            'flex min-w-0 items-center gap-3 whitespace-nowrap font-medium',
            column.align === 'right' && 'justify-end',
            column.isOptional && 'narrow:hidden',
          )}
        >
          {column.sorts.length === 0 && column.label}
          {column.sorts.map(({ key, label }) => (
            <SortButton key={key} sorted={key === sort.key ? sort.order : null} onSort={() => onSort(key)}>
              {label}
            </SortButton>
          ))}
        </div>
      ))}
    </div>
  );
}

function ariaSort({ sorts }: ModelColumn, { key, order }: ModelSort): 'ascending' | 'descending' | 'none' {
  if (!sorts.some((one) => one.key === key)) return 'none';
  return order === 'asc' ? 'ascending' : 'descending';
}

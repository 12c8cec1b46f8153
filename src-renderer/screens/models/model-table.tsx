// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: cells are read, their links and buttons have the focus
import type { VendorModel } from '../../../src-preload/contract/calls.ts';
import { cx } from '../../ui/cx.ts';
import { plural } from '../../ui/numbers.ts';
import { SortButton } from '../../ui/table.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { columns, gridClass } from './columns.ts';
import { isSorted, type ModelSort, type SortKey } from './model-list.ts';
import { ModelRow } from './model-row.tsx';

interface ModelTableProps {
  readonly models: readonly VendorModel[];
  readonly sort: ModelSort;
  readonly onSort: (key: SortKey) => void;
}

/** Long lists of models; only the rows in view exist. */
export function ModelTable({ models, sort, onSort }: ModelTableProps) {
  return (
    <section className="flex min-h-0 flex-col overflow-hidden rounded-lg border bg-surface">
      <VirtualList
        label="Models"
        count={models.length}
        rowHeight={36}
        head={<Head sort={sort} onSort={onSort} />}
        row={(index, ariaRow) => {
          const model = models[index];
          return model ? <ModelRow model={model} ariaRow={ariaRow} /> : null;
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
      {columns.map(({ key, label, align, title, isOptional }) => {
        const sorted = isSorted(sort, key) ? sort.order : null;
        return (
          <div
            key={key}
            role="columnheader"
            title={title}
            {...(key !== 'stated' && {
              'aria-sort': sorted === null ? 'none' : sorted === 'asc' ? 'ascending' : 'descending',
            })}
            className={cx(
              'truncate font-medium',
              align === 'right' && 'text-right',
              isOptional && 'narrow:hidden',
            )}
          >
            {key === 'stated' ? (
              label
            ) : (
              <SortButton sorted={sorted} onSort={() => onSort(key)}>
                {label}
              </SortButton>
            )}
          </div>
        );
      })}
    </div>
  );
}

import type { SortKey } from './model-list.ts';

export interface ModelColumn {
  readonly label: string;
  readonly align: 'left' | 'right';
  /** What it can be sorted by, the first as the column is called. */
  readonly sorts: readonly { readonly key: SortKey; readonly label: string }[];
  readonly title?: string;
  /** Left out in a narrow window. */
  readonly isOptional?: true;
}

const figure = (key: SortKey, label: string): ModelColumn => ({
  label,
  align: 'right',
  sorts: [{ key, label }],
});

export const columns: readonly ModelColumn[] = [
  {
    ...{ label: 'Model', align: 'left' },
    sorts: [
      { key: 'model', label: 'Model' },
      { key: 'provider', label: 'Provider' },
      { key: 'retires', label: 'Retires' },
    ],
  },
  { ...figure('context', 'Context'), title: 'Tokens a prompt may have' },
  figure('input', 'Input'),
  { ...figure('cacheRead', 'Cache read'), isOptional: true },
  figure('output', 'Output'),
  { label: 'Price from', align: 'left', sorts: [], title: 'What calls are priced with', isOptional: true },
  { label: 'Vendor states', align: 'left', sorts: [], title: 'Input and output by the vendor’s own list' },
];

/** The columns above, for head and rows alike. */
export const gridClass = [
  'grid min-w-210 items-center gap-x-4 px-4',
  'grid-cols-[minmax(0,1fr)_60px_72px_84px_72px_148px_156px]',
  'narrow:min-w-150 narrow:grid-cols-[minmax(0,1fr)_60px_72px_72px_156px]',
].join(' ');

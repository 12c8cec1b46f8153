import type { SortKey } from './model-list.ts';

export interface ModelColumn {
  readonly key: SortKey | 'stated';
  readonly label: string;
  readonly align: 'left' | 'right';
  readonly title?: string;
  /** Left out in a narrow window. */
  readonly isOptional?: true;
}

export const columns: readonly ModelColumn[] = [
  { key: 'model', label: 'Model', align: 'left' },
  { key: 'provider', label: 'Provider', align: 'left' },
  { key: 'context', label: 'Context', align: 'right', title: 'Tokens a prompt may have' },
  { key: 'input', label: 'Input', align: 'right' },
  { key: 'cacheRead', label: 'Cache read', align: 'right', isOptional: true },
  { key: 'output', label: 'Output', align: 'right' },
  {
    key: 'stated',
    label: 'Vendor states',
    align: 'left',
    title: 'Input and output by the vendor’s own list',
  },
  { key: 'retires', label: 'Retires', align: 'right', isOptional: true },
];

/** The columns above, for head and rows alike. */
export const gridClass = [
  'grid min-w-200 items-center gap-x-3 px-4',
  'grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)_72px_84px_84px_84px_minmax(150px,0.9fr)_84px]',
  'narrow:min-w-160 narrow:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)_64px_80px_80px_150px]',
].join(' ');

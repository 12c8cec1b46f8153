import type { TableImporter } from '../../platform/importer.ts';
import type { Evidence } from '../../platform/record.ts';
import type { DateFormat } from './dates.ts';

export type ColumnRole =
  | 'date'
  | 'cost'
  | 'currency'
  | 'model'
  | 'provider'
  | 'project'
  | 'session'
  | 'requests'
  | 'input'
  | 'cacheRead'
  | 'cacheWrite'
  | 'output'
  | 'reasoning'
  | 'callId';

/** Which column gives what, in the shape of the contract's mapping. Columns are header names. */
export interface Mapping {
  readonly name: string;
  readonly columns: { readonly date: string } & {
    readonly [role in Exclude<ColumnRole, 'date'>]?: string | undefined;
  };
  readonly dateFormat: DateFormat;
  /** Zone of times that state none. */
  readonly zone: string;
  readonly decimal: '.' | ',';
  readonly inputIncludesCache: boolean;
  readonly currency: string;
  readonly provider: string;
  readonly evidence: Evidence;
}

export interface Measures {
  readonly usage: TableImporter['usage'];
  /** Whether a row with a time of day stands for one call. */
  readonly countsCalls: boolean;
}

/** What files read by a mapping say about usage. */
export function measuresOf({ columns }: Mapping): Measures {
  const hasTokens = columns.input !== undefined || columns.output !== undefined;
  if (columns.callId !== undefined) return { usage: 'calls', countsCalls: true };
  if (columns.requests !== undefined) return { usage: 'buckets', countsCalls: false };
  return { usage: hasTokens ? 'tokens' : 'none', countsCalls: false };
}

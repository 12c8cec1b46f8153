import type { CredentialField, ProviderInfo } from '../../../src-preload/contract/connections.ts';
import { unlockWords } from './capability-words.ts';

export interface FieldGroup {
  readonly key: string;
  readonly title: string;
  /** What filling it in brings. */
  readonly brings: string;
  readonly fields: readonly CredentialField[];
}

/** A vendor's fields by what they are needed for: what everything needs first, then as declared. */
export function fieldGroups({
  fields,
  reports,
}: Pick<ProviderInfo, 'fields' | 'reports'>): readonly FieldGroup[] {
  const byUse = new Map<string, CredentialField[]>();
  for (const field of fields) {
    const key = field.neededFor.toSorted().join(' ');
    byUse.set(key, [...(byUse.get(key) ?? []), field]);
  }
  return [...byUse]
    .toSorted(([a], [b]) => Number(b === '') - Number(a === ''))
    .map(([key, group]) => ({
      ...{ key, fields: group },
      ...unlockWords(
        group[0]?.neededFor ?? [],
        reports.filter(
          (report) => report.needs.length === 0 || group.some(({ name }) => report.needs.includes(name)),
        ),
      ),
    }));
}

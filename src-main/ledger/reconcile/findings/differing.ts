import { type Analysis, type Group, sharedGroups } from './analysis.ts';
import { type Difference, differenceOf } from './difference.ts';

type Of<K extends Difference['kind']> = Extract<Difference, { kind: K }>;
/** A group both sides tell of, and why its sums differ. */
export interface Differing<K extends Difference['kind']> {
  readonly group: Group;
  readonly difference: Of<K>;
}

export function differing<K extends Difference['kind']>(
  analysis: Analysis,
  kind: K,
): readonly Differing<K>[] {
  return sharedGroups(analysis).flatMap((group) => {
    const difference = differenceOf(group);
    // The kind was just compared, which the compiler cannot carry over to the type.
    return difference.kind === kind ? [{ group, difference: difference as Of<K> }] : [];
  });
}

export const gapIn = (list: readonly { readonly group: Group }[]): number =>
  list.reduce((sum, { group }) => sum + group.billed - group.own, 0);

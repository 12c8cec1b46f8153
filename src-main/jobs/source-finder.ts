import type { ImportedRecord } from '../platform/record.ts';

/** What tells the sources of an importer apart. */
export type Origin = Pick<ImportedRecord, 'provider' | 'cut' | 'coveredByPlan'>;

/** The source records of an origin go to: the id of it. `ask` is asked once for each, in the order they come. */
export function createSourceFinder(ask: (origin: Origin) => number): (record: Origin) => number {
  const known = new Map<string, number>();
  let last: Origin | undefined;
  let lastId = 0;
  return ({ provider, cut, coveredByPlan }) => {
    if (last?.provider === provider && last.cut === cut && last.coveredByPlan === coveredByPlan)
      return lastId;
    last = { provider, ...(cut !== undefined && { cut }), ...(coveredByPlan && { coveredByPlan }) };
    const name = JSON.stringify(last);
    lastId = known.get(name) ?? ask(last);
    known.set(name, lastId);
    return lastId;
  };
}

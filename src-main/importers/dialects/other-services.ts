import type { RowOutcome } from '../../platform/importer.ts';

/** Counts the charges of a cloud's bill that are for something else than models: they are left out, never silently. */
export interface OtherServices {
  skip(service: string): RowOutcome;
  readonly count: () => number;
  warnings(): readonly string[];
}

export function openOtherServices(): OtherServices {
  let count = 0;
  return {
    skip(service) {
      count++;
      return { kind: 'skip', reason: `${service || 'the service'} is no AI service` };
    },
    count: () => count,
    warnings: () =>
      count === 0 ? [] : [`${count} rows are charges for other services than AI; they were left out.`],
  };
}

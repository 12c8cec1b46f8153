import { useHashParams } from '../../ui/hash-location.ts';
import { type Breakdown, breakdowns } from './names.ts';

export interface Choices {
  readonly by: Breakdown;
  /** The measure asked for; it may not be available. */
  readonly measure: string | null;
  readonly chooseBy: (by: Breakdown) => void;
  readonly chooseMeasure: (measure: string) => void;
}

/** What the bars are stacked by and what they measure: in the hash, beside range and filters. */
export function useChoices(): Choices {
  const [params, change] = useHashParams();
  return {
    by: breakdowns.find((by) => by === params.get('by')) ?? 'model',
    measure: params.get('measure'),
    chooseBy: (by) => change({ by: by === 'model' ? null : by }),
    chooseMeasure: (measure) => change({ measure }),
  };
}

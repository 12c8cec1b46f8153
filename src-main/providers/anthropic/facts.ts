import type { PriceFacts } from '../../platform/record.ts';
import { type Fields, textOf } from '../dialects/json.ts';

/** What a row of either API is grouped by and the price depends on. */
export function factsOf(group: Fields): PriceFacts {
  const [serviceTier, speed, geo] = [
    textOf(group.service_tier),
    textOf(group.speed),
    textOf(group.inference_geo),
  ];
  const window = textOf(group.context_window);
  return {
    ...(serviceTier !== null && { serviceTier }),
    ...(speed !== null && { speed }),
    ...(geo !== null && { geo }),
    ...(window !== null && { longContext: window !== '0-200k' }),
  };
}

import type { Following } from '../../../src-preload/contract/values.ts';
import { readAt } from '../../ui/read-at.ts';

/** How fresh a tool's figures are: a word for the row, and the whole of it for those who look closer. */
export interface FollowingWords {
  readonly word: string;
  readonly title: string;
  readonly tone: 'good' | 'quiet' | 'warn';
}

export interface Freshness {
  readonly following: Following;
  readonly lastReadAt: number | null;
}

/** Null where there is nothing to say: never read, and not followed. */
export function followingWords(
  { following: { mode, why, asOf }, lastReadAt }: Freshness,
  zone: string,
  today: string,
): FollowingWords | null {
  const read = lastReadAt === null ? '' : `Last read ${readAt(lastReadAt, zone, today)}. `;
  const stand = asOf === null ? '' : `As of ${readAt(asOf, zone, today)}. `;
  const because = why === null ? '' : why;
  switch (mode) {
    case 'live':
      return { word: 'live', title: `${read}New lines are read as they are written.`, tone: 'good' };
    case 'polling':
      return { word: 'polling', title: `${read}${stand}${because}`.trim(), tone: 'quiet' };
    case 'paused':
      return {
        word: 'paused',
        title: `${read}${stand}${because === '' ? 'Following is switched off.' : because}`,
        tone: 'warn',
      };
    case 'waiting':
    case 'off':
      return asOf === null
        ? null
        : { word: `as of ${readAt(asOf, zone, today)}`, title: `${read}${because}`.trim(), tone: 'quiet' };
  }
}

import type { Health } from '../../../src-preload/contract/connections.ts';
import { failedOf, together } from './health-words.ts';

/** Vendors with trouble first: one that is held back, then an outage that lasts, then by the share of errors. */
export function worstFirst(providers: readonly Health[]): readonly Health[] {
  return providers.toSorted((a, b) => trouble(b) - trouble(a) || a.label.localeCompare(b.label));
}

function trouble(health: Health): number {
  const isHeld = health.breakers.some((breaker) => breaker.state !== 'closed');
  const isOut = health.lastOutage !== null && health.lastOutage.to === null;
  const all = together(health);
  return (isHeld ? 4 : 0) + (isOut ? 2 : 0) + failedOf(all) / Math.max(1, all.requests);
}

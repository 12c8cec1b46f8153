import type { Health } from '../../../src-preload/contract/connections.ts';

/** A stretch of time in the strip of a vendor's health. */
export interface Slot {
  readonly from: number;
  readonly to: number;
  readonly requests: number;
  readonly failed: number;
}

const hourMs = 3_600_000;

/** The last days as at most `most` equal slots of whole hours, oldest first; hours without requests are there too. */
export function slotsOf(hours: Health['hours'], now: number, days: number, most = 168): readonly Slot[] {
  const total = days * 24;
  const width = Math.ceil(total / most);
  const count = Math.ceil(total / width);
  const end = (Math.floor(now / hourMs) + 1) * hourMs;
  const start = end - count * width * hourMs;
  const slots = Array.from({ length: count }, (_, index) => {
    const from = start + index * width * hourMs;
    return { from, to: from + width * hourMs, requests: 0, failed: 0 };
  });
  for (const hour of hours) {
    const slot = slots[Math.floor((hour.at - start) / (width * hourMs))];
    if (!slot) continue;
    slot.requests += hour.requests;
    slot.failed += hour.failed;
  }
  return slots;
}

/** The strip in words: `Requests in 40 of 56 stretches of 3 hours, errors in 2.` */
export function stripWords(slots: readonly Slot[]): string {
  const first = slots[0];
  const hours = first ? Math.round((first.to - first.from) / hourMs) : 0;
  const used = slots.filter((slot) => slot.requests > 0).length;
  const failed = slots.filter((slot) => slot.failed > 0).length;
  const unit = hours === 1 ? 'hours' : `stretches of ${hours} hours`;
  return `Requests in ${used} of ${slots.length} ${unit}, errors in ${failed}.`;
}

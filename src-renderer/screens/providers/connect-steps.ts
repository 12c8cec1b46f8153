import type { SyncOutcome } from './use-first-syncs.ts';

/** Where the sheet that connects vendors is: choosing them, giving the key of one, or reading them the first time. */
export type ConnectStep =
  | { readonly kind: 'pick'; readonly chosen: readonly string[] }
  /** `at` counts the vendors of `queue`; `saved` are ids of connections. */
  | {
      readonly kind: 'key';
      readonly queue: readonly string[];
      readonly at: number;
      readonly saved: readonly number[];
    }
  | { readonly kind: 'sync'; readonly saved: readonly number[] }
  | { readonly kind: 'end' };

/** `pick`, or a vendor somebody chose already. */
export function firstStep(wanted: string): ConnectStep {
  return wanted === 'pick'
    ? { kind: 'pick', chosen: [] }
    : { kind: 'key', queue: [wanted], at: 0, saved: [] };
}

export function toggled(chosen: readonly string[], provider: string): readonly string[] {
  return chosen.includes(provider) ? chosen.filter((one) => one !== provider) : [...chosen, provider];
}

export function keysOf(chosen: readonly string[]): ConnectStep {
  return chosen.length === 0 ? { kind: 'end' } : { kind: 'key', queue: chosen, at: 0, saved: [] };
}

/** To the next vendor, with the connection just saved or null where its key was skipped; then to the first sync. */
export function afterKey(step: ConnectStep, saved: number | null): ConnectStep {
  if (step.kind !== 'key') return step;
  const all = saved === null ? step.saved : [...step.saved, saved];
  if (step.at + 1 < step.queue.length) return { ...step, at: step.at + 1, saved: all };
  return all.length === 0 ? { kind: 'end' } : { kind: 'sync', saved: all };
}

/** How the first readings ended: `failed` where none of them brought anything, so that the way on is to put them right. */
export function endOf(
  ids: readonly number[],
  outcomes: ReadonlyMap<number, SyncOutcome>,
): 'reading' | 'done' | 'failed' {
  const ended = ids.flatMap((id) => outcomes.get(id) ?? []);
  if (ended.length < ids.length) return 'reading';
  return ended.length > 0 && ended.every(isFailed) ? 'failed' : 'done';
}

/** Whether a first reading brought nothing because of failures. */
export function isFailed(outcome: SyncOutcome): boolean {
  if (outcome.kind === 'failed') return true;
  return outcome.results.length > 0 && outcome.results.every(({ state }) => state === 'failed');
}

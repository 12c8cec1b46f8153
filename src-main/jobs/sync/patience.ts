import { AppError } from '../../platform/error.ts';
import type { Timers } from '../../platform/ports.ts';

const longestMs = 60_000;
const mostWaits = 3;

export interface Patience {
  readonly timers: Timers;
  readonly signal: AbortSignal;
  /** Told for how many milliseconds it waits, and null once it goes on. */
  readonly waiting: (ms: number | null) => void;
}

/**
 * Does work that a vendor may ask to have a little later: up to a minute is waited for on the spot, so that a strict
 * limit does not keep a long past from ever being read. Longer waits, and all other trouble, are thrown.
 */
export async function patiently<T>(patience: Patience, work: () => Promise<T>): Promise<T> {
  for (let waits = 0; ; waits++) {
    try {
      return await work();
    } catch (error) {
      const ms = askedWait(error);
      if (ms === null || waits >= mostWaits) throw error;
      patience.waiting(ms);
      try {
        await wait(patience, ms);
      } finally {
        patience.waiting(null);
      }
    }
  }
}

function askedWait(error: unknown): number | null {
  if (!(error instanceof AppError) || error.code !== 'RATE_LIMITED') return null;
  const ms = error.data?.retryAfterMs;
  return typeof ms === 'number' && ms > 0 && ms <= longestMs ? ms : null;
}

function wait({ timers, signal }: Patience, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      cancel();
      reject(new AppError('CANCELLED', 'The reading was broken off. What was read is kept.'));
    };
    const cancel = timers.after(ms, () => {
      signal.removeEventListener('abort', end);
      resolve();
    });
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

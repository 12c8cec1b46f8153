import { AppError } from '../../platform/error.ts';
import type { Clock, Timers } from '../../platform/ports.ts';
import type { RateLimits } from '../../platform/provider.ts';

export interface Limits {
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
}

/** A place in the queue that was given: to be settled when it is known what the call used. */
export interface Turn {
  /** Corrects the estimate the turn was given on. */
  settle(tokens: number): void;
}

/**
 * Lets calls of one connection start no faster than its limits, first come first served. Written here because none of
 * the libraries takes the clock from outside, lets a waiting call be cancelled and learns from a vendor's headers.
 */
export interface Limiter {
  /** Resolves when a call of about this many tokens may start. Rejects with CANCELLED when `signal` aborts first. */
  turn(tokens: number, signal?: AbortSignal): Promise<Turn>;
  /** What the vendor's headers or a 429 said: nothing starts before this moment (UTC ms). */
  holdUntil(at: number): void;
  /** Takes in what a reply's headers say is left. */
  learn(limits: RateLimits): void;
  change(limits: Limits): void;
  /** How many wait. */
  waiting(): number;
}

interface Started {
  readonly at: number;
  tokens: number;
}

interface Waiter {
  readonly tokens: number;
  readonly go: (turn: Turn) => void;
}

const windowMs = 60_000;

export function createLimiter(clock: Clock, timers: Timers, initial: Limits): Limiter {
  let limits = initial;
  let started: Started[] = [];
  let heldUntil = 0;
  let cancelTimer: (() => void) | null = null;
  const queue: Waiter[] = [];

  const start = (tokens: number): Turn => {
    const one: Started = { at: clock.now(), tokens };
    started.push(one);
    return {
      settle(used) {
        one.tokens = used;
        pump();
      },
    };
  };

  const pump = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      const now = clock.now();
      started = started.filter(({ at }) => at > now - windowMs && at <= now);
      const at = Math.max(heldUntil, startsAt(started, next.tokens, limits, now));
      if (at > now) {
        cancelTimer = timers.after(at - now, pump);
        return;
      }
      queue.shift();
      next.go(start(next.tokens));
    }
  };

  return {
    turn(tokens, signal) {
      return new Promise((resolve, reject) => {
        const drop = (): void => {
          const index = queue.indexOf(waiter);
          if (index < 0) return;
          queue.splice(index, 1);
          reject(new AppError('CANCELLED', 'The call was cancelled before it was sent. Nothing was spent.'));
          pump();
        };
        const waiter: Waiter = {
          tokens,
          go(turn) {
            signal?.removeEventListener('abort', drop);
            resolve(turn);
          },
        };
        queue.push(waiter);
        signal?.addEventListener('abort', drop, { once: true });
        if (signal?.aborted) drop();
        else pump();
      });
    },
    holdUntil(at) {
      heldUntil = Math.max(heldUntil, at);
      pump();
    },
    learn({ requests, tokens }) {
      for (const { remaining, resetMs } of [requests, tokens])
        if (remaining === 0 && resetMs !== null) heldUntil = Math.max(heldUntil, clock.now() + resetMs);
      pump();
    },
    change(next) {
      limits = next;
      pump();
    },
    waiting: () => queue.length,
  };
}

/** When a call fits beside those of the last minute; one that is larger than a whole minute allows goes alone. */
function startsAt(started: readonly Started[], tokens: number, limits: Limits, now: number): number {
  const { requestsPerMinute, tokensPerMinute } = limits;
  const freeAt = (fits: (left: readonly Started[]) => boolean): number => {
    for (let gone = 0; gone <= started.length; gone++)
      if (fits(started.slice(gone))) return gone === 0 ? now : (started[gone - 1]?.at ?? now) + windowMs;
    return now;
  };
  const byRequests =
    requestsPerMinute === null ? now : freeAt((left) => left.length < Math.max(1, requestsPerMinute));
  const byTokens =
    tokensPerMinute === null
      ? now
      : freeAt(
          (left) =>
            left.length === 0 || left.reduce((sum, one) => sum + one.tokens, tokens) <= tokensPerMinute,
        );
  return Math.max(byRequests, byTokens);
}

import { CircuitState, ConsecutiveBreaker, ConstantBackoff, circuitBreaker, handleWhen } from 'cockatiel';
import type { ErrorCode } from '../../../src-preload/contract/errors.ts';
import { AppError } from '../../platform/error.ts';
import type { Clock } from '../../platform/ports.ts';
import type { Breaker } from './vendors.ts';

/** What says that the vendor is in trouble. A key it refuses says nothing of that. */
const trouble: ReadonlySet<ErrorCode> = new Set(['OVERLOADED', 'NETWORK', 'BAD_RESPONSE', 'RATE_LIMITED']);

const failuresInARow = 5;
const firstRestMs = 30_000;
const longestRestMs = 15 * 60_000;

export interface BreakerOptions {
  readonly clock: Clock;
  /** The connection, for the user. */
  readonly name: string;
  readonly changed: () => void;
}

export interface CircuitBreaker {
  /** Does the work, or throws OVERLOADED (NETWORK where it could not be reached) at once while the vendor rests. */
  run<T>(work: () => Promise<T>): Promise<T>;
  view(): Breaker;
}

/**
 * Lets a vendor rest after five failures in a row: 30 s, then twice as long each time its trial fails, at most 15 min.
 * cockatiel counts and runs the trial; how long the rest is is measured here, for it reads the system's clock alone.
 */
export function createBreaker({ clock, name, changed }: BreakerOptions): CircuitBreaker {
  let rests = 0;
  let openedAt = 0;
  let restMs = 0;
  let cause: AppError | null = null;
  const policy = circuitBreaker(
    handleWhen((error) => error instanceof AppError && trouble.has(error.code)),
    { breaker: new ConsecutiveBreaker(failuresInARow), halfOpenAfter: new ConstantBackoff(0) },
  );
  policy.onBreak((reason) => {
    openedAt = clock.now();
    const error = 'error' in reason ? reason.error : null;
    restMs = Math.max(Math.min(longestRestMs, firstRestMs * 2 ** rests), askedFor(error));
    cause = error instanceof AppError ? error : null;
    rests++;
    changed();
  });
  policy.onReset(() => {
    rests = 0;
    changed();
  });
  policy.onHalfOpen(changed);

  /** A clock that went back must not make it longer. */
  const isResting = (): boolean => clock.now() - openedAt < restMs && clock.now() >= openedAt;

  return {
    async run(work) {
      const { state } = policy;
      if (state === CircuitState.Open && isResting())
        throw new AppError(
          // a machine that is offline is no trouble of the vendor's
          cause?.code === 'NETWORK' ? 'NETWORK' : 'OVERLOADED',
          `Several requests of ${name} in a row failed, so none are sent for now. It is tried again by itself.${cause === null ? '' : ` The last failure: ${cause.message}`}`,
          { data: { retryAfterMs: openedAt + restMs - clock.now(), isResting: true } },
        );
      if (state === CircuitState.HalfOpen)
        throw new AppError('OVERLOADED', `${name} is being tried again. Wait for the outcome.`, {
          data: { retryAfterMs: firstRestMs, isResting: true },
        });
      return policy.execute(work);
    },
    view() {
      if (policy.state === CircuitState.Closed) return { state: 'closed', until: null };
      if (policy.state === CircuitState.Open && isResting())
        return { state: 'open', until: openedAt + restMs };
      return { state: 'half-open', until: null };
    },
  };
}

/** How long the vendor itself asked to be left alone. */
function askedFor(error: unknown): number {
  const asked = error instanceof AppError ? error.data?.retryAfterMs : undefined;
  return typeof asked === 'number' ? asked : 0;
}

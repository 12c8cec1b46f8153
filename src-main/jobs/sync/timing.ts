import type { ErrorCode } from '../../../src-preload/contract/errors.ts';
import type { AppError } from '../../platform/error.ts';
import type { SyncStateRow } from '../../store/sync-states.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What asking again soon cannot mend: somebody has to do something first. */
const needsSomebody: ReadonlySet<ErrorCode> = new Set([
  ...(['INVALID_KEY', 'INSUFFICIENT_SCOPE', 'NOT_ENABLED', 'OUT_OF_CREDIT', 'NO_KEY'] as const),
  ...(['FORBIDDEN', 'BAD_INPUT', 'VAULT_DAMAGED', 'UNSUPPORTED'] as const),
]);
const rareMs = 12 * hourMs;
const lockedMs = 15 * minuteMs;
const firstBackOffMs = minuteMs;
const longestBackOffMs = 6 * hourMs;
/** Without a network nobody is bothered by a try, and it is back at any moment. */
const longestOfflineMs = 15 * minuteMs;
const shortestMs = 30_000;
const longestAskedMs = 24 * hourMs;

/** From 0 to 1, like Math.random. */
export type Random = () => number;

/** After a reading that went well: the interval and up to a tenth more, so that connections do not march in step. */
export function afterSuccess(everyMinutes: number, random: Random): number {
  return Math.round(everyMinutes * minuteMs * (1 + random() / 10));
}

/**
 * How long to wait after a failure, `failures` in a row: exponential with full jitter, never before the vendor says. A
 * refused key is tried twice a day, a locked vault four times an hour.
 */
export function afterFailure(
  error: Pick<AppError, 'code' | 'data'>,
  failures: number,
  random: Random,
): number {
  if (error.code === 'VAULT_LOCKED') return lockedMs;
  if (needsSomebody.has(error.code)) return Math.round(rareMs * (1 + random() / 10));
  const longest = error.code === 'NETWORK' ? longestOfflineMs : longestBackOffMs;
  const backOff = Math.min(longest, firstBackOffMs * 2 ** Math.min(failures, 20));
  const asked = Math.min(longestAskedMs, Number(error.data?.retryAfterMs ?? 0) || 0);
  return Math.round(Math.max(shortestMs, backOff * random(), asked * (1 + random() / 20)));
}

/** Whether a vendor that rests, or a vault that is locked, kept it from being tried at all: that is no failure of it. */
export function isUntried(error: Pick<AppError, 'code' | 'data'>): boolean {
  return error.code === 'VAULT_LOCKED' || error.data?.isResting === true;
}

type Times = Pick<SyncStateRow, 'next_at' | 'attempted_at'>;

/**
 * Whether a report is due by the wall clock. Decided from what is stored alone, so sleep and restarts change nothing; an
 * attempt that lies ahead was made by a clock that has gone back since, and its plan is void.
 */
export function isDue({ next_at, attempted_at }: Times, now: number): boolean {
  return next_at === null || next_at <= now || (attempted_at !== null && attempted_at > now + minuteMs);
}

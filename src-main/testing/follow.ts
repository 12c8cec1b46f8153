import type { CoreEvent } from '../../src-preload/contract/events.ts';
import type { Core } from '../core/index.ts';
import { nodeWatcher } from '../platform/following.ts';
import type { Following, Timers } from '../platform/ports.ts';

/** Timers that do not keep a test waiting: delays are over almost at once, periods when the test says so. */
export interface TestTimers extends Timers {
  /** Lets one period of everything go by. */
  pass(): void;
  /** Lets every deadline of a minute and more be over. */
  expire(): void;
}

/** From here on a delay is a deadline: it is over when the test says so. */
const deadlineFromMs = 60_000;

export function testTimers(): TestTimers {
  const periodic = new Set<() => void>();
  const deadlines = new Set<() => void>();
  return {
    after(delayMs, callback) {
      if (delayMs >= deadlineFromMs) {
        deadlines.add(callback);
        return () => void deadlines.delete(callback);
      }
      const timer = setTimeout(callback, Math.min(delayMs, 5));
      return () => clearTimeout(timer);
    },
    every(_periodMs, callback) {
      periodic.add(callback);
      return () => void periodic.delete(callback);
    },
    pass() {
      for (const callback of [...periodic]) callback();
    },
    expire() {
      const due = [...deadlines];
      deadlines.clear();
      for (const callback of due) callback();
    },
  };
}

/** Follows with the system's own events, and timers of the test. */
export function testFollowing(options: Partial<Following> = {}): Following & { readonly timers: TestTimers } {
  const timers = testTimers();
  return { watcher: nodeWatcher, asked: true, ...options, timers };
}

const deadlineMs = 15_000;

/** Waits for events of the core until `isTrue` holds; fails at a deadline, and says what it last looked like. */
export async function until(
  core: Core,
  isTrue: () => boolean | Promise<boolean>,
  state: () => unknown = () => '',
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const check = async (event?: CoreEvent): Promise<void> => {
    if (event?.kind !== 'job.changed' && (await isTrue())) resolve();
  };
  const silence = core.events.listen((event) => void check(event).catch(reject));
  const deadline = setTimeout(
    async () => reject(new Error(`too late: ${JSON.stringify(await state())}`)),
    deadlineMs,
  );
  try {
    await check();
    await promise;
  } finally {
    silence();
    clearTimeout(deadline);
  }
}

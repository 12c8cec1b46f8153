import type { Timers } from '../platform/ports.ts';

/** Work that begins after a while, or as soon as somebody needs it done. */
export interface PutOff {
  /** Ends as the work does; rejects with the reason it was dropped for. */
  readonly done: Promise<void>;
  /** Begins it now, unless it has begun or was dropped. */
  begin(): void;
  /** Keeps it from beginning. */
  drop(reason: Error): void;
}

export function putOff(timers: Timers, afterMs: number, work: () => Promise<void>): PutOff {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let isOpen = true;
  const once = (act: () => void) => {
    if (!isOpen) return;
    isOpen = false;
    cancel();
    act();
  };
  const begin = () => once(() => void work().then(resolve, reject));
  const cancel = timers.after(afterMs, begin);
  // Nobody has to wait for it.
  promise.catch(() => undefined);
  return { done: promise, begin, drop: (reason) => once(() => reject(reason)) };
}

import { expect, test } from 'vitest';
import { putOff } from './put-off.ts';

/** Timers that pass when a test says so. */
function handTimers() {
  const waiting = new Set<() => void>();
  const after = (_ms: number, call: () => void) => {
    waiting.add(call);
    return () => void waiting.delete(call);
  };
  return { waiting, after, every: after };
}

test('work begins once: when its time has come, or earlier when it is needed', async () => {
  for (const how of ['in time', 'needed'] as const) {
    const timers = handTimers();
    let times = 0;
    const work = putOff(timers, 10, async () => void times++);
    expect(times).toBe(0);
    if (how === 'in time') for (const call of timers.waiting) call();
    work.begin();
    work.drop(new Error('too late'));
    await work.done;
    expect([times, timers.waiting.size]).toEqual([1, 0]);
  }
});

test('dropped work never begins and says why; failed work says what failed', async () => {
  const timers = handTimers();
  const dropped = putOff(timers, 10, () => Promise.reject(new Error('began')));
  dropped.drop(new Error('stopped'));
  dropped.begin();
  await expect(dropped.done).rejects.toThrow('stopped');
  expect(timers.waiting.size).toBe(0);
  const failed = putOff(timers, 10, () => Promise.reject(new Error('damaged')));
  failed.begin();
  await expect(failed.done).rejects.toThrow('damaged');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backfillOf, dayMs, nextStep, type Span, targetOf } from './windows.ts';

const today = Date.UTC(2026, 10, 20);

/** Reads until all is read or `steps` are made; answers what is covered, and the days asked for. */
function read(
  report: Parameters<typeof nextStep>[0],
  start: Span | null,
  { now, steps = Number.POSITIVE_INFINITY }: { readonly now: number; readonly steps?: number },
) {
  let [covered, head]: [Span | null, number | null] = [start, null];
  const days = new Set<number>();
  for (let i = 0; i < steps; i++) {
    const step = nextStep(report, { covered, head }, now);
    if (step === null) return { covered, days, isDone: true };
    expect(step.to).toBeGreaterThan(step.from);
    expect((step.to - step.from) / dayMs).toBeLessThanOrEqual(Math.max(1, report.windowDays));
    for (let at = step.from; at < step.to; at += dayMs) days.add(at);
    if (head === null || step.to > head) head = step.to;
    covered = step.covered;
  }
  return { covered, days, isDone: false };
}

const anyReport = fc.record({
  windowDays: fc.integer({ min: 1, max: 40 }),
  lookBackDays: fc.integer({ min: 1, max: 100 }),
  trailingDays: fc.integer({ min: 0, max: 20 }),
});

test('always: however often a reading is broken off and whenever it goes on, no covered day is one that was never read', () => {
  const visits = fc.array(
    fc.record({ steps: fc.integer({ min: 0, max: 4 }), laterMs: fc.integer({ min: 0, max: 60 * dayMs }) }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(anyReport, visits, (report, all) => {
      let [covered, now]: [Span | null, number] = [null, today];
      const everRead = new Set<number>();
      for (const { steps, laterMs } of all) {
        now += laterMs;
        const reading = read(report, covered, { now, steps });
        for (const day of reading.days) everRead.add(day);
        covered = reading.covered;
        if (covered !== null)
          for (let at = covered.from; at < covered.to; at += dayMs) expect(everRead.has(at)).toBe(true);
      }
      const last = read(report, covered, { now });
      expect(last.isDone).toBe(true);
      expect(last.covered?.from).toBeLessThanOrEqual(targetOf(report, now).from);
      expect(last.covered?.to).toBe(targetOf(report, now).to);
    }),
  );
});

test('always: a reading asks anew for the days vendors still change and for no covered day before them', () => {
  fc.assert(
    fc.property(anyReport, fc.integer({ min: 0, max: 30 }), (report, later) => {
      const { covered } = read(report, null, { now: today });
      const now = today + later * dayMs;
      const { days } = read(report, covered, { now });
      const trailing = Math.max(targetOf(report, now).from, today - report.trailingDays * dayMs);
      if (covered !== null && covered.to > targetOf(report, now).from)
        expect(Math.min(...days)).toBe(trailing);
    }),
  );
});

test('the end of the window is tomorrow, UTC, also just before and after midnight', () => {
  const report = { windowDays: 7, lookBackDays: 7, trailingDays: 2 };
  expect(nextStep(report, { covered: null, head: null }, today)?.to).toBe(today + dayMs);
  expect(nextStep(report, { covered: null, head: null }, today - 1)?.to).toBe(today);
});

test('the past is told in days while it is being filled in', () => {
  const report = { windowDays: 10, lookBackDays: 30, trailingDays: 3 };
  expect(backfillOf(report, null, today)).toBeNull();
  const { covered } = read(report, null, { now: today, steps: 1 });
  expect(backfillOf(report, covered, today)).toEqual({ done: 10, total: 30 });
  expect(backfillOf(report, read(report, null, { now: today }).covered, today)).toBeNull();
});

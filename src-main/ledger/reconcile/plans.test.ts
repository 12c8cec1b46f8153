import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KnownPlan, readPlans } from '../../pricing/plans.ts';
import { resourcesDir } from '../../testing/core.ts';
import { dayNumber } from '../day.ts';
import { cyclesOf, recentUsage } from './cycles.ts';
import { advise } from './plans.ts';

const dollars = (usd: number): number => usd * 1_000_000_000;
const today = dayNumber('2026-11-20');
const fee = { nanoUsd: dollars(20), cycle: 'month' as const, start: '2026-08-31', end: null };
const plan = (name: string, usd: number): KnownPlan => ({
  vendor: 'anthropic',
  name,
  feeNanoUsd: dollars(usd),
  cycle: 'month',
  asOf: '2026-11-01',
  source: 'here',
  confidence: 'recalled',
});
const use = (day: string, usd: number, unpricedRequests = 0) => ({
  day: dayNumber(day),
  nanoUsd: dollars(usd),
  unpricedRequests,
});

describe('cycles', () => {
  it('run from charge to charge, also from the last of a month, newest first', () => {
    const cycles = cyclesOf([use('2026-09-29', 1), use('2026-09-30', 2)], { fee, today });
    expect(cycles.map(({ from, to }) => `${from} ${to}`)).toEqual([
      '2026-10-31 2026-11-29',
      '2026-09-30 2026-10-30',
      '2026-08-31 2026-09-29',
    ]);
    expect(cycles.map((one) => one.usageNanoUsd)).toEqual([0, dollars(2), dollars(1)]);
    expect(cycles.map((one) => one.isWhole)).toEqual([true, true, false]);
    expect(cycles.map((one) => one.isOver)).toEqual([false, true, true]);
  });

  it('before the first record are unknown, not free', () => {
    const cycles = cyclesOf([use('2026-11-01', 4)], { fee, today });
    expect(cycles.map((one) => one.usageNanoUsd)).toEqual([dollars(4), null, null]);
  });

  it('end with the plan', () => {
    const cycles = cyclesOf([], { fee: { ...fee, end: '2026-10-01' }, today });
    expect(cycles[0]?.from).toBe('2026-09-30');
  });

  it('always: every day from the first charge to today lies in one cycle', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 900 }),
        fc.constantFrom('month' as const, 'year' as const),
        (back, cycle) => {
          const start = new Date((today - back) * 86_400_000).toISOString().slice(0, 10);
          const usage = Array.from({ length: back + 1 }, (_, i) => ({
            day: today - i,
            nanoUsd: 1,
            unpricedRequests: 0,
          }));
          const cycles = cyclesOf(usage, { fee: { ...fee, start, cycle }, today });
          expect(cycles.reduce((sum, one) => sum + (one.usageNanoUsd ?? 0), 0)).toBe(back + 1);
        },
      ),
    );
  });
});

describe('advice', () => {
  const cycles = cyclesOf(
    [use('2026-08-31', 0), use('2026-09-10', 60), use('2026-10-10', 90), use('2026-11-05', 500)],
    {
      fee,
      today,
    },
  );

  it('compares the fee with the average of whole cycles only', () => {
    const advice = advise({
      kind: 'plan',
      fee,
      cycles,
      known: [plan('Pro', 20), plan('Max', 100)],
      recentNanoUsd: null,
    });
    expect(advice.monthlyUsageNanoUsd).toBe(dollars(75));
    expect(advice.verdict).toBe(
      'The plan is cheaper: this usage comes to $75.00 a month at per-token prices, the fee to $20.00.',
    );
    expect(advice.alternatives.map((one) => [one.overFeeNanoUsd, one.isCurrent])).toEqual([
      [dollars(55), true],
      [dollars(-25), false],
    ]);
    expect(advice.caveats.join(' ')).toContain('no quotas in tokens');
  });

  it('says at least while models are unpriced, and nothing before a cycle is over', () => {
    const some = cyclesOf([use('2026-08-31', 0), use('2026-09-10', 5, 2)], { fee, today });
    expect(advise({ kind: 'plan', fee, cycles: some, known: [], recentNanoUsd: null }).verdict).toContain(
      'at least $2.50',
    );
    const running = cyclesOf([], { fee: { ...fee, start: '2026-11-10' }, today });
    expect(
      advise({ kind: 'plan', fee, cycles: running, known: [], recentNanoUsd: null }).monthlyUsageNanoUsd,
    ).toBeNull();
  });

  it('takes the last 30 days where no whole cycle is known, and says so; a partly known cycle is no average', () => {
    const usage = [use('2026-10-15', 7), use('2026-11-10', 33), use('2026-11-20', 99)];
    const partly = cyclesOf(usage, { fee: null, today });
    const recentNanoUsd = recentUsage(usage, today);
    expect(recentNanoUsd).toBe(dollars(33));
    expect(recentUsage(usage.slice(1), today)).toBeNull();
    const advice = advise({
      kind: 'api',
      fee: null,
      cycles: partly,
      known: [plan('Pro', 20)],
      recentNanoUsd,
    });
    expect(advice.monthlyUsageNanoUsd).toBe(dollars(33));
    expect(advice.caveats[0]).toContain('the last 30 days stand for a month');
  });

  it('names the plans that would cost an api account less, and none where per token is cheapest', () => {
    const months = cyclesOf([use('2026-10-01', 30)], { fee: null, today });
    const asked = { kind: 'api' as const, fee: null, cycles: months, recentNanoUsd: null };
    expect(advise({ ...asked, known: [plan('Pro', 20), plan('Max', 100)] }).verdict).toContain(
      'Pro would cost less',
    );
    expect(advise({ ...asked, known: [plan('Max', 100)] }).verdict).toContain('Paying per token is cheapest');
  });

  it('advises nobody on months without any use', () => {
    const idle = cyclesOf([use('2026-05-31', 3), use('2026-11-10', 0)], { fee: null, today });
    const asked = { fee: null, cycles: idle, known: [plan('Pro', 20)], recentNanoUsd: null };
    for (const kind of ['api', 'plan'] as const)
      expect(advise({ kind, ...asked }).verdict).toContain('Nothing was used in the last whole months');
    expect(advise({ kind: 'plan', ...asked, fee }).verdict).toContain('Paying per token would be cheaper');
  });
});

describe('resources/plans.json', () => {
  const content: unknown = JSON.parse(readFileSync(join(resourcesDir, 'plans.json'), 'utf8'));

  it('is read whole, each plan with where it comes from and when', () => {
    const plans = readPlans(content);
    expect(plans.length).toBeGreaterThan(10);
    expect(new Set(plans.map((one) => `${one.vendor} ${one.name}`)).size).toBe(plans.length);
  });

  it('refuses a fee that is none', () => {
    const bad = { ...(content as object), plans: [{ vendor: 'x', name: 'y', feeUsd: '-1', cycle: 'month' }] };
    expect(() => readPlans(bad)).toThrow(/plans/);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BilledLine, datesOf, openaiBill, openaiUsage, type UsedTokens } from '../testing/bills.ts';
import { startTestCore, type TestCore } from '../testing/core.ts';

/** Ten days of July 2026; a million input tokens of gpt-5-mini are a quarter of a dollar. */
const july = datesOf('2026-07', 1, 10);
const million = 1_000_000;

async function put(t: TestCore, name: string, content: string, account?: string): Promise<number> {
  const path = join(t.dir, name);
  writeFileSync(path, content);
  const { files } = await t.call('imports.commit', { file: { path }, ...(account && { account }) });
  return files[0]?.importId ?? 0;
}

interface Scene {
  readonly bill: readonly BilledLine[];
  readonly usage: readonly UsedTokens[];
}

const even = (usd: string): readonly BilledLine[] => july.map((day) => ({ day, usd }));
const used = (input: number, days = july): readonly UsedTokens[] => days.map((day) => ({ day, input }));

/** July of the one account, with these two exports in it. */
async function julyOf(t: TestCore, { bill, usage }: Scene) {
  await put(t, 'bill.csv', openaiBill(bill));
  if (usage.length > 0) await put(t, 'usage.csv', openaiUsage(usage));
  return t.call('reconcile.month', { accountId: 1, month: '2026-07' });
}

const kinds = (detail: Awaited<ReturnType<typeof julyOf>>) => detail.findings.map((one) => one.kind);
const findingOf = (detail: Awaited<ReturnType<typeof julyOf>>, kind: string) =>
  detail.findings.find((one) => one.kind === kind);

describe('a month', () => {
  test('agrees where both sides say the same, and is final once the bill was read after late usage can come', async () => {
    await using t = await startTestCore();
    const { month, days, models, findings } = await julyOf(t, { bill: even('1'), usage: used(4 * million) });
    expect(month).toMatchObject({
      billedNanoUsd: 10_000_000_000,
      ownNanoUsd: 10_000_000_000,
      gapNanoUsd: 0,
      verdict: 'agrees',
      isFinal: true,
      comparedFrom: '2026-07-01',
      comparedTo: '2026-07-10',
    });
    expect(days).toHaveLength(10);
    expect(models).toMatchObject([{ model: 'gpt-5-mini', gapNanoUsd: 0, verdict: 'agrees' }]);
    expect(findings).toEqual([]);
  });

  test('own money on days the bill does not speak for is told apart and never makes a gap', async () => {
    await using t = await startTestCore();
    const { month } = await julyOf(t, {
      bill: even('1'),
      usage: [...used(4 * million), ...used(8 * million, datesOf('2026-07', 11, 12))],
    });
    expect(month).toMatchObject({ gapNanoUsd: 0, ownOutsideNanoUsd: 4_000_000_000 });
  });

  test('a day the bill was read in is left out', async () => {
    await using t = await startTestCore({ now: Date.UTC(2026, 6, 10, 14) });
    const detail = await julyOf(t, {
      bill: [...even('1').slice(0, 9), { day: '2026-07-10', usd: '0.1' }],
      usage: used(4 * million),
    });
    expect(detail.month).toMatchObject({
      unfinishedDay: '2026-07-10',
      comparedTo: '2026-07-09',
      gapNanoUsd: 0,
      billedOutsideNanoUsd: 100_000_000,
      isFinal: false,
    });
    expect(findingOf(detail, 'late-data')?.evidence.join(' ')).toContain('10 Jul is left out');
  });

  test('a bill in a currency without a rate is no bill of zero', async () => {
    await using t = await startTestCore();
    const bill = july.map((day) => ({ day, usd: '1', currency: 'eur' }));
    const { month } = await julyOf(t, { bill, usage: used(million) });
    expect(month).toMatchObject({ billedNanoUsd: null, gapNanoUsd: null, verdict: 'no-bill' });
  });

  test('only a bill, only own figures, and an account that is not there are each said', async () => {
    await using t = await startTestCore();
    const detail = await julyOf(t, { bill: even('1'), usage: [] });
    expect(detail.month).toMatchObject({ ownNanoUsd: null, verdict: 'no-own' });
    expect(kinds(detail)).toEqual(['missing-source']);
    await put(t, 'june.csv', openaiUsage(used(million, datesOf('2026-06', 1, 3))));
    const june = await t.call('reconcile.month', { accountId: 1, month: '2026-06' });
    expect(june.month).toMatchObject({ billedNanoUsd: null, ownNanoUsd: 750_000_000, verdict: 'no-bill' });
    expect(june.findings[0]?.action?.to).toBe('/providers');
    await expect(t.call('reconcile.month', { accountId: 9, month: '2026-06' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('lines written in cents may be off by half a cent each; lines written exactly may not', async () => {
    await using cents = await startTestCore();
    const rounded = await julyOf(cents, { bill: even('10.00'), usage: used(39_986_000) });
    expect(rounded.month).toMatchObject({
      gapNanoUsd: 35_000_000,
      roundingNanoUsd: 10 * 5_000_000,
      verdict: 'agrees',
    });
    expect(kinds(rounded)).toEqual(['rounding']);
    await using exact = await startTestCore();
    const written = [{ day: '2026-07-01', usd: '10.000001' }, ...even('10').slice(1)];
    const { month } = await julyOf(exact, { bill: written, usage: used(39_986_000) });
    expect(month).toMatchObject({ roundingNanoUsd: 10_000_000, verdict: 'gap' });
  });
});

describe('causes', () => {
  test('days and models no own source saw, to the dollar', async () => {
    await using t = await startTestCore();
    const detail = await julyOf(t, {
      bill: [...even('1'), { day: '2026-07-05', usd: '3', item: 'gpt-5-2025-08-07, output' }],
      usage: used(4 * million, july.slice(2)),
    });
    const found = findingOf(detail, 'missing-source');
    expect(found).toMatchObject({ explainsNanoUsd: 5_000_000_000, certainty: 'certain' });
    expect(found?.evidence.join(' ')).toContain('1 Jul to 2 Jul');
    expect(found?.evidence.join(' ')).toContain('begins on 3 Jul');
    expect(found?.evidence.join(' ')).toContain('gpt-5 ($3.00)');
    expect(kinds(detail)).toEqual(['missing-source']);
  });

  test('models without a price, with their tokens', async () => {
    await using t = await startTestCore();
    const item = 'gpt-unheard-of, input';
    const detail = await julyOf(t, {
      bill: [...even('1'), { day: '2026-07-03', usd: '2', item }],
      usage: [...used(4 * million), { day: '2026-07-03', input: 5 * million, model: 'gpt-unheard-of' }],
    });
    expect(detail.month).toMatchObject({ unpricedRecords: 1, gapNanoUsd: 2_000_000_000 });
    expect(findingOf(detail, 'unpriced-models')).toMatchObject({ explainsNanoUsd: 2_000_000_000 });
    expect(findingOf(detail, 'unpriced-models')?.evidence[0]).toContain('5M tokens');
  });

  test('half the price day after day is a tier, and only said to be possible without the vendor’s tokens', async () => {
    await using t = await startTestCore();
    const detail = await julyOf(t, { bill: even('0.5'), usage: used(4 * million) });
    expect(findingOf(detail, 'tier-or-cache')).toMatchObject({
      explainsNanoUsd: -5_000_000_000,
      certainty: 'possible',
    });
    expect(kinds(detail)).toEqual(['tier-or-cache']);
  });

  test('a price that changed within the month is dated', async () => {
    await using t = await startTestCore();
    const bill = july.map((day, i) => ({ day, usd: i < 5 ? '1' : '1.4' }));
    const detail = await julyOf(t, { bill, usage: used(4 * million) });
    const found = findingOf(detail, 'price-changed');
    expect(found).toMatchObject({ explainsNanoUsd: 2_000_000_000, certainty: 'likely' });
    expect(found?.evidence[0]).toContain('1.40 times the own figure from 6 Jul on');
  });

  test('more was billed on nearly every day, by changing shares: unexplained, as the vendor’s own count holds every machine', async () => {
    await using t = await startTestCore();
    const bill = july.map((day, i) => ({ day, usd: (1.2 + i * 0.1).toFixed(2) }));
    const detail = await julyOf(t, { bill, usage: used(4 * million) });
    expect(kinds(detail)).not.toContain('other-machines');
    expect(detail.findings.at(-1)).toMatchObject({
      kind: 'unexplained',
      explainsNanoUsd: detail.month.gapNanoUsd,
    });
  });

  test('a day booked on the next one nets to nothing', async () => {
    await using t = await startTestCore();
    const bill = july.map((day, i) => ({ day, usd: i === 3 ? '0.4' : i === 4 ? '1.6' : '1' }));
    const detail = await julyOf(t, { bill, usage: used(4 * million) });
    expect(detail.month.verdict).toBe('agrees');
    expect(findingOf(detail, 'day-boundary')?.evidence[0]).toBe('4 Jul: −$0.60, 5 Jul: $0.60.');
  });

  test('calls that are missing from the bill are not called a saving', async () => {
    await using t = await startTestCore();
    const detail = await julyOf(t, {
      bill: even('1'),
      usage: [
        ...used(4 * million),
        ...july.map((day) => ({ day, input: million, model: 'gpt-5-2025-08-07' })),
      ],
    });
    expect(findingOf(detail, 'filtered-export')).toMatchObject({
      explainsNanoUsd: -12_500_000_000,
      certainty: 'possible',
    });
    expect(kinds(detail)).toEqual(['filtered-export']);
  });
});

test('always: the gap is what the findings explain and what they leave, and the months add up to the ledger', async () => {
  await using t = await startTestCore();
  const day = fc.record({ billed: fc.integer({ min: 0, max: 400 }), used: fc.integer({ min: 0, max: 8 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(day, { minLength: 2, maxLength: 10 }), async (days) => {
      const bill = days.flatMap(({ billed }, i) =>
        billed === 0 ? [] : [{ day: july[i] ?? '', usd: (billed / 100).toFixed(2) }],
      );
      const usage = days.flatMap((one, i) =>
        one.used === 0 ? [] : [{ day: july[i] ?? '', input: one.used * million }],
      );
      if (bill.length === 0) return;
      const ids = [await put(t, 'bill.csv', openaiBill(bill))];
      if (usage.length > 0) ids.push(await put(t, 'usage.csv', openaiUsage(usage)));
      const { months } = await t.call('reconcile.months', {});
      const { month, findings } = await t.call('reconcile.month', {
        accountId: months[0]?.accountId ?? 0,
        month: '2026-07',
      });
      const { totals } = await t.call('report.run', { by: [], filters: {} });
      expect((month.billedNanoUsd ?? 0) + month.billedOutsideNanoUsd).toBe(totals.cashByEvidence.billed);
      if (month.gapNanoUsd !== null) {
        const told = findings.reduce((sum, one) => sum + (one.explainsNanoUsd ?? 0), 0);
        expect(Math.abs(month.gapNanoUsd - told)).toBeLessThanOrEqual(month.roundingNanoUsd);
      }
      for (const importId of ids.filter(Boolean)) await t.call('imports.undo', { importId });
    }),
    { numRuns: 15 },
  );
});

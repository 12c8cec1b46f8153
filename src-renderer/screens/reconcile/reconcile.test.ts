import { describe, expect, it } from 'vitest';
import type { ReconciledDay, ReconciledMonth } from '../../../src-preload/contract/reconcile.ts';
import { dayBars, daySeries, daysInWords, footOf } from './days-chart.ts';
import { byAccount, headlineOf } from './headline.ts';
import { comparedWords, gapWords, monthName, recordsHref, shareWords } from './words.ts';

const month = (given: Partial<ReconciledMonth> = {}): ReconciledMonth => ({
  accountId: 1,
  account: 'OpenAI API',
  provider: 'openai',
  month: '2026-10',
  billedNanoUsd: 100,
  ownNanoUsd: 80,
  gapNanoUsd: 20,
  gapPerMille: 200,
  verdict: 'gap',
  unpricedRecords: 0,
  comparedFrom: '2026-10-01',
  comparedTo: '2026-10-31',
  unfinishedDay: null,
  billedOutsideNanoUsd: 0,
  ownOutsideNanoUsd: 0,
  roundingNanoUsd: 10,
  isFinal: true,
  asOf: null,
  chosenSourceId: null,
  ...given,
});
const noBill = { billedNanoUsd: null, gapNanoUsd: null, gapPerMille: null, verdict: 'no-bill' } as const;

describe('the headline', () => {
  it('is the newest month both sides are known of, over its accounts, and leaves half-known months out', () => {
    const months = [
      month({ month: '2026-11', ...noBill }),
      month(),
      month({
        accountId: 2,
        billedNanoUsd: 300,
        ownNanoUsd: 300,
        gapNanoUsd: 0,
        gapPerMille: 0,
        verdict: 'agrees',
      }),
      month({ month: '2026-09' }),
    ];
    expect(headlineOf(months)).toMatchObject({
      month: '2026-10',
      billedNanoUsd: 400,
      ownNanoUsd: 380,
      gapNanoUsd: 20,
      gapPerMille: 50,
      agreeing: 1,
    });
    expect(headlineOf([month(noBill)])).toBeNull();
  });

  it('is followed by accounts that can be compared, then by the others', () => {
    const order = byAccount([
      month({ accountId: 3, ...noBill }),
      month(),
      month({ accountId: 3, ...noBill }),
    ]);
    expect(order.map((own) => own.map((one) => one.accountId))).toEqual([[1], [3, 3]]);
  });
});

describe('words', () => {
  it('sign a share and name what a gap means', () => {
    expect([shareWords(155), shareWords(-32), shareWords(0), shareWords(null)]).toEqual([
      '+15.5\u00a0%',
      '−3.2\u00a0%',
      '0\u00a0%',
      '–',
    ]);
    expect(gapWords(month())).toBe('More billed than known here');
    expect(gapWords(month({ gapNanoUsd: -5 }))).toBe('More known here than billed');
    expect(gapWords(month(noBill))).toContain('Nothing in the ledger says');
  });

  it('say the span, the month and where the records are', () => {
    expect(comparedWords(month(), '2026-11-20')).toBe('1–31 Oct, UTC');
    expect(comparedWords(month({ comparedFrom: null }), '2026-11-20')).toBe('The whole month, UTC');
    expect(monthName('2026-09')).toBe('September 2026');
    expect(recordsHref(7, '2026-10-01', '2026-10-02')).toBe(
      '#/activity?range=custom&from=2026-10-01&to=2026-10-02&account=7',
    );
  });
});

describe('the days', () => {
  const day = (date: string, given: Partial<ReconciledDay> = {}): ReconciledDay => ({
    day: date,
    isCompared: true,
    billedNanoUsd: 5,
    ownNanoUsd: 3,
    gapNanoUsd: 2,
    gapPerMille: 400,
    verdict: 'gap',
    unpricedRecords: 0,
    ...given,
  });
  const money = (nanoUsd: number) => `${nanoUsd} n`;

  it('are all of the month, and of the running one up to today; a day nothing is known of has no bar', () => {
    const bars = dayBars({ month: month(), days: [day('2026-10-02')] }, '2026-11-20');
    expect(bars).toHaveLength(31);
    expect(daySeries(bars).map(({ values }) => values.slice(0, 3))).toEqual([
      [0, 5, 0],
      [0, 3, 0],
    ]);
    expect(dayBars({ month: month({ month: '2026-11' }), days: [] }, '2026-11-20')).toHaveLength(20);
  });

  it('say what their difference is, and whether they are compared at all', () => {
    const days = [
      day('2026-10-01'),
      day('2026-10-02', { isCompared: false }),
      day('2026-10-03', { ownNanoUsd: null, gapNanoUsd: null, verdict: 'no-own' }),
      day('2026-10-04', { gapNanoUsd: 0, verdict: 'agrees' }),
    ];
    const bars = dayBars({ month: month(), days }, '2026-11-20');
    expect(bars.slice(0, 5).map((bar) => footOf(bar, money))).toEqual([
      'gap 2 n',
      'not compared',
      'no own records',
      'no gap',
      'nothing known',
    ]);
    expect(daysInWords(days, money)).toBe(
      '1 of 2 compared days agree. The largest gap is 2 n on 2026-10-01.',
    );
  });
});

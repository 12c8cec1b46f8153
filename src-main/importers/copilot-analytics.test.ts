import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { expectedTotals, readTable, sampleText, sumAmounts } from '../testing/read-table.ts';
import { copilotAnalytics } from './copilot-analytics.ts';

const sample = 'copilot_premium_requests_analytics_2025.csv';

conforms(copilotAnalytics, {
  [sample]: {
    accepted: 3,
    requests: Number(expectedTotals[sample]?.requests),
    cashUsd: '0.04',
  },
});

const header = 'Timestamp,User,Model,Requests Used,Exceeds Monthly Quota,Total Monthly Quota';
const read = (...rows: readonly string[]) => readTable(copilotAnalytics, [header, ...rows, ''].join('\n'));

describe('copilot-analytics', () => {
  it('prices the requests over the quota alone, and never calls that a bill', () => {
    const { records } = readTable(copilotAnalytics, sampleText(sample));
    const over = records.filter(({ coveredByPlan }) => !coveredByPlan);
    expect(over).toHaveLength(Number(expectedTotals[sample]?.over_quota_requests));
    expect(sumAmounts(over)).toBe('0.04');
    expect(records.filter(({ coveredByPlan }) => coveredByPlan).every(({ amount }) => !amount)).toBe(true);
    expect(copilotAnalytics.evidence).toBe('recorded');
  });

  it('prices fractions of a request exactly and counts them as no requests', () => {
    const { records, warnings } = read('2025-08-13,octocat,GPT-5 mini,0.33,TRUE,300');
    expect(records).toMatchObject([
      { requests: 0, amount: { value: '0.0132', currency: 'USD' }, extras: { premiumRequests: '0.33' } },
    ]);
    expect(warnings).toHaveLength(1);
  });

  it('tells days from the moments of single requests', () => {
    const { records } = read(
      '2025-08-12T00:00:00Z,octocat,Claude Sonnet 4,1,false,300',
      '2025-08-12T10:20:30Z,octocat,Claude Sonnet 4,1,false,300',
      '8/13/25,octocat,Claude Sonnet 4,1,false,300',
    );
    expect(records.map(({ at, grain }) => [new Date(at).toISOString().slice(0, 13), grain])).toEqual([
      ['2025-08-12T00', 'day'],
      ['2025-08-12T10', 'instant'],
      ['2025-08-13T00', 'day'],
    ]);
  });

  it('skips rows without a request and refuses what it cannot read', () => {
    const { records, skipped, refused } = read(
      '2025-08-12,octocat,GPT-5,0,false,300',
      '2025-08-12,octocat,GPT-5,some,false,300',
      '2025-08-12,octocat,GPT-5,-1,false,300',
      '2025-08-12,octocat,GPT-5,1,perhaps,300',
      '12.08.2025,octocat,GPT-5,1,false,300',
    );
    expect([records.length, skipped.length]).toEqual([0, 1]);
    expect(refused).toEqual([
      '3 Requests Used "some" is not a number',
      '4 Requests Used "-1" is no number of requests',
      '5 Exceeds Monthly Quota is neither true nor false',
      '6 Timestamp "12.08.2025" leaves open which number is the day and which the month',
    ]);
  });

  it('gives twins, which add up, and a day exported again the same key', () => {
    const row = '2025-08-12,octocat,GPT-5,1,false,300';
    const keys = (date: string) => read(row.replace('2025-08-12', date), row).records.map(({ key }) => key);
    expect(new Set(keys('2025-08-12')).size).toBe(1);
    expect(keys('2025-08-12T00:00:00Z')).toEqual(keys('2025-08-12'));
  });
});

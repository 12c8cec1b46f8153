import { describe, expect, it } from 'vitest';
import type { ReportRow } from '../../../src-preload/contract/report.ts';
import { drillDown, groupName, sortGroups } from './groups.ts';

const noTokens = {
  input: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheWriteUnknown: 0,
  output: 0,
  reasoning: 0,
};
const none = { billed: 0, metered: 0, recorded: 0, estimated: 0 };

function row(facts: Partial<ReportRow>): ReportRow {
  return {
    requests: 0,
    tokens: noTokens,
    cashNanoUsd: 0,
    planFeeNanoUsd: 0,
    equivalentNanoUsd: 0,
    unpricedRequests: 0,
    unpricedCash: 0,
    unpricedEquivalent: 0,
    records: 0,
    evidence: none,
    cashByEvidence: none,
    equivalentByEvidence: none,
    ...facts,
  };
}

describe('drillDown', () => {
  it('asks for exactly the records of the group', () => {
    expect(drillDown(row({ day: '2026-11-17' }), 'day')).toEqual({ from: '2026-11-17', to: '2026-11-17' });
    expect(drillDown(row({ account: 'OpenAI', accountId: 4 }), 'account')).toEqual({ accounts: [4] });
    expect(drillDown(row({ provider: 'openai' }), 'provider')).toEqual({ providers: ['openai'] });
    expect(drillDown(row({ source: 'Codex', sourceId: 7 }), 'source')).toEqual({ sources: [7] });
    expect(drillDown(row({ source: 'Plan fees', sourceId: 0 }), 'source')).toEqual({});
    expect(drillDown(row({ session: 's1' }), 'session')).toEqual({ sessions: ['s1'] });
  });

  it('asks for "none stated" and not for everything where a group has no name', () => {
    expect(drillDown(row({ project: null }), 'project')).toEqual({ projects: [''] });
    expect(drillDown(row({ model: null }), 'model')).toEqual({ models: [''] });
    expect(groupName(row({ project: null }), 'project')).toBeNull();
  });
});

describe('sortGroups', () => {
  const rows = [
    row({ model: 'b', cashNanoUsd: 5 }),
    row({ model: 'a', cashNanoUsd: 5 }),
    row({ model: null, cashNanoUsd: 9, requests: 1 }),
  ];
  const order = (sorted: readonly ReportRow[]): readonly (string | null)[] =>
    sorted.map((r) => groupName(r, 'model'));

  it('breaks ties by name in either direction', () => {
    expect(order(sortGroups(rows, 'model', 'cost', 'desc'))).toEqual([null, 'a', 'b']);
    expect(order(sortGroups(rows, 'model', 'cost', 'asc'))).toEqual(['a', 'b', null]);
    expect(order(sortGroups(rows, 'model', 'name', 'desc'))).toEqual(['b', 'a', null]);
  });
});

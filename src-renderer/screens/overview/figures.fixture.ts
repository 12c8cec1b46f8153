import type { ReportRow } from '../../../src-preload/contract/report.ts';

const noTokens = {
  input: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheWriteUnknown: 0,
  output: 0,
  reasoning: 0,
};
const noEvidence = { billed: 0, metered: 0, recorded: 0, estimated: 0 };

/** A report row for tests: nothing in it but what is given. */
export function rowOf(given: Partial<ReportRow>): ReportRow {
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
    evidence: noEvidence,
    cashByEvidence: noEvidence,
    equivalentByEvidence: noEvidence,
    ...given,
  };
}

import { AppError } from '../platform/error.ts';
import type { Evidence } from '../platform/record.ts';
import { exactInteger } from '../store/database.ts';
import type { FigureRow } from '../store/figures.ts';
import { evidenceLevels } from './evidence.ts';

export type ByEvidence = Record<Evidence, number>;

/** Figures of one row or total; the contract's `figures`, still open for adding. */
export interface Figures {
  requests: number;
  tokens: {
    input: number;
    cacheRead: number;
    cacheWrite5m: number;
    cacheWrite1h: number;
    cacheWriteUnknown: number;
    output: number;
    reasoning: number;
  };
  cashNanoUsd: number;
  planFeeNanoUsd: number;
  equivalentNanoUsd: number;
  unpricedRequests: number;
  unpricedCash: number;
  unpricedEquivalent: number;
  records: number;
  evidence: ByEvidence;
  cashByEvidence: ByEvidence;
  equivalentByEvidence: ByEvidence;
}

const none = (): ByEvidence => ({ billed: 0, metered: 0, recorded: 0, estimated: 0 });

export function noFigures(): Figures {
  return {
    requests: 0,
    tokens: {
      input: 0,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      cacheWriteUnknown: 0,
      output: 0,
      reasoning: 0,
    },
    cashNanoUsd: 0,
    planFeeNanoUsd: 0,
    equivalentNanoUsd: 0,
    unpricedRequests: 0,
    unpricedCash: 0,
    unpricedEquivalent: 0,
    records: 0,
    evidence: none(),
    cashByEvidence: none(),
    equivalentByEvidence: none(),
  };
}

function add(a: number, b: number): number {
  const sum = a + b;
  if (!Number.isSafeInteger(sum))
    throw new AppError(
      'MONEY_OVERFLOW',
      'A total is larger than LLMLab can add up exactly (about 9 million USD). Narrow the range.',
    );
  return sum;
}

function addUsage(into: Figures, row: FigureRow): void {
  into.requests = add(into.requests, exactInteger(row.requests));
  const { tokens } = into;
  tokens.input = add(tokens.input, exactInteger(row.input));
  tokens.cacheRead = add(tokens.cacheRead, exactInteger(row.cache_read));
  tokens.cacheWrite5m = add(tokens.cacheWrite5m, exactInteger(row.cache_write_5m));
  tokens.cacheWrite1h = add(tokens.cacheWrite1h, exactInteger(row.cache_write_1h));
  tokens.cacheWriteUnknown = add(tokens.cacheWriteUnknown, exactInteger(row.cache_write_unknown));
  tokens.output = add(tokens.output, exactInteger(row.output));
  tokens.reasoning = add(tokens.reasoning, exactInteger(row.reasoning));
}

function addCost(into: Figures, row: FigureRow, level: Evidence): void {
  const cost = exactInteger(row.cost_nano_usd);
  const unpriced = exactInteger(row.unpriced_requests);
  into.unpricedRequests = add(into.unpricedRequests, unpriced);
  if (row.account_kind === 'plan') {
    into.unpricedEquivalent = add(into.unpricedEquivalent, unpriced);
    into.equivalentNanoUsd = add(into.equivalentNanoUsd, cost);
    into.equivalentByEvidence[level] = add(into.equivalentByEvidence[level], cost);
  } else {
    into.unpricedCash = add(into.unpricedCash, unpriced);
    into.cashNanoUsd = add(into.cashNanoUsd, cost);
    into.cashByEvidence[level] = add(into.cashByEvidence[level], cost);
  }
}

/** Adds a group to figures. Money counts where its witness counts for money, usage where it counts for usage; neither twice. */
export function addRow(into: Figures, row: FigureRow): void {
  const level = evidenceLevels[row.evidence] ?? 'estimated';
  const records = exactInteger(row.records);
  into.records = add(into.records, records);
  if (row.counts_cost || row.counts_usage) into.evidence[level] = add(into.evidence[level], records);
  if (row.counts_usage) addUsage(into, row);
  if (row.counts_cost) addCost(into, row, level);
}

/** A flat fee is cash the user stated: it counts as recorded. */
export function addFee(into: Figures, nanoUsd: number): void {
  into.cashNanoUsd = add(into.cashNanoUsd, nanoUsd);
  into.planFeeNanoUsd = add(into.planFeeNanoUsd, nanoUsd);
  into.cashByEvidence.recorded = add(into.cashByEvidence.recorded, nanoUsd);
}

import { type Tokens, tokenBuckets } from '../../platform/record.ts';
import { type FieldReader, type Fields, fieldsOf } from './json-fields.ts';
import { bucketsInside, isEmpty } from './token-buckets.ts';

/** Counters of one model when a session was last left; `requests` beside the tokens. */
export type Total = readonly number[];

/** The last counters of each model of a session: plain JSON. */
export type Totals = { readonly [model: string]: Total };

/** What one model used between two times a session was left. */
export interface Leg {
  readonly model: string;
  readonly requests: number;
  readonly tokens: Tokens;
}

/**
 * The rise of a session's counters since it was left before, for each model that was used. A counter below the last
 * one began anew, so all of it is new (GitHub Copilot CLI, `session.shutdown`, 2026).
 */
export function copilotShutdown(
  data: Fields,
  before: Totals,
  fields: FieldReader,
): { readonly legs: readonly Leg[]; readonly totals: Totals } {
  const totals: Record<string, Total> = Object.assign(Object.create(null), before);
  const legs: Leg[] = [];
  for (const [model, value] of Object.entries(fieldsOf(data.modelMetrics) ?? {})) {
    const now = totalOf(value, fields);
    const last = totals[model] ?? [];
    const isReset = now.some((count, i) => count < (last[i] ?? 0));
    const rise = isReset ? now : now.map((count, i) => count - (last[i] ?? 0));
    totals[model] = now;
    const leg = legOf(model, rise);
    if (!isEmpty(leg.tokens)) legs.push(leg);
  }
  return { legs, totals: { ...totals } };
}

function totalOf(value: unknown, fields: FieldReader): Total {
  const metrics = fieldsOf(value);
  const usage = fieldsOf(metrics?.usage);
  const tokens = bucketsInside({
    input: fields.count(usage, 'inputTokens'),
    cacheRead: fields.count(usage, 'cacheReadTokens'),
    cacheWrite: fields.count(usage, 'cacheWriteTokens'),
    output: fields.count(usage, 'outputTokens'),
    reasoning: fields.count(usage, 'reasoningTokens'),
  });
  const requests = fields.count(fieldsOf(metrics?.requests), 'count');
  return [requests, ...tokenBuckets.map((bucket) => tokens[bucket])];
}

function legOf(model: string, [requests = 0, ...counts]: Total): Leg {
  const tokens = Object.fromEntries(tokenBuckets.map((bucket, i) => [bucket, counts[i] ?? 0]));
  const all = tokens as Record<keyof Tokens, number>;
  return { model, requests, tokens: { ...all, reasoning: Math.min(all.reasoning, all.output) } };
}

/** Totals as they were kept between two scans. */
export function totalsFrom(value: unknown): Totals {
  const kept = Object.entries(fieldsOf(value) ?? {});
  return Object.fromEntries(
    kept.map(([model, total]) => [
      model,
      Array.isArray(total) ? total.map((count) => (typeof count === 'number' ? count : 0)) : [],
    ]),
  );
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { readLog, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { expectedTotals } from '../testing/read-table.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { vercelGateway } from './vercel-gateway.ts';

conforms(vercelGateway, {
  'vercel_gateway_report.json': {
    accepted: 3,
    requests: 17,
    usd: expectedTotals['vercel_gateway_report.json']?.total_usd,
    tokens: { input: 8000, cacheRead: 4000, output: 2575, reasoning: 120 },
  },
});

const dir = tempDir();
afterAll(() => dir[Symbol.dispose]());

function read(...rows: object[]) {
  const path = join(dir.path, 'report.json');
  writeFileSync(path, JSON.stringify({ results: rows }));
  return readLog(vercelGateway, path, { kind: 'document' }).lines;
}

const row = { day: '2026-07-01', model: 'openai/gpt-5-mini', total_cost: 0.5, request_count: 2 };

describe('vercel-gateway', () => {
  it('takes a cost of nothing as nothing: those calls were made with your own key', () => {
    expect(recordsOf(read({ ...row, total_cost: 0, market_cost: 0.7 }))[0]).toMatchObject({
      amount: { value: '0' },
      extras: { marketCostUsd: '0.7' },
    });
  });

  it('takes cached tokens for part of the input, unless a row has more of them than input', () => {
    const cached = { ...row, input_tokens: 100, cached_input_tokens: 40 };
    const inputs = (...rows: object[]) => recordsOf(read(...rows)).map(({ tokens }) => tokens.input);
    expect(inputs(cached)).toEqual([60]);
    expect(inputs(cached, { ...cached, cached_input_tokens: 900 })).toEqual([100, 100]);
  });

  it('keeps reports of different groupings apart: they state the same calls', () => {
    const { model: _, ...rest } = row;
    const cutOf = (one: object) => recordsOf(read(one))[0]?.cut;
    expect([cutOf(row), cutOf({ ...rest, credential_type: 'byok' }), cutOf(rest)]).toEqual([
      'by model',
      'by credential type',
      'as a whole',
    ]);
  });

  it('reads hours, and refuses a report without days', () => {
    const hour = recordsOf(read({ ...row, day: undefined, hour: '2026-07-01T13:00:00Z' }))[0];
    expect(hour).toMatchObject({ grain: 'hour', at: Date.UTC(2026, 6, 1, 13) });
    expect(
      reasonsOf(
        read({ ...row, day: undefined }, { ...row, total_cost: null }, { ...row, day: '2026-02-30' }),
      ),
    ).toEqual([
      'the row has no day: ask for date_part=day',
      'the row has no total_cost',
      '"2026-02-30T00:00:00Z" is not a time',
    ]);
  });
});

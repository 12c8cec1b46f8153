import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir } from '../testing/core.ts';
import { foldRecords, readWhole, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { codewhale } from './codewhale.ts';

conforms(codewhale, {
  'codewhale_session.json': { accepted: 1, usd: '0.022', cashUsd: '0.022', tokens: { input: 0, output: 0 } },
});

const { metadata } = JSON.parse(readFileSync(join(samplesDir, 'codewhale_session.json'), 'utf8'));
const lines = (more: object) => readWhole(codewhale, { metadata: { ...metadata, ...more } }, 's.json');

describe('a session', () => {
  it('adds the cost of its subagents exactly and makes no input of its one sum of tokens', () => {
    const [record] = recordsOf(lines({ cost: { session_cost_usd: 0.1, subagent_cost_usd: 0.2 } }));
    expect(record).toMatchObject({
      amount: { value: '0.3', currency: 'USD' },
      provider: 'deepseek',
      project: 'shop',
      extras: { totalTokens: 88_000 },
    });
    expect(record?.tokens.input).toBe(0);
  });

  it('in the old folder and the new one counts once', () => {
    const grown = recordsOf(lines({ cost: { session_cost_usd: 0.05 } }));
    const kept = foldRecords(codewhale, [...grown, ...recordsOf(lines({}))]);
    expect(kept.map(({ amount }) => amount?.value)).toEqual(['0.05']);
    expect(codewhale.locations({ platform: 'linux', home: '/h', env: {} }).map(({ path }) => path)).toEqual([
      '/h/.codewhale/sessions',
      '/h/.deepseek/sessions',
    ]);
  });

  it('without a cost is refused, since its tokens have no price', () => {
    const unknown = ['the session states a total of 88000 tokens and not what they are'];
    expect(reasonsOf(lines({ cost: null }))).toEqual(unknown);
    // Zero is what it writes for a model it knows no price of.
    expect(reasonsOf(lines({ cost: { session_cost_usd: 0, subagent_cost_usd: 0 } }))).toEqual(unknown);
  });
});

import { describe, expect, it } from 'vitest';
import { providers } from '../index.ts';
import { compatibleParameters, googleParameters } from './parameters.ts';

describe('parameters only a vendor knows', () => {
  it('pass as they are', () => {
    const given = { top_k: 40, min_p: 0.1, reasoning_effort: 'low' };
    expect(compatibleParameters.safeParse(given)).toMatchObject({ success: true, data: given });
    const thinking = { thinkingConfig: { thinkingBudget: -1 }, serviceTier: 'flex' };
    expect(googleParameters.safeParse(thinking)).toMatchObject({ success: true, data: thinking });
  });

  it.each([{ top_k: -1 }, { min_p: 2 }, { tok_k: 40 }, { model: 'another' }])(
    'refuse %j, which would be ignored or do harm',
    (given) => {
      expect(compatibleParameters.safeParse(given).success).toBe(false);
    },
  );

  // A misspelled parameter that a vendor ignores looks as if it had worked.
  it.each(
    providers
      .filter(({ parameters }) => parameters !== undefined)
      .map((provider) => [provider.id, provider] as const),
  )('%s takes none at all, and refuses what is no object', (_id, { parameters }) => {
    expect(parameters?.safeParse({}).success).toBe(true);
    expect(parameters?.safeParse('x').success).toBe(false);
  });
});

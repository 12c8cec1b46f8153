import { describe, expect, it } from 'vitest';
import { openProvider } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/groq.json' with { type: 'json' };
import { groq } from './groq.ts';

describe('groq', () => {
  it('lists what is served, with its limits and kinds', async () => {
    await using opened = await openProvider(groq, recorded);
    const { context } = opened;
    expect(await groq.models(context)).toMatchObject([
      { id: 'llama-4-maverick', kind: 'chat', contextTokens: 131072, maxOutputTokens: 8192 },
      { id: 'whisper-large-v3', kind: 'audio', contextTokens: 448, maxOutputTokens: null },
    ]);
    expect((await groq.validate(context))[0]?.message).toBe('Groq accepts the key and lists 2 models.');
  });
});

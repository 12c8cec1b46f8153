import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { openProvider } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/groq.json' with { type: 'json' };
import { groq } from './groq.ts';

describe('groq', () => {
  it('calls where it answers, with its key', async () => {
    await using opened = await openProvider(groq, recorded);
    on(opened.vendor, 'POST https://api.groq.com/openai/v1/chat/completions', { json: chatReply() });
    const reply = await groq.complete(hello, opened.context);
    expect(reply).toMatchObject({ text: 'Hello', usage: { tokens: chatTokens } });
    expect(opened.vendor.seen.at(-1)?.headers.authorization).toBe('Bearer not-a-key');
  });

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

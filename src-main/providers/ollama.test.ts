import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { openProvider } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/ollama.json' with { type: 'json' };
import { ollama } from './ollama.ts';

describe('ollama', () => {
  it('calls by its OpenAI layer, under whatever base it was given', async () => {
    for (const baseUrl of ['http://localhost:11434', 'http://localhost:11434/v1']) {
      await using opened = await openProvider(ollama, recorded, { baseUrl, secrets: {} });
      on(opened.vendor, 'POST http://localhost:11434/v1/chat/completions', { json: chatReply() });
      expect(await ollama.complete(hello, opened.context)).toMatchObject({
        text: 'Hello',
        usage: { tokens: chatTokens },
      });
    }
  });

  it('needs no key, and sends none', async () => {
    await using opened = await openProvider(ollama, recorded, { secrets: {} });
    const { vendor, context } = opened;
    expect((await ollama.validate(context))[0]?.message).toBe('Ollama 0.16.1 answers and has 2 models.');
    expect(vendor.seen.flatMap(({ headers }) => headers.authorization ?? [])).toEqual([]);
  });

  it('lists free models with their context, and those that cannot be shown without', async () => {
    await using opened = await openProvider(ollama, recorded, { secrets: {} });
    const { vendor, context } = opened;
    on(vendor, 'POST */api/show', ({ body }) =>
      body.includes('embed')
        ? { status: 500, json: { error: 'broken' } }
        : { json: { model_info: { 'qwen3.context_length': 40960 } } },
    );
    expect(await ollama.models(context)).toMatchObject([
      { id: 'qwen3:8b', contextTokens: 40960, price: { input: '0', output: '0' } },
      { id: 'nomic-embed-text:latest', kind: 'embedding', contextTokens: null },
    ]);
  });

  it('sends the key of its cloud', async () => {
    await using opened = await openProvider(ollama, recorded, { baseUrl: 'https://ollama.com' });
    const { vendor, context } = opened;
    await ollama.validate(context);
    expect(vendor.seen[0]?.headers.authorization).toBe('Bearer not-a-key');
  });
});

import { describe, expect, it } from 'vitest';
import { on } from '../testing/vendors/answers.ts';
import { chatReply, chatTokens, hello } from '../testing/vendors/chat.ts';
import { openProvider } from '../testing/vendors/open-provider.ts';
import recorded from './fixtures/lmstudio.json' with { type: 'json' };
import { lmstudio } from './lmstudio.ts';

describe('lmstudio', () => {
  it('calls where it answers, with its key', async () => {
    await using opened = await openProvider(lmstudio, recorded);
    on(opened.vendor, 'POST http://localhost:1234/v1/chat/completions', { json: chatReply() });
    const reply = await lmstudio.complete(hello, opened.context);
    expect(reply).toMatchObject({ text: 'Hello', usage: { tokens: chatTokens } });
    expect(opened.vendor.seen.at(-1)?.headers.authorization).toBe('Bearer not-a-key');
  });

  it('lists its own way, and OpenAI’s where that is not there', async () => {
    await using opened = await openProvider(lmstudio, recorded, { secrets: {} });
    const { vendor, context } = opened;
    expect(await lmstudio.models(context)).toMatchObject([
      { id: 'qwen3-8b', kind: 'chat', contextTokens: 40960, price: { input: '0', output: '0' } },
      { id: 'text-embedding-nomic', kind: 'embedding', contextTokens: 2048 },
    ]);
    on(vendor, 'GET */api/v0/models', { status: 404, json: {} });
    expect((await lmstudio.validate(context))[0]?.message).toBe('LM Studio answers and has 1 model.');
  });
});

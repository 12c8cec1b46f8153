import { expect, test } from 'vitest';
import { AppError } from '../../platform/error.ts';
import type { CallRequest } from '../../platform/provider.ts';
import { checkContext, estimatePrompt, estimateUsage } from './estimate.ts';

const prompt = (bytes: number, more: Partial<CallRequest> = {}): CallRequest => ({
  model: 'm-1',
  messages: [{ role: 'user', content: 'x'.repeat(bytes) }],
  ...more,
});

const code = async (work: Promise<unknown>) =>
  work.then(
    () => 'sent',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

test('a prompt that cannot fit is refused unsent; one that may is sent where the vendor cannot count', async () => {
  const context = { contextTokens: 1_000, maxOutputTokens: null };
  expect(await code(checkContext(prompt(16_100), context, null))).toBe('CONTEXT_TOO_LONG');
  expect(await code(checkContext(prompt(5_000), context, null))).toBe('sent');
  expect(await code(checkContext(prompt(5_000), { contextTokens: null, maxOutputTokens: null }, null))).toBe(
    'sent',
  );
});

test('in doubt the vendor’s counter decides, and it is not asked about short prompts', async () => {
  const context = { contextTokens: 1_000, maxOutputTokens: null };
  let asked = 0;
  const count = (tokens: number) => async () => {
    asked++;
    return tokens;
  };
  expect(await code(checkContext(prompt(400), context, count(9_999)))).toBe('sent');
  expect(asked).toBe(0);
  expect(await code(checkContext(prompt(4_000), context, count(1_001)))).toBe('CONTEXT_TOO_LONG');
  expect(await code(checkContext(prompt(4_000), context, count(1_000)))).toBe('sent');
});

test('what the reply is to hold takes room as well, and may not pass what the model writes', async () => {
  const context = { contextTokens: 1_000, maxOutputTokens: 500 };
  expect(await code(checkContext(prompt(8_100, { maxOutputTokens: 500 }), context, null))).toBe(
    'CONTEXT_TOO_LONG',
  );
  expect(await code(checkContext(prompt(10, { maxOutputTokens: 501 }), context, null))).toBe(
    'CONTEXT_TOO_LONG',
  );
});

test('an estimate counts every part of a prompt', () => {
  const text = { kind: 'text' as const, text: 'x'.repeat(400) };
  const image = { kind: 'image' as const, mediaType: 'image/png', data: 'AAAA' };
  const plain = estimatePrompt({ model: 'm', messages: [{ role: 'user', content: [text] }] });
  const both = estimatePrompt({ model: 'm', messages: [{ role: 'user', content: [text, image] }] });
  expect([plain, both - plain]).toEqual([105, 1_000]);
  expect(estimateUsage(prompt(40), 'y'.repeat(40))).toMatchObject({ input: 15, output: 10, reasoning: 0 });
});

import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { foldRecords, readEntries, reasonsOf, recordsOf } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { aider } from './aider.ts';

conforms(aider, {
  'aider_analytics.jsonl': {
    accepted: 2,
    requests: 2,
    usd: '0.05025',
    tokens: { input: 15_000, output: 350 },
  },
});

const message = (properties: object, time: unknown = 1_782_900_060) => ({
  event: 'message_send',
  properties: { main_model: 'gpt-5', prompt_tokens: 10, completion_tokens: 2, ...properties },
  user_id: 'u',
  time,
});

function read(...entries: readonly object[]) {
  using dir = tempDir();
  return readEntries(aider, dir.path, entries, 'aider.jsonl').lines;
}

describe('a message', () => {
  it('costs what it states for itself, not the running total of the process', () => {
    const [record] = recordsOf(read(message({ cost: 0.0105, total_cost: 0.05025 })));
    expect(record).toMatchObject({ at: 1_782_900_060_000, amount: { value: '0.0105', currency: 'USD' } });
  });

  it('with a cost of zero is left to be priced: Aider did not know the price', () => {
    expect(recordsOf(read(message({ cost: 0 })))[0]).not.toHaveProperty('amount');
  });

  it('is billed by the vendor its model’s name begins with, or that makes the model', () => {
    const names = [
      'anthropic/claude-sonnet-4-6',
      'openrouter/REDACTED',
      'gemini/gemini-3-pro',
      'vertex_ai/claude-opus-4-8',
      'ollama_chat/qwen3:8b',
      'gpt-5',
      'own',
    ];
    const providers = names.map((main_model) => recordsOf(read(message({ main_model })))[0]?.provider);
    expect(providers).toEqual(['anthropic', 'openrouter', 'google', 'google', 'ollama', 'openai', 'unknown']);
  });

  it('read again counts once; another of the same second with other tokens is another', () => {
    const records = recordsOf(
      read(message({ cost: 0.1 }), message({ cost: 0.1 }), message({ cost: 0.1, prompt_tokens: 11 })),
    );
    expect(foldRecords(aider, records)).toHaveLength(2);
  });

  it('that cannot be trusted is refused', () => {
    expect(reasonsOf(read(message({ cost: 'x' }), message({}, 'now')))).toEqual([
      'the cost is not an amount',
      '"now" is not a time',
    ]);
  });
});

describe('places', () => {
  it('are the file a variable names, and logs that say what they are in an added folder', () => {
    const at = (env: Record<string, string>) =>
      aider.locations({ platform: 'linux', home: '/home/a', env }).map(({ path }) => path);
    expect(at({})).toEqual([]);
    expect(at({ AIDER_ANALYTICS_LOG: '~/logs/usage.log' })).toEqual(['/home/a/logs/usage.log']);
    expect(aider.fileKind('usage.log')).toBe('lines');
    expect(aider.fileKind('shop/aider-analytics.jsonl')).toBe('lines');
    expect(aider.fileKind('shop/data.jsonl')).toBeNull();
    expect(aider.fileKind('.aider.chat.history.md')).toBeNull();
  });
});

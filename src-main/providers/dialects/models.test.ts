import { describe, expect, it } from 'vitest';
import { AppError } from '../../platform/error.ts';
import { kindOf, modelRows, plainModel } from './models.ts';

describe('models', () => {
  it.each([
    ['gpt-5-mini', 'chat'],
    ['text-embedding-3-large', 'embedding'],
    ['BAAI/bge-reranker-v2', 'rerank'],
    ['whisper-large-v3', 'audio'],
    ['black-forest-labs/FLUX-2', 'image'],
    ['omni-moderation', 'other'],
    ['veo-3.1-generate', 'other'],
    ['claude-opus-5', 'chat'],
  ])('%s is for %s', (id, kind) => {
    expect(kindOf(id)).toBe(kind);
  });

  it('reads lists in either shape and leaves out rows without an id', () => {
    const api = { bad: (what: string) => new AppError('BAD_RESPONSE', what) };
    expect(modelRows(api, [{ id: 'a' }, {}, null]).map(({ id }) => id)).toEqual(['a']);
    expect(modelRows(api, { data: [{ id: 'a', x: 1 }] })).toEqual([{ id: 'a', x: 1 }]);
    expect(() => modelRows(api, { error: 'x' })).toThrow('the list of models is missing');
  });

  it('says unknown for what is not stated', () => {
    expect(plainModel({ id: 'a' })).toEqual({
      id: 'a',
      label: null,
      kind: 'chat',
      contextTokens: null,
      maxOutputTokens: null,
      price: null,
      retiresAt: null,
    });
  });
});

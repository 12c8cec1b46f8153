import { describe, expect, it } from 'vitest';
import type { Following } from '../../../src-preload/contract/values.ts';
import { followingWords } from './following-words.ts';

const at = Date.UTC(2026, 10, 20, 9, 30);
const words = (given: Partial<Following>) =>
  followingWords(
    { following: { mode: 'live', why: null, asOf: at + 60_000, error: null, ...given }, lastReadAt: at },
    'UTC',
    '2026-11-20',
  );

describe('followingWords', () => {
  it('says when it is live, and when it was last read on closer look', () => {
    expect(words({})).toMatchObject({
      word: 'live',
      tone: 'good',
      title: expect.stringMatching(/^Last read 0?9:30/),
    });
  });

  it('says why it is not live, and how old the figures are', () => {
    const polling = words({ mode: 'polling', why: 'The folder lies on another machine.' });
    expect(polling?.title).toMatch(/As of 0?9:31.*another machine\.$/);
    expect(words({ mode: 'paused' })?.title).toMatch(/switched off\.$/);
    expect(words({ mode: 'paused', why: 'Reading was cancelled.' })?.title).toMatch(/cancelled\.$/);
  });

  it('gives a time where nothing is followed, and nothing before the first read', () => {
    expect(words({ mode: 'off' })?.word).toMatch(/^as of 0?9:31/);
    expect(words({ mode: 'waiting', asOf: null })).toBeNull();
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir } from '../testing/core.ts';
import { foldRecords, kindsOf, readWhole, recordsOf } from '../testing/read-log.ts';
import { mistralVibe } from './mistral-vibe.ts';

conforms(mistralVibe, {
  'mistral_vibe_meta.json': {
    accepted: 1,
    usd: '0.025',
    cashUsd: '0.025',
    tokens: { input: 52_000, output: 2100 },
  },
});

const sample = JSON.parse(readFileSync(join(samplesDir, 'mistral_vibe_meta.json'), 'utf8'));
const lines = (meta: object) => readWhole(mistralVibe, { ...sample, ...meta }, 'session_1/meta.json');
const read = (meta: object) => recordsOf(lines(meta));

describe('a session', () => {
  it('that goes on counts its totals and its cost once, on the day it was first seen', () => {
    const grown = {
      end_time: '2026-07-03T10:00:00+00:00',
      stats: { ...sample.stats, session_prompt_tokens: 60_000, session_cost: 0.03 },
    };
    expect(foldRecords(mistralVibe, [...read({}), ...read(grown)])).toMatchObject([
      {
        key: 'v-1',
        at: Date.UTC(2026, 6, 1, 10, 10),
        requests: 0,
        project: 'shop',
        tokens: { input: 60_000 },
        amount: { value: '0.03', currency: 'USD' },
      },
    ]);
  });

  it('at no stated cost is left to be priced, not taken as free', () => {
    expect(read({ stats: { ...sample.stats, session_cost: 0 } })[0]).not.toHaveProperty('amount');
  });

  it('is not Mistral’s when its model is not', () => {
    const provider = (active_model: string) => read({ config: { active_model } })[0]?.provider;
    expect([sample.config.active_model, 'claude-sonnet-4-6', 'local'].map(provider)).toEqual([
      'mistral',
      'anthropic',
      'mistral-vibe',
    ]);
  });

  it('of the unified store states no totals', () => {
    expect(kindsOf(lines({ stats: undefined }))).toEqual(['skip']);
  });
});

describe('places', () => {
  it('are its logs, or those a variable names', () => {
    const at = (env: Record<string, string>) =>
      mistralVibe.locations({ platform: 'linux', home: '/home/a', env });
    expect(at({})).toEqual([{ path: '/home/a/.vibe/logs/session', why: 'default' }]);
    expect(at({ VIBE_HOME: '/x' })).toEqual([{ path: '/x/logs/session', why: 'VIBE_HOME' }]);
    expect(mistralVibe.fileKind('session_1/agents/a/meta.json')).toBe('document');
    expect(mistralVibe.fileKind('session_1/messages.jsonl')).toBeNull();
  });
});

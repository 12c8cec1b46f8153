import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir } from '../testing/core.ts';
import { foldRecords, kindsOf, readLog, readWhole, recordsOf } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { droid } from './droid.ts';

conforms(droid, {
  'droid_settings.json': {
    accepted: 1,
    cashUsd: '0',
    tokens: { input: 420, output: 1300, cacheWriteUnknown: 9000, cacheRead: 64_000 },
  },
});

const sample = JSON.parse(readFileSync(join(samplesDir, 'droid_settings.json'), 'utf8'));
const read = (settings: object) =>
  recordsOf(readWhole(droid, { ...sample, ...settings }, 'p/s1.settings.json'));

describe('a session', () => {
  it('that goes on counts its totals once', () => {
    const grown = { tokenUsage: { ...sample.tokenUsage, outputTokens: 2000 } };
    for (const order of [
      [...read({}), ...read(grown)],
      [...read(grown), ...read({})],
    ])
      expect(foldRecords(droid, order)).toMatchObject([{ key: 's1', tokens: { input: 420, output: 2000 } }]);
  });

  it('is no single call, so its size trips no price for long prompts', () => {
    expect(read({})[0]?.requests).toBe(0);
  });

  it('has thinking inside its output', () => {
    const tokenUsage = { inputTokens: 1, outputTokens: 100, thinkingTokens: 40 };
    expect(read({ tokenUsage })[0]?.tokens).toMatchObject({ output: 100, reasoning: 40 });
  });

  it('without totals is passed over', () => {
    expect(kindsOf(readWhole(droid, { model: 'gpt-5.4' }, 's1.settings.json'))).toEqual(['skip']);
  });

  it('stands when its totals were written, but never before its provider was chosen', () => {
    using dir = tempDir();
    const path = join(dir.path, 's1.settings.json');
    writeFileSync(path, JSON.stringify(sample));
    const at = (written: string) => {
      utimesSync(path, new Date(written), new Date(written));
      return recordsOf(readLog(droid, path, { kind: 'document' }).lines)[0]?.at;
    };
    expect(at('2026-07-04T09:00:00Z')).toBe(Date.UTC(2026, 6, 4, 9));
    expect(at('2026-01-01T00:00:00Z')).toBe(Date.parse(sample.providerLockTimestamp));
  });
});

describe('a model', () => {
  it('is told from its display name, which is kept', () => {
    const name = (model: string, providerLock?: string) => {
      const { provider, model: read_, extras } = read({ model, providerLock })[0] ?? {};
      return [provider, read_, extras?.modelAsWritten];
    };
    expect(name(sample.model)).toEqual(['anthropic', 'claude-sonnet-4.6', sample.model]);
    expect(name('gpt-5.4', 'openai')).toEqual(['openai', 'gpt-5.4', undefined]);
    expect(name('custom:Kimi-K3-[Moonshot]-12')[1]).toBe('kimi-k3');
    expect(name('house-model')).toEqual(['factory', 'house-model', undefined]);
  });
});

describe('places', () => {
  it('are its sessions, or those a variable names', () => {
    const at = (env: Record<string, string>) => droid.locations({ platform: 'linux', home: '/home/a', env });
    expect(at({})).toEqual([{ path: '/home/a/.factory/sessions', why: 'default' }]);
    expect(at({ FACTORY_DIR: '/x' })).toEqual([{ path: '/x/sessions', why: 'FACTORY_DIR' }]);
    expect(droid.fileKind('-home-a/s1.settings.json')).toBe('document');
    expect(droid.fileKind('-home-a/s1.jsonl')).toBeNull();
  });
});

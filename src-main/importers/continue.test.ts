import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir } from '../testing/core.ts';
import { foldRecords, readEntries, readLog, recordsOf, sumTokens } from '../testing/read-log.ts';
import { makeDatabase, type SampleDump } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { continueDev } from './continue.ts';

const devdata = JSON.parse(readFileSync(join(samplesDir, 'continue_devdata.json'), 'utf8'));
const dump: SampleDump = { ddl: [`CREATE TABLE ${devdata.table}`], tokens_generated: devdata.rows };
const tokens = { input: 5000, output: 380 };
conforms(continueDev, {
  'continue_tokensGenerated.jsonl': { accepted: 2, requests: 2, tokens },
  'continue_devdata.json': { accepted: 2, requests: 2, tokens, as: 'devdata.sqlite', dump },
});

const event = (timestamp: string, more: object = {}) => ({
  eventName: 'tokensGenerated',
  timestamp,
  model: 'claude-sonnet-4-6',
  provider: 'anthropic',
  promptTokens: 100,
  generatedTokens: 5,
  ...more,
});

function fromLines(...events: readonly object[]) {
  using dir = tempDir();
  return recordsOf(readEntries(continueDev, dir.path, events, 'tokensGenerated.jsonl').lines);
}

function fromDatabase(rows: SampleDump['x']) {
  using dir = tempDir();
  const path = makeDatabase(join(dir.path, 'devdata.sqlite'), { ...dump, tokens_generated: rows ?? [] });
  return recordsOf(readLog(continueDev, path, { kind: 'database' }).lines);
}

const row = (timestamp: string) => ({
  model: 'claude-sonnet-4-6',
  provider: 'anthropic',
  tokens_prompt: 100,
  tokens_generated: 5,
  timestamp,
});

describe('an event in the lines and in the database', () => {
  it('is one, of the samples as well', () => {
    const lines = recordsOf(readLog(continueDev, join(samplesDir, 'continue_tokensGenerated.jsonl')).lines);
    const kept = foldRecords(continueDev, [...fromDatabase(devdata.rows), ...lines]);
    expect(sumTokens(kept)).toEqual(tokens);
  });

  it('is one although the database was a moment later and into the next second', () => {
    const both = [
      ...fromLines(event('2026-07-01T10:00:04.998Z')),
      ...fromDatabase([row('2026-07-01 10:00:05')]),
    ];
    expect(both[1]?.at).toBe(Date.UTC(2026, 6, 1, 10, 0, 5));
    expect(foldRecords(continueDev, both)).toHaveLength(1);
  });

  it('is one beside another of the same size: two stay two', () => {
    const both = [
      ...fromLines(event('2026-07-01T10:00:04.998Z'), event('2026-07-01T10:00:09.000Z')),
      ...fromDatabase([row('2026-07-01 10:00:05'), row('2026-07-01 10:00:09')]),
    ];
    expect(foldRecords(continueDev, both)).toHaveLength(2);
  });
});

describe('an event', () => {
  it('is an estimate of the vendor it names', () => {
    expect(fromLines(event('2026-07-01T10:00:00Z', { provider: 'gemini' }))[0]).toMatchObject({
      evidence: 'estimated',
      provider: 'google',
    });
  });

  it('without its fields of newer versions is read as well', () => {
    const { eventName: _, ...old } = event('2026-07-01T10:00:00.000Z');
    expect(fromLines(old)).toHaveLength(1);
  });
});

describe('places', () => {
  it('are below the home folder or the one a variable names', () => {
    const at = (env: Record<string, string>) =>
      continueDev.locations({ platform: 'linux', home: '/home/a', env });
    expect(at({})).toEqual([{ path: '/home/a/.continue/dev_data', why: 'default' }]);
    expect(at({ CONTINUE_GLOBAL_DIR: '/c' })[0]?.path).toBe('/c/dev_data');
    expect(continueDev.fileKind('0.2.0/tokensGenerated.jsonl')).toBe('lines');
    expect(continueDev.fileKind('tokens_generated.jsonl')).toBe('lines');
    expect(continueDev.fileKind('devdata.sqlite')).toBe('database');
    expect(continueDev.fileKind('0.2.0/chatInteraction.jsonl')).toBeNull();
  });
});

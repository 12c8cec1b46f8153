import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { foldRecords, kindsOf, readEntries, readLog, recordsOf, sumTokens } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { logImporters } from './logs.ts';
import { recogniseLog } from './pipeline/recognise-log.ts';
import { qwenCode } from './qwen-code.ts';

conforms(qwenCode, {
  'qwen_chat.jsonl': {
    accepted: 2,
    duplicate: 1,
    requests: 2,
    tokens: { input: 1300, cacheRead: 9000, output: 340, reasoning: 40 },
  },
});

const reply = (uuid: string, usageMetadata: object, more: object = {}) => ({
  uuid,
  parentUuid: null,
  sessionId: 's1',
  timestamp: '2026-07-01T10:00:03.000Z',
  type: 'assistant',
  cwd: '/home/dev/shop',
  model: 'qwen3-coder-plus',
  usageMetadata,
  ...more,
});

function read(...entries: readonly object[]) {
  using dir = tempDir();
  return readEntries(qwenCode, dir.path, entries).lines;
}

describe('lines', () => {
  it('have thoughts inside or beside the candidates, as the total tells', () => {
    const counts = { promptTokenCount: 10, candidatesTokenCount: 8, thoughtsTokenCount: 3 };
    const output = (totalTokenCount: number) =>
      recordsOf(read(reply('a', { ...counts, totalTokenCount })))[0]?.tokens.output;
    expect(output(18)).toBe(8);
    expect(output(21)).toBe(11);
  });

  it('of telemetry repeat the reply and count nowhere', () => {
    const usage = { promptTokenCount: 10, candidatesTokenCount: 8 };
    const lines = read(reply('t', usage, { type: 'system', subtype: 'ui_telemetry' }), reply('a', usage));
    expect(kindsOf(lines)).toEqual(['skip', 'record']);
  });

  it('copied into another file of the session count once', () => {
    const usage = { promptTokenCount: 10, candidatesTokenCount: 8 };
    const records = recordsOf([...read(reply('a', usage)), ...read(reply('a', usage), reply('b', usage))]);
    expect(foldRecords(qwenCode, records)).toHaveLength(2);
    expect(records[0]).toMatchObject({ project: 'shop', session: 's1', provider: 'alibaba' });
  });
});

describe('an older document', () => {
  const document = (type: string) => ({
    sessionId: 's0',
    projectHash: '5f2c',
    startTime: '2025-09-01T10:00:00.000Z',
    messages: [
      { id: 'u', type: 'user', timestamp: '2025-09-01T10:00:00.000Z', content: 'hi' },
      {
        id: 'm1',
        type,
        timestamp: '2025-09-01T10:00:03.000Z',
        model: 'qwen3-coder-plus',
        tokens: { input: 1000, output: 50, cached: 400, thoughts: 5, tool: 0, total: 1055 },
      },
    ],
  });

  it.each(['qwen', 'gemini'])('with replies of type "%s" is read, and told from the Gemini CLI’s', (type) => {
    using dir = tempDir();
    const path = join(dir.path, 'session-a.json');
    writeFileSync(path, JSON.stringify(document(type)));
    expect(recogniseLog(logImporters, path).map(({ id }) => id)).toEqual(['qwen-code']);
    const records = recordsOf(readLog(qwenCode, path, { kind: 'document' }).lines);
    expect(sumTokens(records)).toEqual({ input: 600, cacheRead: 400, output: 55, reasoning: 5 });
    expect(records[0]?.provider).toBe('alibaba');
  });
});

describe('places', () => {
  it('are below the home folder or the one a variable names', () => {
    const at = (platform: 'linux' | 'win32', env: Record<string, string>) =>
      qwenCode.locations({ platform, home: platform === 'win32' ? 'C:\\Users\\a' : '/home/a', env });
    expect(at('linux', {})).toEqual([
      { path: '/home/a/.qwen/projects', why: 'default' },
      { path: '/home/a/.qwen/tmp', why: 'default' },
    ]);
    expect(at('win32', {})[0]?.path).toBe('C:\\Users\\a\\.qwen\\projects');
    expect(at('linux', { QWEN_DATA_DIR: '/q' })[0]).toEqual({
      path: '/q/projects',
      why: 'QWEN_DATA_DIR',
    });
  });

  it('hold chats of both layouts and nothing else', () => {
    expect(qwenCode.fileKind('shop/chats/a.jsonl')).toBe('lines');
    expect(qwenCode.fileKind('5f2c/chats/session-a.json')).toBe('document');
    expect(qwenCode.fileKind('5f2c/logs.json')).toBeNull();
    expect(qwenCode.fileKind('shop/settings.jsonl')).toBeNull();
  });
});

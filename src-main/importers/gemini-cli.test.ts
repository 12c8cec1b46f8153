import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir } from '../testing/core.ts';
import { foldRecords, readEntries, readLog, reasonsOf, recordsOf, sumTokens } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { geminiCli } from './gemini-cli.ts';

conforms(geminiCli, {
  'gemini_session-2026-07-01T10-00-b2d4c6e8.jsonl': {
    accepted: 3,
    tokens: { input: 12307, cacheRead: 16000, output: 600, reasoning: 340 },
  },
  'gemini_session_old.json': { accepted: 2, tokens: { input: 7000, cacheRead: 4000, output: 350 } },
});

const truth = JSON.parse(readFileSync(join(samplesDir, 'EXPECTED.json'), 'utf8'));
const lines = 'gemini_session-2026-07-01T10-00-b2d4c6e8.jsonl';
const old = 'gemini_session_old.json';
const fold = (records: Parameters<typeof foldRecords>[1]) => foldRecords(geminiCli, records);

const reply = (id: string, tokens: object | null) => ({
  id,
  timestamp: '2026-07-01T10:00:03.000Z',
  type: 'gemini',
  model: 'gemini-3.5-flash',
  tokens,
});
const meta = { sessionId: 's1', projectHash: '5f2c', startTime: '2026-07-01T10:00:00.000Z' };

describe('the samples', () => {
  it('count a reply once, with its tokens, also when it was rewound', () => {
    const e = truth[lines];
    const records = fold(recordsOf(readLog(geminiCli, join(samplesDir, lines)).lines));
    expect(records).toHaveLength(e.messages);
    expect(sumTokens(records)).toEqual({
      input: e.fresh_input_plus_tool,
      cacheRead: e.cached,
      output: e.billed_output,
      reasoning: e.thoughts,
    });
  });

  it('of the older documents take cached tokens out of the input and thoughts into the output', () => {
    const e = truth[old];
    const records = recordsOf(readLog(geminiCli, join(samplesDir, old), { kind: 'document' }).lines);
    expect(sumTokens(records)).toEqual({
      input: e.fresh_input,
      cacheRead: e.cached,
      output: e.billed_output,
      reasoning: 50,
    });
  });
});

describe('lines', () => {
  function read(...entries: readonly object[]) {
    using dir = tempDir();
    return readEntries(geminiCli, dir.path, entries).lines;
  }

  it('keep the last tokens of a reply that was written again', () => {
    const records = fold(
      recordsOf(
        read(
          meta,
          reply('g1', { input: 100, output: 1, cached: 0 }),
          reply('g1', { input: 100, output: 9, cached: 80 }),
          reply('g1', null),
        ),
      ),
    );
    expect(records.map(({ tokens }) => [tokens.input, tokens.cacheRead, tokens.output])).toEqual([
      [20, 80, 9],
    ]);
  });

  it('take replies out of a checkpoint, once', () => {
    const checkpoint = {
      $set: {
        messages: [
          reply('g1', { input: 10, output: 1 }),
          { id: 'u1', type: 'user' },
          reply('g2', { input: 20, output: 2 }),
        ],
      },
    };
    const records = recordsOf(read(meta, reply('g1', { input: 10, output: 1 }), checkpoint));
    expect(records).toHaveLength(3);
    expect(sumTokens(fold(records))).toEqual({ input: 30, output: 3 });
  });

  it('refuse a reply whose tokens cannot be trusted', () => {
    expect(reasonsOf(read(meta, reply('g1', { input: 1.5, output: 1 })))).toEqual([
      'input 1.5 is not a number of tokens',
    ]);
  });
});

describe('a session', () => {
  it('kept as a document and as lines is counted once', () => {
    using dir = tempDir();
    const document = JSON.parse(readFileSync(join(samplesDir, old), 'utf8'));
    const { messages, ...head } = document;
    const migrated = recordsOf(readEntries(geminiCli, dir.path, [head, ...messages]).lines);
    const before = recordsOf(readLog(geminiCli, join(samplesDir, old), { kind: 'document' }).lines);
    expect(migrated).toHaveLength(2);
    expect(fold([...before, ...migrated])).toHaveLength(2);
  });

  it('belongs to the project its folder names, by path where the folder keeps one', () => {
    using dir = tempDir();
    const projectOf = (name: string) => {
      const { project, extras } =
        recordsOf(
          readEntries(geminiCli, dir.path, [meta, reply('g1', { input: 1, output: 1 })], name).lines,
        )[0] ?? {};
      return [project, extras?.cwd];
    };
    expect(projectOf('shop-2/chats/session-a.jsonl')).toEqual(['shop-2', undefined]);
    expect(projectOf(`${'5f'.repeat(32)}/chats/session-a.jsonl`)).toEqual([null, undefined]);
    mkdirSync(join(dir.path, 'shop'));
    writeFileSync(join(dir.path, 'shop', '.project_root'), '/home/dev/web shop\n');
    expect(projectOf('shop/chats/session-a.jsonl')).toEqual(['web shop', '/home/dev/web shop']);
    expect(projectOf('shop/chats/parent/child.jsonl')).toEqual(['web shop', '/home/dev/web shop']);
  });
});

describe('places', () => {
  it('are below the home folder or the one a variable names', () => {
    const at = (env: Record<string, string>) =>
      geminiCli.locations({ platform: 'linux', home: '/home/a', env });
    expect(at({})).toEqual([{ path: '/home/a/.gemini/tmp', why: 'default' }]);
    expect(at({ GEMINI_CLI_HOME: '/g' })).toEqual([{ path: '/g/.gemini/tmp', why: 'GEMINI_CLI_HOME' }]);
    expect(at({ GEMINI_DATA_DIR: '/d', GEMINI_CLI_HOME: '/g' })).toEqual([
      { path: '/d/tmp', why: 'GEMINI_DATA_DIR' },
    ]);
  });

  it('hold chats as lines and as documents; other files there are none', () => {
    expect(geminiCli.fileKind('p/chats/session-a.jsonl')).toBe('lines');
    expect(geminiCli.fileKind('p/chats/parent/child.jsonl')).toBe('lines');
    expect(geminiCli.fileKind('p/chats/session-a.json')).toBe('document');
    expect(geminiCli.fileKind('p/logs.json')).toBeNull();
    expect(geminiCli.fileKind('p/checkpoint-x.json')).toBeNull();
  });
});

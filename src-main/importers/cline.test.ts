import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir, startTestCore } from '../testing/core.ts';
import { foldRecords, readLog, recordsOf, sumTokens } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { cline } from './cline.ts';

const tokens = { input: 23, output: 470, cacheWriteUnknown: 9400, cacheRead: 18000 };
conforms(cline, {
  'cline_ui_messages.json': { accepted: 3, requests: 3, usd: '0.047769', skipped: 1, tokens },
  'cline_taskHistory.json': { accepted: 1, usd: '0.047769', tokens },
});

const messages = JSON.parse(readFileSync(join(samplesDir, 'cline_ui_messages.json'), 'utf8'));
const history = JSON.parse(readFileSync(join(samplesDir, 'cline_taskHistory.json'), 'utf8'));

function place(root: string, path: string, content: unknown): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
  return file;
}

function read(entries: readonly object[], path = 'tasks/1782900000000/ui_messages.json') {
  using dir = tempDir();
  return recordsOf(readLog(cline, place(dir.path, path, entries), { kind: 'document' }).lines);
}

const request = (ts: number, counted: object, more: object = {}) => ({
  ts: 1_782_900_000_000 + ts,
  type: 'say',
  say: 'api_req_started',
  text: JSON.stringify(counted),
  ...more,
});
const info = (providerId: string, modelId = 'claude-sonnet-4-6') => ({ modelInfo: { providerId, modelId } });

describe('a task and its sum in the history', () => {
  const sample = {
    'tasks/1782900000000/ui_messages.json': messages,
    'state/taskHistory.json': history,
  };

  it.each([Object.entries(sample), Object.entries(sample).reverse()])(
    'count once, whichever is read first',
    (...order) => {
      using dir = tempDir();
      const records = order.flatMap(([path, content]) =>
        recordsOf(readLog(cline, place(dir.path, path, content), { kind: 'document' }).lines),
      );
      expect(sumTokens(foldRecords(cline, records))).toEqual(tokens);
    },
  );

  it('count once in a scan, and the sum counts for a task whose folder is gone', async () => {
    await using t = await startTestCore();
    const store = join(t.home, '.config/Code/User/globalStorage/saoudrizwan.claude-dev');
    place(store, 'tasks/1782900000000/ui_messages.json', messages);
    place(store, 'state/taskHistory.json', [...history, { ...history[0], id: '1782800000000', tokensIn: 1 }]);
    await t.call('scan.run', { tools: ['cline'] });
    const { totals } = await t.call('report.run', { by: [], filters: {} });
    expect(totals.tokens).toMatchObject({ input: 24, output: 940, cacheRead: 36_000 });
    expect(totals.requests).toBe(3);
    // Requests belong to the vendor they name from the start, not to the unknown one of their sum.
    const { rows } = await t.call('report.run', { by: ['account'], filters: {} });
    expect(rows.map(({ account, tokens }) => [account, tokens.input])).toEqual(
      expect.arrayContaining([
        ['Anthropic API', 23],
        ['Unknown API', 1],
      ]),
    );
  });
});

describe('a request', () => {
  it('a restored checkpoint removed does not count beside what is kept of it', () => {
    const before = [request(0, { tokensIn: 5, tokensOut: 1 }), request(10, { tokensIn: 7, tokensOut: 40 })];
    const after = [
      before[0] ?? {},
      request(20, { tokensIn: 7, tokensOut: 40 }, { say: 'deleted_api_reqs' }),
      request(30, { tokensIn: 9, tokensOut: 2 }),
    ];
    expect(sumTokens(foldRecords(cline, [...read(before), ...read(after)]))).toEqual({
      input: 21,
      output: 43,
    });
  });

  it('that has not ended states no usage yet, and counts once when it has', () => {
    const [first, later] = [request(0, { tokensIn: 5, tokensOut: 1 }), request(9, { request: 'hi' })];
    const finished = { ...later, text: '{"request":"hi","tokensIn":3,"tokensOut":2}' };
    const records = [...read([first, later]), ...read([first, finished])];
    expect(records).toHaveLength(3);
    expect(sumTokens(foldRecords(cline, records))).toEqual({ input: 8, output: 3 });
  });

  it('of a sub-agent counts', () => {
    expect(
      read([request(0, { tokensIn: 5, tokensOut: 1, cost: 0.5 }, { say: 'subagent_usage' })]),
    ).toMatchObject([{ amount: { value: '0.5' }, extras: { kind: 'subagent_usage' } }]);
  });

  it('is billed by the vendor behind the way to it, or covered by its subscription', () => {
    const of = (providerId: string) => {
      const [record] = read([request(0, { tokensIn: 5, cost: 0 }, info(providerId))]);
      return [record?.provider, record?.coveredByPlan, record?.amount];
    };
    expect(of('anthropic')).toEqual(['anthropic', undefined, undefined]);
    expect(of('openai-native')).toEqual(['openai', undefined, undefined]);
    expect(of('claude-code')).toEqual(['anthropic', true, undefined]);
    expect(of('vscode-lm')).toEqual(['github-copilot', true, undefined]);
    // Any endpoint that speaks OpenAI's protocol, not OpenAI.
    expect(of('openai')).toEqual(['unknown', undefined, undefined]);
  });

  it('without a model takes the task’s only one, and none where the task had several', () => {
    const bare = request(20, { tokensIn: 1 });
    const a = request(0, { tokensIn: 5 }, info('anthropic', 'a'));
    const b = request(9, { tokensIn: 5 }, info('anthropic', 'b'));
    expect(read([a, bare])[1]?.model).toBe('a');
    expect(read([a, b, bare])[2]?.model).toBeNull();
  });

  it('belongs to the project the first prompt names, and keeps nothing else of it', () => {
    const prompt = 'secret\n# Current Working Directory (/home/dev/shop) Files\na.ts';
    const records = read([request(0, { request: prompt, tokensIn: 5 }), request(9, { tokensIn: 5 })]);
    expect(records.map(({ project }) => project)).toEqual(['shop', 'shop']);
    expect(JSON.stringify(records)).not.toContain('secret');
  });
});

describe('places', () => {
  const at = (platform: 'linux' | 'darwin' | 'win32', home: string, env: Record<string, string> = {}) =>
    cline.locations({ platform, home, env }).map(({ path }) => path);
  const store = 'globalStorage/saoudrizwan.claude-dev';

  it('are every editor’s storage on every system, and that of servers', () => {
    const editors = ['Code', 'Code - Insiders', 'VSCodium', 'Cursor', 'Windsurf'];
    expect(at('linux', '/home/a')).toEqual(
      expect.arrayContaining(editors.map((editor) => `/home/a/.config/${editor}/User/${store}`)),
    );
    expect(at('darwin', '/Users/a')).toEqual(
      expect.arrayContaining(
        editors.map((editor) => `/Users/a/Library/Application Support/${editor}/User/${store}`),
      ),
    );
    expect(at('win32', 'C:\\Users\\a', { APPDATA: 'D:\\Roaming' })).toEqual(
      expect.arrayContaining(
        editors.map((editor) => `D:\\Roaming\\${editor}\\User\\${store.replaceAll('/', '\\')}`),
      ),
    );
    expect(at('linux', '/home/a')).toContain(`/home/a/.vscode-server/data/User/${store}`);
  });

  it('are the shared store, or where a variable says it is', () => {
    expect(at('linux', '/home/a')).toContain('/home/a/.cline/data');
    expect(at('linux', '/home/a', { CLINE_DIR: '/c' })).toContain('/c/data');
    expect(at('linux', '/home/a', { CLINE_DATA_DIR: '/d' })).toContain('/d');
  });

  it('hold messages of tasks and the history; other files are none', () => {
    expect(cline.fileKind('1/ui_messages.json')).toBe('document');
    expect(cline.fileKind('state/taskHistory.json')).toBe('document');
    expect(cline.fileKind('tasks/1/ui_messages.json')).toBe('document');
    expect(cline.fileKind('1/api_conversation_history.json')).toBeNull();
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { foldRecords, readLog, recordsOf, sumTokens } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { rooCode } from './roo-code.ts';

conforms(rooCode, {
  'roo_ui_messages.json': {
    accepted: 3,
    usd: '0.052936',
    tokens: { input: 418, output: 430, cacheWriteUnknown: 9000, cacheRead: 9000 },
  },
});

const request = (ts: number, counted: object) => ({
  ts: 1_782_900_000_000 + ts,
  type: 'say',
  say: 'api_req_started',
  text: JSON.stringify(counted),
});

function read(entries: readonly object[], beside: object = {}) {
  using dir = tempDir();
  const location = join(dir.path, 'tasks');
  const path = join(location, 't1', 'ui_messages.json');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(entries));
  writeFileSync(join(dirname(path), 'history_item.json'), JSON.stringify(beside));
  return recordsOf(
    readLog(rooCode, path, { kind: 'document', location, relativePath: 't1/ui_messages.json' }).lines,
  );
}

describe('a request', () => {
  const counted = { tokensIn: 100, tokensOut: 5, cacheReads: 80, cacheWrites: 10 };

  it('has the cache in its input where it states a protocol, and beside it in older versions', () => {
    expect(read([request(0, { apiProtocol: 'openai', ...counted })])[0]?.tokens.input).toBe(10);
    expect(read([request(0, counted)])[0]?.tokens.input).toBe(100);
  });

  it('taken away by an edit stays, and the one that follows is another', () => {
    const before = read([request(0, counted), request(10, counted)]);
    const after = read([request(0, counted), request(20, counted)]);
    expect(foldRecords(rooCode, [...before, ...after])).toHaveLength(3);
  });

  it('names its model only inside the prompt; without it and a cost nothing is made up', () => {
    const named = request(0, { request: '<model>claude-sonnet-4-6</model>', tokensIn: 5 });
    expect(read([named])[0]).toMatchObject({ model: 'claude-sonnet-4-6', provider: 'unknown' });
    expect(read([request(0, { tokensIn: 5 })])[0]).toMatchObject({ model: null, provider: 'unknown' });
  });

  it('belongs to the workspace of its task', () => {
    expect(read([request(0, { tokensIn: 5 })], { workspace: '/home/dev/shop' })[0]?.project).toBe('shop');
  });
});

describe('summing up the conversation', () => {
  it('costs money and counts', () => {
    const entry = { ts: 1_782_900_020_000, type: 'say', say: 'condense_context' };
    const records = read([{ ...entry, contextCondense: { cost: 0.011, summary: 'secret' } }]);
    expect(records).toMatchObject([{ amount: { value: '0.011' }, extras: { kind: 'condense_context' } }]);
    expect(sumTokens(records)).toEqual({});
    expect(JSON.stringify(records)).not.toContain('secret');
  });
});

describe('places', () => {
  it('are every editor’s storage', () => {
    const paths = rooCode.locations({ platform: 'linux', home: '/home/a', env: {} }).map(({ path }) => path);
    const below = 'User/globalStorage/rooveterinaryinc.roo-cline/tasks';
    expect(paths).toContain(`/home/a/.config/VSCodium/${below}`);
    expect(paths).toContain(`/home/a/.vscode-server/data/${below}`);
    expect(rooCode.fileKind('t1/ui_messages.json')).toBe('document');
    expect(rooCode.fileKind('t1/history_item.json')).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { foldRecords, kindsOf, readEntries, recordsOf } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { kimiCli } from './kimi-cli.ts';

conforms(kimiCli, {
  'kimi_cli_wire.jsonl': {
    accepted: 2,
    requests: 2,
    tokens: { input: 1772, output: 330, cacheRead: 13_312 },
  },
});

const status = (payload: object, timestamp: unknown = 1_782_900_005.25) => ({
  timestamp,
  message: {
    type: 'StatusUpdate',
    payload: { token_usage: { input_other: 10, output: 5 }, message_id: 'chatcmpl-1', ...payload },
  },
});
function read(entries: readonly object[], name = 'ab12/s1/wire.jsonl') {
  using dir = tempDir();
  return readEntries(kimiCli, dir.path, entries, name).lines;
}

describe('a status', () => {
  it('stands at its second, fractions and all, in its session', () => {
    expect(recordsOf(read([status({})]))[0]).toMatchObject({
      at: 1_782_900_005_250,
      session: 's1',
      model: null,
    });
    expect(recordsOf(read([status({})], 'ab12/s1/subagents/x/wire.jsonl'))[0]?.session).toBe('s1');
  });

  it('sent again for a message counts once, as it was last', () => {
    const again = status({ token_usage: { input_other: 10, output: 9 } }, 1_782_900_006);
    const records = foldRecords(kimiCli, recordsOf(read([status({}), again])));
    expect(records.map(({ tokens }) => tokens.output)).toEqual([9]);
  });

  it('without a message id is told apart by its time', () => {
    const unnamed = (at: number) => status({ message_id: undefined }, at);
    const entries = [unnamed(1_782_900_005), unnamed(1_782_900_006), unnamed(1_782_900_006)];
    expect(foldRecords(kimiCli, recordsOf(read(entries)))).toHaveLength(2);
  });

  it('without tokens is passed over; one without a time is refused', () => {
    expect(kindsOf(read([status({ token_usage: { output: 0 } }), status({}, 'today')]))).toEqual([
      'skip',
      'refuse',
    ]);
  });
});

describe('places', () => {
  it('are its sessions, or those a variable names', () => {
    const at = (env: Record<string, string>) =>
      kimiCli.locations({ platform: 'linux', home: '/home/a', env });
    expect(at({})).toEqual([{ path: '/home/a/.kimi/sessions', why: 'default' }]);
    expect(at({ KIMI_SHARE_DIR: '/x' })).toEqual([{ path: '/x/sessions', why: 'KIMI_SHARE_DIR' }]);
    expect(kimiCli.fileKind('ab12/s1/context.jsonl')).toBeNull();
  });
});

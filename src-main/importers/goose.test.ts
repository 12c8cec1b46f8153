import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import {
  foldRecords,
  kindsOf,
  readEntries,
  readLog,
  reasonsOf,
  recordsOf,
  sumTokens,
} from '../testing/read-log.ts';
import { makeDatabase, sampleDump } from '../testing/sample-database.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { goose } from './goose.ts';

const dump = sampleDump('goose_sessions_db.json');

conforms(goose, {
  'goose_sessions_db.json': {
    accepted: 1,
    skipped: 1,
    requests: 0,
    usd: '0.114',
    tokens: { input: 29_500, output: 1_700 },
    as: 'sessions.db',
    dump,
  },
});

const session = {
  id: '20260701_1',
  working_dir: '/home/dev/shop',
  created_at: '2026-07-01 10:00:00',
  updated_at: '2026-07-01 10:12:30',
  accumulated_input_tokens: 100,
  accumulated_output_tokens: 10,
  provider_name: 'anthropic',
  model_config_json: '{"model_name":"claude-sonnet-4-6"}',
};

function read(...sessions: readonly object[]) {
  using dir = tempDir();
  const path = makeDatabase(join(dir.path, 'sessions.db'), { ddl: dump.ddl, sessions: sessions as never });
  return readLog(goose, path, { kind: 'database' }).lines;
}

describe('a session', () => {
  it('counts its own sum, not its last request', () => {
    const records = recordsOf(read({ ...session, input_tokens: 60, output_tokens: 6, total_tokens: 66 }));
    expect(sumTokens(records)).toEqual({ input: 100, output: 10 });
    expect(records[0]).toMatchObject({
      at: Date.UTC(2026, 6, 1, 10, 12, 30),
      project: 'shop',
      provider: 'anthropic',
      model: 'claude-sonnet-4-6',
      requests: 0,
    });
  });

  it('read again when it has grown is one record, on the day it was first seen', () => {
    const [before] = recordsOf(read(session));
    const [after] = recordsOf(
      read({ ...session, updated_at: '2026-07-03 09:00:00', accumulated_input_tokens: 900 }),
    );
    expect(before && after && foldRecords(goose, [before, after])).toMatchObject([
      { at: before?.at, tokens: { input: 900, output: 10 } },
    ]);
  });

  it('that moved to another vendor’s model is not counted twice', () => {
    const [before] = recordsOf(read(session));
    const [after] = recordsOf(read({ ...session, provider_name: 'openai' }));
    expect(before?.key).toBe(after?.key);
  });

  it('of two machines that count their days alike stay two', () => {
    const records = recordsOf(read(session, { ...session, id: '20260701_1x' }));
    const [other] = recordsOf(read({ ...session, created_at: '2026-07-01 11:00:00' }));
    expect(other?.key).not.toBe(records[0]?.key);
  });

  it('that ran another coding tool is left to that tool’s own log', () => {
    expect(kindsOf(read({ ...session, provider_name: 'claude-code' }))).toEqual(['skip']);
  });

  it('of the first versions counts its last request at least, and says that this is not all', () => {
    const [record] = recordsOf(
      read({ ...session, accumulated_input_tokens: null, accumulated_output_tokens: null, input_tokens: 7 }),
    );
    expect(record).toMatchObject({ status: 'incomplete', tokens: { input: 7 } });
  });

  it('without a vendor stands under none, and one that cannot be read is refused', () => {
    expect(recordsOf(read({ ...session, provider_name: null, model_config_json: null }))[0]).toMatchObject({
      provider: 'unknown',
      model: null,
    });
    expect(
      reasonsOf(read({ ...session, accumulated_input_tokens: -1 }, { ...session, id: 'b', updated_at: 'x' })),
    ).toEqual(['accumulated_input_tokens -1 is not a number of tokens', '"xZ" is not a time']);
  });

  it('has its time with a zone or without one', () => {
    const at = (updated_at: string) => recordsOf(read({ ...session, updated_at }))[0]?.at;
    const noon = Date.UTC(2026, 6, 1, 12);
    expect(['2026-07-01 12:00:00', '2026-07-01T12:00:00.000Z', '2026-07-01 14:00:00+02:00'].map(at)).toEqual([
      noon,
      noon,
      noon,
    ]);
  });
});

describe('a session file of a version before 1.10', () => {
  const own = {
    working_dir: '/home/dev/shop',
    description: 'Cart page',
    message_count: 4,
    total_tokens: 66,
    accumulated_total_tokens: 110,
    accumulated_input_tokens: 100,
    accumulated_output_tokens: 10,
  };
  const said = { role: 'assistant', created: 1_751_364_000, content: [{ type: 'text', text: 'hi' }] };

  it('counts its own line and no message', () => {
    using dir = tempDir();
    const { lines } = readEntries(goose, dir.path, [own, said], '20250701_100000.jsonl');
    expect(recordsOf(lines)).toMatchObject([
      { key: '20250701_100000', tokens: { input: 100, output: 10 }, project: 'shop' },
    ]);
  });

  it('whose own line was rewritten is read anew', () => {
    using dir = tempDir();
    const { cursor } = readEntries(goose, dir.path, [own, said], 'a.jsonl');
    const grown = { ...own, accumulated_input_tokens: 5000 };
    writeFileSync(
      join(dir.path, 'a.jsonl'),
      [grown, said, said].map((entry) => `${JSON.stringify(entry)}\n`).join(''),
    );
    const again = readLog(goose, join(dir.path, 'a.jsonl'), { cursor });
    expect(recordsOf(again.lines)[0]?.tokens.input).toBe(5000);
  });

  it('gives way to the database it was taken over into', () => {
    using dir = tempDir();
    const old = recordsOf(
      readEntries(goose, dir.path, [{ ...own, accumulated_input_tokens: 7000 }], '20250701_100000.jsonl')
        .lines,
    );
    const taken = recordsOf(read({ ...session, id: '20250701_100000' }));
    for (const order of [
      [...old, ...taken],
      [...taken, ...old],
    ])
      expect(foldRecords(goose, order)).toEqual(taken);
  });

  it('is told by its own line', () => {
    expect(goose.recognises(`${JSON.stringify(own)}\n${JSON.stringify(said)}`)).toBe(true);
    expect(goose.recognises(JSON.stringify(said))).toBe(false);
  });
});

describe('places', () => {
  const at = (platform: 'linux' | 'darwin' | 'win32', env: Record<string, string> = {}) =>
    goose
      .locations({ platform, home: platform === 'win32' ? 'C:\\Users\\a' : '/h', env })
      .map(({ path }) => path);

  it('are those of each system and of the time it belonged to Block', () => {
    expect(at('linux')).toEqual(['/h/.local/share/goose/sessions', '/h/.local/share/Block/goose/sessions']);
    expect(at('darwin')[0]).toBe('/h/Library/Application Support/goose/sessions');
    expect(at('win32')).toEqual(['C:\\Users\\a\\AppData\\Roaming\\Block\\goose\\data\\sessions']);
    expect(at('linux', { GOOSE_PATH_ROOT: '/g', XDG_DATA_HOME: '/d' })).toEqual(['/g/data/sessions']);
  });
});

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Mapping } from '../../importers/mapper.ts';
import { recogniseTable } from '../../importers/pipeline/recognise.ts';
import { sniffText } from '../../importers/pipeline/text.ts';
import { tableImporters } from '../../importers/tables.ts';
import { AppError } from '../../platform/error.ts';
import { inTransaction, rehearse } from '../../store/database.ts';
import { openLedger } from '../../store/open.ts';
import { damagedRecords } from '../../store/records.ts';
import { rollupTables } from '../../store/rollups.ts';
import { resourcesDir, samplesDir } from '../../testing/core.ts';
import { tempDir } from '../../testing/temp-dir.ts';
import type { TaskContext } from '../context.ts';
import { importMember } from '../import-member.ts';
import { type Recognised, recogniseMember, type Wish } from '../recognise.ts';
import { undoImport } from '../undo.ts';

const now = Date.UTC(2026, 10, 28);
const scratch = tempDir();
const dir = scratch.path;
afterAll(() => scratch[Symbol.dispose]());

interface Ledger extends Disposable {
  readonly context: TaskContext;
  /** Imports a file by one thread or two and answers with all that is told of it. */
  take(path: string, wish?: Wish): unknown;
  /** Everything the ledger holds. */
  content(): unknown;
}

/** In which order names get their numbers is nobody's business: they are compared as texts. */
function nameOf(column: string): string {
  const isName = /^(provider|model|model_raw|project|session|price_version)_id$/.test(column);
  return isName ? `(SELECT text FROM names WHERE id = ${column})` : column;
}

const told = (
  'id key_a key_b import_id source_id file_id line at grain utc_day provider_id model_id model_raw_id project_id ' +
  'session_id requests input cache_read cache_write_5m cache_write_1h cache_write_unknown output reasoning cost_state ' +
  'cost_nano_usd price_version_id evidence charge amount currency precedence status vendor_call_id price_facts extras'
).split(' ');

function openTestLedger(inThread: boolean, over: Partial<TaskContext> = {}): Ledger {
  const folder = tempDir();
  const db = openLedger(folder.path, { now: () => now });
  const rates = [{ currency: 'EUR', usdPerUnit: '1.1', from: '2020-01-01' }];
  const context: TaskContext = {
    ...{ db, dataDir: folder.path, resourcesDir, now: () => now },
    environment: { platform: 'linux', home: folder.path, env: {} },
    settings: { zone: 'Europe/Berlin', rates, logFolders: {} },
    ...{ progress: () => undefined, stop: () => false },
    ...over,
  };
  const rows = (sql: string): unknown => db.prepare(sql).raw().all();
  return {
    context,
    take(path, wish = {}) {
      const member = { name: basename(path), path, bytes: 0, sha256: path, temporary: false };
      const recognised = recogniseMember(db, member, wish) as Extract<Recognised, { kind: 'table' }>;
      expect(recognised.kind).toBe('table');
      return inTransaction(db, () => importMember(context, member, { recognised, path, inThread }));
    },
    content() {
      expect(damagedRecords(db).damaged).toEqual([]);
      const whole = ['accounts', 'sources', 'imports', 'refused'].map((table) =>
        rows(`SELECT * FROM ${table}`),
      );
      const sums = rollupTables.map(({ name, key, sums: columns }) =>
        (rows(`SELECT ${[...key.map(nameOf), ...columns].join()} FROM ${name}`) as unknown[][]).toSorted(),
      );
      // Where a file says several things of one charge that is there already, which of its lines stands for them depends
      // on how many rows were looked at together, and so does whether "the same" is written out. What they mean shows in
      // the records once an import is undone.
      const said = rows('SELECT record_id, import_id, source_id, file_id FROM observations');
      return [
        ...whole,
        ...sums,
        said,
        rows(`SELECT ${told.map(nameOf).join()} FROM record_rows ORDER BY id`),
      ];
    },
    [Symbol.dispose]() {
      db.close();
      folder[Symbol.dispose]();
    },
  };
}

/** Takes files one after the other into a ledger by one thread and into one by two, and finds no difference. */
function expectSame(files: readonly string[], wish?: Wish): void {
  using alone = openTestLedger(false);
  using together = openTestLedger(true);
  for (const file of files) expect(together.take(file, wish), file).toEqual(alone.take(file, wish));
  expect(together.content()).toEqual(alone.content());
  const imports = alone.context.db
    .prepare('SELECT id FROM imports ORDER BY id DESC')
    .pluck()
    .all() as number[];
  for (const importId of imports) {
    expect(undoImport(together.context, { importId })).toEqual(undoImport(alone.context, { importId }));
    expect(together.content()).toEqual(alone.content());
  }
}

function write(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

/** One sample of each format. */
const samples = new Map(
  readdirSync(samplesDir)
    .filter((name) => name.endsWith('.csv'))
    .flatMap((name) =>
      recogniseTable(tableImporters, sniffText(join(samplesDir, name))).map(({ id }) => [id, name] as const),
    ),
);

test.each([...samples.values()])(
  'a sample and its rows many times over come out as by one thread: %s',
  (name) => {
    const text = readFileSync(join(samplesDir, name), 'utf8').trimEnd();
    const body = text.slice(text.search(/[\r\n]/)).trimStart();
    expectSame([join(samplesDir, name), write(`long-${name}`, `${text}\n${`${body}\n`.repeat(20)}`)]);
  },
);

const header =
  'generation_id,created_at,cost_total,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,cancelled,app_name,variant\n';

/** Rows of calls: new ones, known ones, bad ones, quoted ones and ones of another day. */
function callsOf(seed: number, rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const any = (i * 7919 + seed * 104_729) % 10_007;
    // A call that stands in a file again says the same there, and more in another file: how rows of one file that
    // contradict each other are counted depends on how many are looked at together.
    const isKnown = any % 9 === 0;
    const n = isKnown ? (any % 50) * 10 + seed : any;
    const id = isKnown ? `gen-${any % 50}` : `gen-${seed}-${i}`;
    const day = isKnown ? any % 50 : n;
    const at = `2026-0${1 + (day % 9)}-1${day % 7} 0${day % 9}:00:00.${100 + (day % 900)}`;
    if (n % 97 === 0) return `${id},${at},oops,1,1,0,0,m,false,app,`;
    if (n % 89 === 0) return `${id},${at},1`;
    if (n % 83 === 0) return `${id},${at},1,99999999999999,1,0,0,m,false,app,`;
    const app = n % 5 === 0 ? `"quoted, ""app""\n${n % 3}"` : n % 7 === 0 ? '' : 'größe 🙂';
    return `${id},${at},0.0${n},${n},${n % 100},${n % 50},${n % 2 ? 0 : n},openai/gpt-5-mini,${n % 11 === 0},${app},${n % 13 === 0 ? 'free' : ''}`;
  });
  return `${header}${lines.join('\n')}\n`;
}

test('files that overlap leave one ledger, whoever reads them: records, refused rows, observations, sums', () => {
  expectSame([
    write('a.csv', callsOf(1, 2_300)),
    write('b.csv', callsOf(2, 900)),
    write('a2.csv', callsOf(1, 2_300)),
  ]);
});

const mapping: Mapping = {
  name: 'house',
  columns: {
    date: 'when',
    cost: 'cost',
    currency: 'cur',
    model: 'model',
    provider: 'who',
    session: 'chat',
    output: 'out',
  },
  ...{
    dateFormat: 'iso',
    zone: 'UTC',
    decimal: '.',
    inputIncludesCache: false,
    currency: 'USD',
    provider: 'house',
  },
  evidence: 'billed',
};
const cell = fc.record({
  when: fc.constantFrom('2026-05-01', '2026-05-01T10:00:00Z', '2026-05-02T23:30:00Z', 'never'),
  cost: fc.constantFrom('0', '1.50', '-2', '0.000000001', '7', 'x', ''),
  cur: fc.constantFrom('USD', 'EUR', 'GBP'),
  model: fc.constantFrom('gpt-5-mini', 'other', ''),
  who: fc.constantFrom('openai', 'house', 'acme'),
  chat: fc.constantFrom('', 's1', 's2'),
  out: fc.constantFrom('0', '5', '12345678901'),
});

test('rows without ids are always told apart by their number in the file, whatever columns they are read by', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 120 }), { minLength: 1, maxLength: 2 }),
      (files) => {
        const paths = files.map((rows, i) =>
          write(
            `mapped-${i}.csv`,
            ['when,cost,cur,model,who,chat,out', ...rows.map((row) => Object.values(row).join())].join('\n'),
          ),
        );
        expectSame([...paths, ...paths], { mapping });
      },
    ),
    { numRuns: 3 },
  );
});

test('a file that is no text further on is refused as a whole, and says why', () => {
  using ledger = openTestLedger(true);
  const before = ledger.content();
  const good = callsOf(3, 15_000);
  const path = join(dir, 'bad.csv');
  writeFileSync(path, Buffer.concat([Buffer.from(good), Buffer.from([0xff, 0xfe, 10])]));
  expect(() => ledger.take(path)).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
  expect(ledger.content()).toEqual(before);
});

test('a stop ends the reading and leaves nothing; the next one is whole', () => {
  const path = write('stopped.csv', callsOf(4, 9_000));
  let asked = 0;
  let isPatient = false;
  using ledger = openTestLedger(true, { stop: () => !isPatient && ++asked > 4 });
  const before = ledger.content();
  expect(() => ledger.take(path)).toThrow(new AppError('CANCELLED', 'Cancelled. Nothing was changed.'));
  expect(ledger.content()).toEqual(before);
  isPatient = true;
  expect(ledger.take(path)).toMatchObject({ tally: { accepted: expect.any(Number) } });
});

test('what cannot be placed ends the import, not the reader alone', () => {
  using ledger = openTestLedger(true);
  ledger.context.db.exec(
    `CREATE TRIGGER no_sources BEFORE INSERT ON sources BEGIN SELECT RAISE(ABORT, 'no'); END`,
  );
  expect(() => ledger.take(write('unplaced.csv', callsOf(5, 100)))).toThrow('no');
});

test('a rehearsal by two threads says what the import then does', () => {
  using ledger = openTestLedger(true);
  const path = write('rehearsed.csv', callsOf(6, 2_300));
  const rehearsed = rehearse(ledger.context.db, () => {
    const member = { name: 'rehearsed.csv', path, bytes: 0, sha256: path, temporary: false };
    const recognised = recogniseMember(ledger.context.db, member, {}) as Extract<
      Recognised,
      { kind: 'table' }
    >;
    return importMember(ledger.context, member, { recognised, path, inThread: true });
  });
  expect(ledger.take(path)).toEqual(rehearsed);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Importer } from '../platform/importer.ts';
import { type ImportedRecord, noTokens } from '../platform/record.ts';
import { insertAccount } from '../store/accounts.ts';
import { inTransaction } from '../store/database.ts';
import { finishImport, insertImport } from '../store/imports.ts';
import { openLedger } from '../store/open.ts';
import { damagedRecords } from '../store/records.ts';
import { rollupTables } from '../store/rollups.ts';
import { insertSource } from '../store/sources.ts';
import { bundledPrices } from '../testing/price-book.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { type Book, createBook } from './book.ts';
import { createZone } from './day.ts';
import { identityOf, keyOf } from './identity.ts';
import { createPacker, packedWidth } from './packed.ts';
import type { Outcome } from './saying.ts';

const now = Date.UTC(2026, 10, 28);
const noon = Date.UTC(2026, 6, 1, 12);
const prices = bundledPrices();

type Rule = Importer['merge'];
type Files = readonly (readonly ImportedRecord[])[];

/** One import's way into a ledger, and how often each outcome was told. */
interface Import {
  readonly book: Book;
  readonly importId: number;
  readonly rule: Rule;
  readonly told: Map<Outcome, number>;
}
type Enter = (files: Files, one: Import) => void;

const sourceOf = ({ provider }: ImportedRecord): number => (provider === 'anthropic' ? 1 : 2);
const identityOfRecord = ({ key = '' }: ImportedRecord) => identityOf('logs', key);
const nameOf = (file: number): string => `/logs/${file}.jsonl`;

const tell =
  ({ told }: Import) =>
  (outcome: Outcome): void =>
    void told.set(outcome, (told.get(outcome) ?? 0) + 1);

/** As sayings are taken one by one. */
const singly: Enter = (files, one) => {
  const importer = { evidence: 'recorded', merge: one.rule } as const;
  for (const [file, records] of files.entries())
    for (const [line, record] of records.entries())
      one.book.enter({
        ...{ importId: one.importId, importer, record, line, file: nameOf(file), claims: false },
        ...{ sourceId: sourceOf(record), identity: identityOfRecord(record), settled: tell(one) },
      });
};

/** Packed file by file, by two who take turns. */
const packed: Enter = (files, one) => {
  const importer = { evidence: 'recorded', merge: one.rule } as const;
  const entry = one.book.packed({ importId: one.importId, importer, claims: false });
  const settled = (_at: number, outcome: Outcome): void => tell(one)(outcome);
  const packers = [0, 1].map(() => {
    const numbers = new Float64Array(25_000 * packedWidth);
    const packer = createPacker({ numbers, costOf: one.book.costOf, evidence: 'recorded' });
    return { numbers, packer, stream: entry.stream() };
  });
  for (const [file, records] of files.entries()) {
    const { numbers, packer, stream } = packers[file % 2] as (typeof packers)[0];
    for (const [line, record] of records.entries())
      packer.add(record, { key: keyOf(identityOfRecord(record)), sourceId: sourceOf(record), line });
    stream(packer.cut(numbers), settled, nameOf(file));
  }
};

const texts = /^(provider|model|model_raw|project|session|price_version|file)_id$/;
const asText = (column: string): string =>
  texts.test(column) ? `(SELECT text FROM names WHERE id = ${column})` : column;
const told = (
  'key_a key_b import_id source_id file_id line at grain provider_id model_id model_raw_id project_id session_id ' +
  'requests input cache_read cache_write_5m cache_write_1h cache_write_unknown output reasoning cost_state ' +
  'cost_nano_usd price_version_id evidence amount currency precedence status vendor_call_id price_facts extras'
).split(' ');

/** What scans of these files leave in a ledger, one import each. */
function ledgerAfter(scans: readonly Files[], rule: Rule, enter: Enter) {
  using dir = tempDir();
  const db = openLedger(dir.path, { now: () => now });
  try {
    const account = { name: 'API', kind: 'api' as const, provider: 'anthropic', assumed: 0, created_at: now };
    const fee = { fee_nano_usd: null, fee_cycle: null, fee_start: null, fee_end: null };
    const accountId = insertAccount(db, { ...account, ...fee });
    for (const vendor of ['anthropic', 'aws'])
      insertSource(db, {
        ...{ importer: 'pi', label: vendor, vendor, kind: 'log', account_id: accountId, evidence: 2 },
        ...{ coverage: 'tool', usage_rank: 0, cut: '', sample: 0 },
      } as Parameters<typeof insertSource>[1]);
    const counts = scans.map((files) => {
      const importId = insertImport(db, {
        ...{ kind: 'scan', importer: 'pi', importer_label: 'Pi', source_id: null, file_name: 'logs' },
        ...{ path: null, sha256: null, at: now, sample: 0 },
      } as Parameters<typeof insertImport>[1]);
      const book = createBook(db, { zone: createZone('Europe/Berlin'), prices, rates: [] });
      const one = { book, importId, rule, told: new Map<Outcome, number>() };
      inTransaction(db, () => {
        enter(files, one);
        book.settle();
        finishImport(db, importId, noTotals);
      });
      return { ...Object.fromEntries(one.told), ...book.brought(importId) };
    });
    expect(damagedRecords(db).damaged).toEqual([]);
    const rows = (sql: string): unknown[] => db.prepare(sql).raw().all();
    const sums = rollupTables.map(({ name, key, sums: columns }) =>
      rows(`SELECT ${[...key.map(asText), ...columns, 'counts_cost'].join()} FROM ${name}`).toSorted(),
    );
    const records = rows(`SELECT ${told.map(asText).join()} FROM record_rows`).toSorted();
    return { counts, sums, records };
  } finally {
    db.close();
  }
}

const noTotals = {
  ...{ accepted: 0, updated: 0, duplicate: 0, refused: 0, skipped: 0, unpriced: 0 },
  ...{ cost_nano_usd: 0, first_day: null, last_day: null },
};

const record = fc
  .record({
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    at: fc.constantFrom(noon, noon + 1, noon + 43_200_000),
    provider: fc.constantFrom('anthropic', 'aws'),
    session: fc.constantFrom('s', 't', null),
    project: fc.constantFrom('p', null),
    output: fc.nat({ max: 3 }),
    precedence: fc.constantFrom(0, 1),
    status: fc.constantFrom('incomplete', null),
    vendorCallId: fc.constantFrom('call', null),
    extras: fc.constantFrom({ cwd: '/a' }, { cwd: '/b' }),
  })
  .map(
    ({ output, ...rest }): ImportedRecord => ({
      ...rest,
      grain: 'instant',
      model: 'claude-sonnet-4-5',
      requests: 1,
      tokens: { ...noTokens, output },
    }),
  );
const scans = fc.array(fc.array(fc.array(record, { maxLength: 6 }), { maxLength: 4 }), {
  minLength: 1,
  maxLength: 2,
});

test.each(['max', 'last', 'first'] as const)(
  'what logs say is always the same in the ledger, packed or taken one by one, under the rule "%s"',
  (rule) => {
    fc.assert(
      fc.property(scans, (all) => {
        expect(ledgerAfter(all, rule, packed)).toEqual(ledgerAfter(all, rule, singly));
      }),
      { seed: 20_261_128, numRuns: 60 },
    );
  },
);

test('a reply is of the file that said it first, however far behind its copies stand', () => {
  const line = (key: string, session: string, output = 5): ImportedRecord => ({
    ...{ key, at: noon, grain: 'instant', provider: 'anthropic', model: 'm', requests: 1, session },
    tokens: { ...noTokens, output },
  });
  const many = Array.from({ length: 20_000 }, (_, index) => line(`r${index}`, 'first'));
  const copies = [line('r19999', 'copy'), line('r5', 'copy', 6), line('r20000', 'first'), line('r3', 'copy')];
  const { records, counts } = ledgerAfter([[many, copies]], 'max', packed);
  expect(counts).toMatchObject([{ accepted: 20_001, duplicate: 3 }]);
  const rows = records as (string | number)[][];
  const [file, at, output] = ['file_id', 'session_id', 'output'].map((name) => told.indexOf(name)) as [
    number,
    number,
    number,
  ];
  expect(rows.filter((row) => row[file] === nameOf(1))).toHaveLength(1);
  // The smaller name of a session prevails, wherever the copy was joined with its original.
  expect(rows.filter((row) => row[at] === 'copy')).toHaveLength(3);
  expect(rows.filter((row) => row[output] === 6)).toHaveLength(1);
});

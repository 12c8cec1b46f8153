import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Importer } from '../platform/importer.ts';
import { type ImportedRecord, noTokens } from '../platform/record.ts';
import { insertAccount } from '../store/accounts.ts';
import { rehearse, savepoint } from '../store/database.ts';
import { finishImport, insertImport, reopenImport } from '../store/imports.ts';
import { openLedger } from '../store/open.ts';
import { insertSource } from '../store/sources.ts';
import { bundledPrices } from '../testing/price-book.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { createBook, type Outcome } from './book.ts';
import { createZone } from './day.ts';
import { identityOf } from './identity.ts';

const prices = bundledPrices();
const at = Date.UTC(2026, 6, 1, 12);
const said: ImportedRecord = {
  key: 'call',
  at,
  grain: 'instant',
  provider: 'openai',
  model: 'gpt-5-mini',
  requests: 1,
  tokens: { ...noTokens, output: 10 },
};
const withOutput = (output: number, more: Partial<ImportedRecord> = {}): ImportedRecord => ({
  ...said,
  tokens: { ...noTokens, output },
  ...more,
});

interface Reading {
  /** Adds to this import; left out, to one of its own. */
  readonly importId?: number | undefined;
  readonly merge?: Importer['merge'];
  /** Source of each provider; all are of the first otherwise. */
  readonly sources?: Readonly<Record<string, number>>;
  readonly claims?: boolean;
  /** Settles after each record, as if each were read on its own. */
  readonly apart?: boolean;
  /** The day is part of what a row is. */
  readonly withinDay?: boolean;
}

const noTotals = {
  accepted: 0,
  updated: 0,
  duplicate: 0,
  refused: 0,
  skipped: 0,
  unpriced: 0,
  cost_nano_usd: 0,
  first_day: null,
  last_day: null,
};

/** A real ledger with three sources, and books on it. */
function openTestLedger() {
  const dir = tempDir();
  const db = openLedger(dir.path, { now: () => at });
  const account = { name: 'API', kind: 'api' as const, provider: 'openai', assumed: 0, created_at: at };
  const fee = { fee_nano_usd: null, fee_cycle: null, fee_start: null, fee_end: null };
  const accountId = insertAccount(db, { ...account, ...fee });
  const sources = ['one', 'two', 'three'].map((label) =>
    insertSource(db, {
      ...{ importer: 'pi', label, vendor: label, kind: 'log', account_id: accountId, evidence: 2 },
      ...{ coverage: 'tool', usage_rank: 0, cut: '', sample: 0 },
    } as Parameters<typeof insertSource>[1]),
  );
  const openBook = () => createBook(db, { zone: createZone('UTC'), prices, rates: [] });
  const newImport = () =>
    insertImport(db, {
      ...{ kind: 'scan', importer: 'pi', importer_label: 'Pi', source_id: null, file_name: 'logs' },
      ...{ path: null, sha256: null, at, sample: 0 },
    } as Parameters<typeof insertImport>[1]);
  const readAll = (records: readonly ImportedRecord[], importId: number, reading: Reading): Outcome[] => {
    const book = openBook();
    const outcomes: Outcome[] = [];
    for (const record of records)
      book.enter({
        importId,
        sourceId: reading.sources?.[record.provider] ?? sources[0] ?? 0,
        importer: { evidence: 'recorded', merge: reading.merge ?? 'max' },
        identity: identityOf(
          'test',
          record.key ?? '',
          reading.withinDay === true ? Math.floor(record.at / 86_400_000) : null,
        ),
        line: 1,
        claims: reading.claims ?? true,
        record,
        settled: (outcome) => outcomes.push(outcome),
      });
    book.settle();
    finishImport(db, importId, noTotals);
    return outcomes;
  };
  return {
    sources,
    read(records: readonly ImportedRecord[], reading: Reading = {}) {
      return savepoint(db, () => {
        const importId = reading.importId ?? newImport();
        reopenImport(db, importId);
        const groups = reading.apart === true ? records.map((record) => [record]) : [records];
        const outcomes = groups.flatMap((group) => readAll(group, importId, reading));
        return { importId, outcomes };
      });
    },
    undo(importId: number, merge: Importer['merge'] = 'max') {
      savepoint(db, () => {
        const book = openBook();
        book.undo(importId, () => merge);
        book.settle();
      });
    },
    /** What is known of each charge, without how it came to be known. */
    charges() {
      return db
        .prepare(
          `SELECT key_b, source_id, at, grain, p.text AS provider, m.text AS model, j.text AS project, s.text AS session,
             requests, input, output, cost_nano_usd, evidence, amount, extras, precedence
           FROM record_rows r JOIN names p ON p.id = provider_id JOIN names m ON m.id = model_raw_id
             JOIN names j ON j.id = project_id JOIN names s ON s.id = session_id
           ORDER BY key_b, at`,
        )
        .all() as Record<string, unknown>[];
    },
    /** What comes of it, without leaving anything behind. */
    rehearse: <T>(work: () => T): T => rehearse(db, work),
    [Symbol.dispose]() {
      db.close();
      dir[Symbol.dispose]();
    },
  };
}

type TestLedger = ReturnType<typeof openTestLedger>;

test('what an import adds later to its record stays when an import that came between is undone', () => {
  using ledger = openTestLedger();
  const { importId: followed } = ledger.read([withOutput(10)]);
  const { importId: dropped } = ledger.read([withOutput(50)]);
  ledger.read([withOutput(500)], { importId: followed });
  ledger.undo(dropped);
  expect(ledger.charges()).toMatchObject([{ output: 500 }]);
});

test('what an import said of a record is not what the record’s own import added after that', () => {
  using ledger = openTestLedger();
  const { importId: followed } = ledger.read([withOutput(10)]);
  ledger.read([withOutput(10)]);
  ledger.read([withOutput(500)], { importId: followed });
  ledger.undo(followed);
  expect(ledger.charges()).toMatchObject([{ output: 10 }]);
});

test('what is read again and says less than another import is kept where it says more than it did', () => {
  using ledger = openTestLedger();
  ledger.read([withOutput(10)]);
  const { importId: followed } = ledger.read([withOutput(20)]);
  const { importId: dropped } = ledger.read([withOutput(500)]);
  ledger.read([withOutput(400)], { importId: followed, claims: false });
  ledger.undo(dropped);
  expect(ledger.charges()).toMatchObject([{ output: 400 }]);
});

test('what an import adds after another was undone goes with it, though its id is one that was freed', () => {
  using ledger = openTestLedger();
  const { importId: gone } = ledger.read([withOutput(10), withOutput(10, { key: 'freed' })]);
  const { importId: followed } = ledger.read([withOutput(20)]);
  ledger.undo(gone);
  ledger.read([withOutput(10, { key: 'new' })], { importId: followed });
  expect(ledger.charges()).toHaveLength(2);
  ledger.undo(followed);
  expect(ledger.charges()).toEqual([]);
});

test('a record of another import counts as updated once, however many lines far apart raise it', () => {
  using ledger = openTestLedger();
  ledger.read([withOutput(1)]);
  const others = Array.from({ length: 2_500 }, (_, i) => withOutput(1, { key: String(i) }));
  const { outcomes } = ledger.read([withOutput(5), ...others, withOutput(9)]);
  expect(outcomes.filter((outcome) => outcome === 'updated')).toHaveLength(1);
  expect(outcomes).toHaveLength(others.length + 2);
});

test('one id on two days is two rows of a table, however near together they stand', () => {
  const rows = [withOutput(10), withOutput(20, { at: at + 86_400_000 })];
  using near = openTestLedger();
  using apart = openTestLedger();
  expect(near.read(rows, { withinDay: true }).outcomes).toEqual(['accepted', 'accepted']);
  apart.read(rows, { withinDay: true, apart: true });
  expect(near.charges()).toEqual(apart.charges());
});

test.each([false, true])(
  'a record belongs to the source of the line that counts, read apart: %s',
  (apart) => {
    using ledger = openTestLedger();
    const [one = 0, two = 0] = ledger.sources;
    const lines = [withOutput(1, { provider: 'unknown' }), withOutput(10)];
    ledger.read(lines, { merge: 'last', sources: { unknown: one, openai: two }, apart });
    expect(ledger.charges()).toMatchObject([{ provider: 'openai', source_id: two }]);
  },
);

test('a record goes to the source that is left when the one that knew its provider first is undone', () => {
  using ledger = openTestLedger();
  const [one = 0, two = 0, three = 0] = ledger.sources;
  const early = withOutput(10, { at: at - 1 });
  ledger.read([withOutput(10, { provider: 'unknown' })], { sources: { unknown: one } });
  const { importId } = ledger.read([early], { sources: { openai: two } });
  ledger.read([early], { sources: { openai: three } });
  ledger.undo(importId);
  expect(ledger.charges()).toMatchObject([{ provider: 'openai', source_id: three }]);
});

test('a later line that leaves its evidence to the format does not take over that of the line it replaces', () => {
  const lines = [withOutput(1, { evidence: 'estimated' }), withOutput(10)];
  using near = openTestLedger();
  using apart = openTestLedger();
  near.read(lines, { merge: 'last' });
  apart.read(lines, { merge: 'last', apart: true });
  expect(near.charges()).toMatchObject([{ output: 10, evidence: 2 }]);
  expect(near.charges()).toEqual(apart.charges());
});

test('names are told apart whatever characters they hold', () => {
  using ledger = openTestLedger();
  ledger.read([
    withOutput(1, { key: 'a', model: 'm\u001fn', project: 'p' }),
    withOutput(1, { key: 'b', model: 'm', project: 'n\u001fp' }),
  ]);
  expect(ledger.charges().map(({ model, project }) => [model, project])).toEqual(
    expect.arrayContaining([
      ['m\u001fn', 'p'],
      ['m', 'n\u001fp'],
    ]),
  );
});

const few = fc.constantFrom('a', 'b');
/** Few values, so that sayings meet and tie. */
const saying: fc.Arbitrary<ImportedRecord> = fc
  .record(
    {
      key: fc.constantFrom('x', 'y'),
      at: fc.nat({ max: 2 }).map((ms) => at + ms),
      requests: fc.nat({ max: 2 }),
      output: fc.nat({ max: 3 }),
      project: few,
      session: fc.option(few),
      model: fc.constantFrom('gpt-5-mini', 'gpt-5'),
      amount: fc.record({ value: fc.constantFrom('1', '2.50'), currency: fc.constant('USD') }),
      precedence: fc.nat({ max: 1 }),
      extras: fc.record({ agent: few }),
      charge: fc.constantFrom('usage' as const, 'credit' as const),
    },
    { requiredKeys: ['key', 'at', 'requests', 'output', 'model'] },
  )
  .map(({ output, ...rest }) => ({ ...withOutput(output), ...rest }) as ImportedRecord);

/** Three imports that grow in turns, as those of followed logs do while others come and go. */
const stepsOf = (record: fc.Arbitrary<ImportedRecord>) =>
  fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          slot: fc.nat({ max: 2 }),
          records: fc.array(record, { minLength: 1, maxLength: 3 }),
          apart: fc.boolean(),
        }),
      },
      { weight: 1, arbitrary: fc.record({ slot: fc.nat({ max: 2 }), records: fc.constant(null) }) },
    ),
    { minLength: 1, maxLength: 9 },
  );
type Steps = ReturnType<typeof stepsOf> extends fc.Arbitrary<infer T> ? T : never;

/** Goes through the steps, then compares with what the standing imports say when each is read at once. */
function expectStandingSayings(ledger: TestLedger, steps: Steps, merge: Importer['merge']): void {
  const standing = new Map<number, { readonly importId: number; readonly said: ImportedRecord[] }>();
  const kept = ledger.rehearse(() => {
    for (const step of steps) {
      const open = standing.get(step.slot);
      if (step.records === null) {
        if (open !== undefined) ledger.undo(open.importId, merge);
        standing.delete(step.slot);
        continue;
      }
      const { importId } = ledger.read(step.records, { merge, apart: step.apart, importId: open?.importId });
      standing.set(step.slot, { importId, said: [...(open?.said ?? []), ...step.records] });
    }
    return ledger.charges();
  });
  const fresh = ledger.rehearse(() => {
    for (const { said } of standing.values()) ledger.read(said, { merge });
    return ledger.charges();
  });
  expect(kept).toEqual(fresh);
}

test.each([
  { what: 'lines of replies', merge: 'max' as const, record: saying },
  {
    what: 'buckets, of which the larger slice counts',
    merge: 'last' as const,
    record: saying.map(({ precedence: _, ...record }) => ({ ...record, grain: 'day' as const })),
  },
])(
  'always: imports that grow in turns and are undone leave what the standing ones say: $what',
  ({ merge, record }) => {
    using ledger = openTestLedger();
    fc.assert(
      fc.property(stepsOf(record), (steps) => expectStandingSayings(ledger, steps, merge)),
      { numRuns: 50 },
    );
  },
);

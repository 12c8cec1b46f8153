import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImportedRecord } from '../../platform/record.ts';
import { noTokens } from '../../platform/record.ts';
import { openDatabase } from '../../store/database.ts';
import { ledgerPath, openLedger } from '../../store/open.ts';
import { resourcesDir } from '../../testing/core.ts';
import { tempDir } from '../../testing/temp-dir.ts';
import type { TaskInput, TaskName, TaskOutput } from '../tasks.ts';
import { inlineWriter } from '../writer.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(2026, 10, 1);
const provider = { id: 'made-up', label: 'Made Up', vendor: 'made-up' };
const facts = { evidence: 'billed', coverage: 'account', usage: 'none', provider } as const;
const report = { ...facts, id: 'costs', label: 'Costs' };

function bucket(day: number, item: string, usd: number): ImportedRecord {
  return {
    ...{ key: `${day}|${item}`, at: firstDay + day * dayMs, grain: 'day', provider: 'made-up', model: item },
    ...{ requests: 0, tokens: noTokens, amount: { value: String(usd), currency: 'USD' } },
  };
}

/** A writer on a ledger with one connection, and what its records say. */
async function withWriter(use: (writer: ReturnType<typeof handle>) => Promise<void>): Promise<void> {
  using dir = tempDir();
  openLedger(dir.path, { now: () => firstDay }).close();
  const writer = handle(dir.path);
  const { accountKind } = { accountKind: 'api' } as const;
  const own = { baseUrl: null, isLocal: false, fields: {}, requestsPerMinute: null, tokensPerMinute: null };
  await writer.run('saveConnection', { provider: { ...provider, accountKind }, ...own });
  try {
    await use(writer);
  } finally {
    await writer.close();
  }
}

function handle(dataDir: string) {
  const time = { now: firstDay };
  const environment = { platform: 'linux', home: dataDir, env: {} } as const;
  const start = { ledger: ledgerPath(dataDir), dataDir, resourcesDir, environment, isUnchecked: false };
  const writer = inlineWriter(start, () => time.now);
  const db = openDatabase(ledgerPath(dataDir), 'read');
  const settings = { zone: 'UTC', rates: [], logFolders: {} };
  const run = <N extends TaskName>(task: N, input: TaskInput<N>): Promise<TaskOutput<N>> =>
    writer.run(task, input, { settings, cancel: new SharedArrayBuffer(4), progress: () => undefined });
  return {
    time,
    run,
    store: (records: readonly ImportedRecord[], from: number, to: number) =>
      run('storeSync', {
        ...{ connectionId: 1, report, asOf: null, covered: { from: 0, to: 1 } },
        reading: {
          ...{ records, problems: [], at: time.now },
          whole: { from: firstDay + from * dayMs, to: firstDay + to * dayMs },
        },
      }),
    /** Nano-USD by day and item, without what is zero. */
    said(): ReadonlyMap<string, number> {
      const rows = db
        .prepare(
          `SELECT (r.at - ?) / ? AS day, n.text AS item, r.cost_nano_usd AS nano FROM record_rows r
           JOIN names n ON n.id = r.model_raw_id WHERE r.cost_nano_usd <> 0`,
        )
        .all(firstDay, dayMs) as { day: number; item: string; nano: number }[];
      return new Map(rows.map(({ day, item, nano }) => [`${day}|${item}`, nano]));
    },
    unpriced: () => db.prepare('SELECT count(*) FROM record_rows WHERE cost_nano_usd IS NULL').pluck().get(),
    imports: () =>
      db.prepare('SELECT id, at FROM imports WHERE undone_at IS NULL ORDER BY id').all() as readonly {
        readonly id: number;
        readonly at: number;
      }[],
    close: async () => {
      db.close();
      await writer.close();
    },
  };
}

const days = [0, 1, 2] as const;
const items = ['big', 'small'] as const;
const anyReading = fc.record({
  /** Hours since the one before: the clock may go back. */
  later: fc.integer({ min: -30, max: 30 }),
  from: fc.constantFrom(0, 1),
  to: fc.constantFrom(2, 3),
  states: fc.array(
    fc.record({
      day: fc.constantFrom(...days),
      item: fc.constantFrom(...items),
      usd: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 5 },
  ),
});

/** What stands after some readings: of each day, what the last of those that covered it said. */
function lastWords(
  readings: readonly {
    readonly from: number;
    readonly to: number;
    readonly states: ReadonlyMap<string, number>;
  }[],
) {
  const standing = new Map<string, number>();
  for (const { from, to, states } of readings) {
    for (const key of [...standing.keys()]) {
      const day = Number(key.split('|')[0]);
      if (day >= from && day < to) standing.delete(key);
    }
    for (const [key, usd] of states) standing.set(key, usd * 1e9);
  }
  return standing;
}

const sorted = (map: ReadonlyMap<string, number>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

test('always: the vendor’s last word of each day stands, in any order of readings and clocks, and with any day of readings taken back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyReading, { minLength: 1, maxLength: 8 }), fc.nat(), async (plan, pick) => {
      await withWriter(async (writer) => {
        const readings: {
          from: number;
          to: number;
          states: ReadonlyMap<string, number>;
          importId: number;
        }[] = [];
        for (const { later, from, to, states } of plan) {
          writer.time.now += later * 3_600_000;
          const own = new Map(
            states
              .filter(({ day }) => day >= from && day < to)
              .map(({ day, item, usd }) => [`${day}|${item}`, usd]),
          );
          const records = [...own].map(([key, usd]) => {
            const [day = '', item = ''] = key.split('|');
            return bucket(Number(day), item, usd);
          });
          const { accepted, duplicate, refused } = await writer.store(records, from, to);
          expect(accepted + duplicate + refused).toBe(records.length);
          readings.push({ from, to, states: own, importId: writer.imports().at(-1)?.id ?? 0 });
          expect(sorted(writer.said())).toEqual(sorted(lastWords(readings)));
        }
        const ids = writer.imports().map(({ id }) => id);
        const importId = ids[pick % Math.max(1, ids.length)];
        if (importId === undefined) return;
        await writer.run('undoImport', { importId });
        const left = readings.filter((reading) => reading.importId !== importId);
        expect(sorted(writer.said())).toEqual(sorted(lastWords(left)));
      });
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('a bucket whose price nobody knows is withdrawn without leaving an unpriced rest', async () => {
  await withWriter(async (writer) => {
    const { amount: _, ...tokensOnly } = bucket(0, 'unheard-of', 0);
    await writer.store([{ ...tokensOnly, tokens: { ...noTokens, input: 1000 } }], 0, 1);
    expect(await writer.store([], 0, 1)).toMatchObject({ accepted: 0, withdrawn: 1 });
    expect(await writer.store([], 0, 1)).toMatchObject({ accepted: 0, withdrawn: 0 });
  });
});

test('money in a currency without a rate is withdrawn without leaving an unpriced rest', async () => {
  await withWriter(async (writer) => {
    const euro = { ...bucket(0, 'big', 5), amount: { value: '5', currency: 'EUR' } };
    await writer.store([euro], 0, 1);
    expect(writer.unpriced()).toBe(1);
    expect(await writer.store([], 0, 1)).toMatchObject({ withdrawn: 1 });
    expect(writer.unpriced()).toBe(0);
    expect(await writer.store([euro], 0, 1)).toMatchObject({ accepted: 1, updated: 1 });
    expect(writer.unpriced()).toBe(1);
  });
});

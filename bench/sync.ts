import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Provider } from '../src-main/platform/provider.ts';
import { providers as realProviders } from '../src-main/providers/index.ts';
import { answerWith, type Recorded } from '../src-main/testing/vendors/answers.ts';
import { type FakeVendor, startFakeVendor } from '../src-main/testing/vendors/fake-vendor.ts';
import { dataDir } from './generate/dataset.ts';
import type { Costs } from './measure/child.ts';
import { medianOf, megabytes, printTable, seconds } from './measure/table.ts';
import { madeUp, originsOf, type SyncFigures, type SyncOrders } from './runs/sync.ts';

/**
 * `npm run bench -- sync [vendors] [buckets a day] [runs]`: the first sync of 90 days of many vendors over real HTTP on
 * loopback, the same with one that never answers, and all real providers on their recorded replies.
 */
const [count = 24, buckets = 20, runs = 3] = process.argv.slice(2).map(Number);
const days = 90;

const fixtures = join(import.meta.dirname, '../src-main/providers/fixtures');

type Run = SyncFigures & Costs;

/** Runs in a process of its own; this one holds the servers, so that their memory is not counted. */
async function runOnce(orders: Omit<SyncOrders, 'dataDir'>): Promise<Run> {
  const file = join(import.meta.dirname, 'runs/sync.ts');
  const child = spawn(
    process.execPath,
    [file, JSON.stringify({ ...orders, dataDir: join(dataDir, 'sync') })],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const output = await text(child.stdout);
  // Written by the run as its last line.
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Run;
}

/** One server per vendor: replies recorded for one must not answer for another. */
async function serve(
  providers: readonly Provider[],
  answer: (vendor: FakeVendor, provider: Provider) => void,
): Promise<{ readonly servers: Record<string, string>; readonly close: () => Promise<void> }> {
  const vendors: FakeVendor[] = [];
  const servers: Record<string, string> = {};
  for (const provider of providers) {
    const vendor = await startFakeVendor();
    answer(vendor, provider);
    vendors.push(vendor);
    for (const origin of originsOf(provider)) servers[origin] ??= vendor.origin;
  }
  return {
    servers,
    close: async () => {
      for (const vendor of vendors) await vendor[Symbol.asyncDispose]();
    },
  };
}

function answerDays(vendor: FakeVendor): void {
  vendor.answer('GET', '*/costs', ({ url }) => {
    const [from = 0, to = 0] = ['from', 'to'].map((name) => Date.parse(url.searchParams.get(name) ?? ''));
    const all = Array.from({ length: (to - from) / 86_400_000 }, (_, day) =>
      Array.from({ length: buckets }, (_item, item) => ({
        ...{ day: new Date(from + day * 86_400_000).toISOString().slice(0, 10), item: `model-${item}` },
        usd: `0.${(day * buckets + item + 1).toString().padStart(9, '0')}`,
      })),
    );
    return { json: { buckets: all.flat() } };
  });
}

async function measure(
  providers: readonly Provider[],
  answer: Parameters<typeof serve>[1],
  orders: Pick<SyncOrders, 'vendors' | 'hung'>,
): Promise<readonly Run[]> {
  const { servers, close } = await serve(providers, answer);
  const all: Run[] = [];
  try {
    for (let i = 0; i < runs; i++) all.push(await runOnce({ ...orders, servers }));
  } finally {
    await close();
  }
  return all;
}

const many = madeUp(count);
const plain = await measure(many, answerDays, { vendors: count, hung: null });
const hung = many[0]?.id ?? '';
const withHung = await measure(
  many,
  (vendor, { id }) => (id === hung ? vendor.answer('GET', '*', { hangs: true }) : answerDays(vendor)),
  { vendors: count, hung },
);
const real = await measure(
  realProviders,
  (vendor, { id }) => {
    const file = join(fixtures, `${id}.json`);
    if (existsSync(file)) answerWith(vendor, JSON.parse(readFileSync(file, 'utf8')) as Recorded);
  },
  { vendors: 'real', hung: null },
);
const [first] = plain;
const [firstReal] = real;
printTable(`Sync, ${count} vendors, ${days} days each`, [
  {
    what: `first sync, ${first?.records.toLocaleString('en')} records`,
    found: seconds(medianOf(plain, (run) => run.wallMs)),
    target: '',
  },
  { what: 'peak memory', found: megabytes(medianOf(plain, (run) => run.peakMegabytes)), target: '' },
  {
    what: `the other ${count - 1} while one never answers`,
    found: seconds(medianOf(withHung, (run) => run.wallMs)),
    target: 'no longer',
  },
  {
    what: `${firstReal?.vendors} real vendors on recorded replies, ${firstReal?.reports} reports, 90 days and more`,
    found: seconds(medianOf(real, (run) => run.wallMs)),
    target: '',
  },
]);
for (const failure of firstReal?.failed ?? [])
  process.stdout.write(`not answered by its recorded replies: ${failure}\n`);

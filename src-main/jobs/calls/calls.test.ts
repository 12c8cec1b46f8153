import { expect, test } from 'vitest';
import { createDebugLog } from '../../platform/debug-log/debug-log.ts';
import { AppError } from '../../platform/error.ts';
import type { Timers } from '../../platform/ports.ts';
import type { CallReply, CallUsage, Provider } from '../../platform/provider.ts';
import { noTokens } from '../../platform/record.ts';
import { openLedger } from '../../store/open.ts';
import { resourcesDir } from '../../testing/core.ts';
import { tempDir } from '../../testing/temp-dir.ts';
import { type FakeVendor, startFakeVendor } from '../../testing/vendors/fake-vendor.ts';
import type { TaskContext } from '../context.ts';
import { createVendors } from '../vendors/create-vendors.ts';
import { type Asking, createCalls } from './calls.ts';
import { storeCalls } from './store-calls.ts';

const usage: CallUsage = {
  tokens: { ...noTokens, input: 1_000, output: 200 },
  cost: { value: '0.0042', currency: 'USD' },
};
const reply: CallReply = {
  text: 'Hello',
  reasoning: '',
  toolCalls: [],
  finish: 'stop',
  model: 'm-1-2026',
  vendorCallId: 'msg_1',
  usage,
  limits: null,
};

/** A vendor in the plainest words there are: one line per part of a stream, a status per refusal. */
const plainVendor: Provider = {
  spec: 1,
  id: 'plain',
  label: 'Plain',
  vendor: 'plain',
  kind: 'vendor',
  docUrl: 'https://plain.test/docs',
  keyUrl: null,
  dialect: 'plain',
  accountKind: 'api',
  baseUrl: 'https://plain.test',
  hasOwnBase: false,
  hosts: ['https://plain.test'],
  fields: [],
  missing: [],
  parameters: {
    safeParse: (value) =>
      'depth' in (value as object)
        ? { success: true, data: value }
        : { success: false, error: { message: 'depth is missing' } },
  },
  async complete(request, { fetch, baseUrl, signal }) {
    const body = JSON.stringify(request);
    const response = await fetch(`${baseUrl}/call`, { method: 'POST', body, signal }).catch(
      (cause: unknown) => {
        throw new AppError(signal.aborted ? 'CANCELLED' : 'NETWORK', 'No answer.', { cause });
      },
    );
    if (response.status === 429)
      throw new AppError('RATE_LIMITED', 'Slow down.', {
        data: { retryAfterMs: Number(await response.text()) },
      });
    return (await response.json()) as CallReply;
  },
  async *stream(request, { fetch, baseUrl, signal }) {
    const body = JSON.stringify(request);
    try {
      const response = await fetch(`${baseUrl}/call`, { method: 'POST', body, signal });
      for await (const chunk of response.body ?? [])
        for (const line of new TextDecoder().decode(chunk).split('\n'))
          if (line !== '') yield JSON.parse(line);
    } catch (cause) {
      throw new AppError(signal.aborted ? 'CANCELLED' : 'NETWORK', 'The reply broke off.', { cause });
    }
  },
  countTokens: async () => 5_000,
};

async function setUp() {
  const dir = tempDir();
  const vendor = await startFakeVendor();
  const time = { now: Date.UTC(2026, 10, 28, 12) };
  const clock = { now: () => time.now };
  const still: Timers = { after: () => () => undefined, every: () => () => undefined };
  /** Waits are over at once, and the clock knows of them. */
  const jumping: Timers = {
    ...still,
    after(delayMs, callback) {
      const jump = setImmediate(() => {
        time.now += delayMs;
        callback();
      });
      return () => clearImmediate(jump);
    },
  };
  const db = openLedger(dir.path, clock);
  db.exec(`INSERT INTO accounts (id, name, kind, provider, assumed, created_at) VALUES (1, 'Plain API', 'api', 'plain', 0, 1);
    INSERT INTO connections (id, provider, name, account_id, fields, created_at) VALUES (1, 'plain', 'Work', 1, '{}', 1)`);
  const context: TaskContext = {
    db,
    dataDir: dir.path,
    resourcesDir,
    environment: { platform: 'linux', home: dir.path, env: {} },
    settings: { zone: 'UTC', rates: [], logFolders: {} },
    now: clock.now,
    progress: () => undefined,
    stop: () => false,
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const debugLog = createDebugLog({ clock, dataDir: dir.path, level: () => 'off' });
  const outcomes: string[] = [];
  const vendors = createVendors({
    ports: { clock, log, network: vendor.network, timers: still, debugLog },
    // No secret is asked for by a vendor without fields.
    vault: {} as never,
    providers: [plainVendor],
    db: () => db,
    writeRequests: async (rows) => void outcomes.push(...rows.map(({ outcome }) => outcome)),
    changed: () => undefined,
  });
  const state: { isDiskFull: boolean; requestsPerMinute: number | null } = {
    isDiskFull: false,
    requestsPerMinute: null,
  };
  const calls = createCalls({
    vendors,
    clock,
    timers: jumping,
    connections: () => [
      {
        ...{ connectionId: 1, name: 'Work', provider: 'plain', kind: 'vendor' as const, accountId: 1 },
        models: [{ id: 'm-1', canonical: 'm-1' }],
        ...{ requestsPerMinute: state.requestsPerMinute, tokensPerMinute: null },
      },
    ],
    aliases: () => ({}),
    contextOf: () => ({ contextTokens: 4_000, maxOutputTokens: null }),
    async store(input) {
      if (state.isDiskFull) throw new AppError('STORE_FULL', 'The disk is full.');
      return storeCalls(context, input);
    },
  });
  const ask = (more: Partial<Asking> = {}) =>
    calls.ask({ model: 'm-1', messages: [{ role: 'user', content: 'Hi' }], ...more });
  const records = () =>
    db
      .prepare('SELECT requests, input, output, cost_nano_usd, evidence, status FROM record_rows ORDER BY id')
      .raw()
      .all();
  return {
    ...{ vendor, vendors, calls, ask, records, outcomes, state, db, clock },
    async [Symbol.asyncDispose]() {
      db.close();
      await vendor[Symbol.asyncDispose]();
      dir[Symbol.dispose]();
    },
  };
}

const answers = (vendor: FakeVendor, answer: Parameters<FakeVendor['answer']>[2]): void =>
  vendor.answer('POST', 'https://plain.test/call', answer);
const lines = (...parts: unknown[]): readonly string[] => parts.map((part) => `${JSON.stringify(part)}\n`);

test('a call is answered, priced as the vendor states it and kept once, under the account of its connection', async () => {
  await using t = await setUp();
  answers(t.vendor, { json: reply });
  expect(await t.ask({ project: 'Site' })).toMatchObject({
    ...{ text: 'Hello', model: 'm-1-2026', connection: 'Work', finish: 'stop', evidence: 'metered' },
    ...{ costNanoUsd: 4_200_000, costFrom: 'stated' },
  });
  expect(t.records()).toEqual([[1, 1_000, 200, 4_200_000, 1, null]]);
  expect(t.db.prepare('SELECT kind, coverage, account_id FROM sources').raw().all()).toEqual([
    ['calls', 'tool', 1],
  ]);
  await t.ask();
  expect(t.records()).toHaveLength(2);
  expect(t.db.prepare('SELECT kind, accepted FROM imports').raw().all()).toEqual([['calls', 2]]);
});

test('text is told while it is written', async () => {
  await using t = await setUp();
  answers(t.vendor, {
    chunks: lines({ kind: 'text', text: 'Hel' }, { kind: 'text', text: 'lo' }, { kind: 'end', reply }),
  });
  const parts: string[] = [];
  expect((await t.ask({ text: (part) => parts.push(part) })).text).toBe('Hello');
  expect(parts.join('|')).toBe('Hel|lo');
});

test('a stream the user cancels is kept with what is known of it, and is no failure of the vendor', async () => {
  await using t = await setUp();
  const early: CallUsage = { tokens: { ...noTokens, input: 1_000, output: 1 } };
  const written = 'x'.repeat(80);
  answers(t.vendor, {
    chunks: lines({ kind: 'usage', usage: early, vendorCallId: 'msg_1' }, { kind: 'text', text: written }),
    hangsAfter: true,
  });
  const asked = await t.ask({ ref: 'mine', text: () => t.calls.cancel('mine') });
  expect(asked).toMatchObject({ finish: 'cancelled', text: written, evidence: 'estimated' });
  expect(t.records()).toEqual([[1, 1_000, 20, null, 3, 'cancelled']]);
  await t.vendors.flush();
  expect(t.outcomes).toEqual(['ok']);
});

test('a reply that breaks off is kept as incomplete and told as an error that says so', async () => {
  await using t = await setUp();
  answers(t.vendor, { chunks: lines({ kind: 'text', text: 'Hel' }), isCut: true });
  await expect(t.ask({ text: () => undefined })).rejects.toThrow(/in the ledger as incomplete/);
  expect(t.records()).toMatchObject([[1, 5, 1, null, 3, 'incomplete']]);
  await t.vendors.flush();
  expect(t.outcomes).toEqual(['NETWORK']);
});

test('a vendor that asks for a moment is asked again; one that asks for longer is told to the user', async () => {
  await using t = await setUp();
  let refusals = 2;
  answers(t.vendor, () => (refusals-- > 0 ? { status: 429, text: '10' } : { json: reply }));
  expect((await t.ask()).text).toBe('Hello');
  answers(t.vendor, { status: 429, text: '600000' });
  await expect(t.ask()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  expect(t.records()).toHaveLength(1);
});

test('a prompt too long by the vendor’s own count and a parameter it does not know are refused unsent', async () => {
  await using t = await setUp();
  answers(t.vendor, { json: reply });
  const long = [{ role: 'user' as const, content: 'word '.repeat(3_000) }];
  await expect(t.ask({ messages: long })).rejects.toMatchObject({ code: 'CONTEXT_TOO_LONG' });
  await expect(t.ask({ parameters: { width: 1 } })).rejects.toThrow('depth is missing');
  expect(t.vendor.seen).toHaveLength(0);
  await t.ask({ parameters: { depth: 1 } });
  expect(JSON.parse(t.vendor.seen[0]?.body ?? '')).toMatchObject({ parameters: { depth: 1 } });
});

test('a reply that cannot be kept is not lost: it is given, and said not to be in the ledger', async () => {
  await using t = await setUp();
  answers(t.vendor, { json: reply });
  t.state.isDiskFull = true;
  const asked = await t.ask();
  expect(asked.text).toBe('Hello');
  expect(asked.costFrom).toBe('The call is not in the ledger: The disk is full.');
  expect(asked.costNanoUsd).toBeNull();
});

test('calls past the limit of the account wait their turn instead of failing', async () => {
  await using t = await setUp();
  answers(t.vendor, { json: reply });
  t.state.requestsPerMinute = 2;
  const began = t.clock.now();
  const asked = await Promise.all([t.ask(), t.ask(), t.ask()]);
  expect(asked.map(({ text }) => text)).toEqual(['Hello', 'Hello', 'Hello']);
  expect(t.clock.now() - began).toBe(60_000);
});

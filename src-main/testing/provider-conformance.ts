import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AppError } from '../platform/error.ts';
import { parseDecimal } from '../platform/money.ts';
import type { CostReport, CostRequest, Provider, ProviderContext, StreamPart } from '../platform/provider.ts';
import { type ContextOptions, providerContext } from './provider-context.ts';
import { altered, type Change, emptied, otherAmounts, otherSpelling } from './vendors/alter.ts';
import { answerWith, on, type Recorded } from './vendors/answers.ts';
import { type FakeReply, type FakeVendor, startFakeVendor } from './vendors/fake-vendor.ts';
import { november, readAll } from './vendors/open-provider.ts';
import { replyTo, type StreamLength } from './vendors/wires.ts';

/**
 * Runs a provider through everything every vendor has to hold, over its fixture: what the vendor answers, by request.
 * `fixtures/<id>.json` may hold a `context` with what it needs besides keys: `{"baseUrl": …, "fields": {…}}`; every
 * secret of the declared fields is filled in. The window is 17 to 19 November 2026, so its records lie in there.
 *
 * ```ts
 * import recorded from './fixtures/groq.json' with { type: 'json' };
 * conforms(groq, recorded);
 * ```
 *
 * What is the vendor's own (traps of its units, its pages, its kinds of keys) is for the provider's own test.
 */
export function conforms(provider: Provider, recorded: Recorded): void {
  describe(`${provider.id}, as every vendor,`, () => {
    const suite: Suite = { provider, recorded, settings: settingsOf(provider, recorded) };
    const tasks = tasksOf(suite);
    answersAsRecorded(suite, tasks);
    tellsTrouble(suite, tasks);
    for (const report of provider.costs ?? []) readsCosts(suite, report);
    if (provider.complete !== undefined && provider.stream !== undefined) refusesCalls(suite);
    if (!ownWires.has(provider.dialect)) answersCalls(suite);
  });
}

interface Suite {
  readonly provider: Provider;
  readonly recorded: Recorded;
  readonly settings: ContextOptions;
}

interface Task {
  readonly name: string;
  readonly run: (context: ProviderContext) => Promise<unknown>;
}

interface Opened {
  readonly vendor: FakeVendor;
  readonly context: ProviderContext;
}

/** Binary or polled: their calls are for the tests of their own. */
const ownWires: ReadonlySet<string> = new Set(['bedrock', 'replicate']);

const days: CostRequest = november(17, 20);
const amount = /^-?\d+(\.\d+)?$/;

/** A key that looks like no vendor's: only knowing it hides it. */
const secretOf = (name: string): string => `never-shown-${name}`;

function settingsOf(provider: Provider, recorded: Recorded): ContextOptions {
  const asked = (recorded.context ?? {}) as ContextOptions;
  const secrets = provider.fields.flatMap(({ name, secret, kind }) =>
    secret ? [[name, kind === 'json' ? serviceAccount() : secretOf(name)] as const] : [],
  );
  return {
    ...(provider.baseUrl !== null && { baseUrl: provider.baseUrl }),
    ...asked,
    secrets: { ...Object.fromEntries(secrets), ...asked.secrets },
  };
}

function serviceAccount(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return JSON.stringify({
    type: 'service_account',
    project_id: 'acme',
    client_email: 'llmlab@acme.example',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  });
}

function tasksOf({ provider }: Suite): readonly Task[] {
  const { models, balance, costs = [] } = provider;
  return [
    ...(models === undefined ? [] : [{ name: 'models', run: (context: ProviderContext) => models(context) }]),
    ...(balance === undefined
      ? []
      : [{ name: 'balance', run: (context: ProviderContext) => balance(context) }]),
    ...costs.map(({ id }) => ({
      name: id,
      run: (context: ProviderContext) => readAll(provider, id, days, context),
    })),
  ];
}

async function opened<T>(
  { recorded, settings }: Suite,
  use: (opened: Opened) => Promise<T>,
  more: ContextOptions = {},
): Promise<T> {
  await using vendor = await startFakeVendor();
  answerWith(vendor, recorded);
  // Awaited here: the vendor goes when this function returns.
  return await use({ vendor, context: providerContext(vendor, { ...settings, ...more }) });
}

/** Every request answered alike. */
function answerAll(vendor: FakeVendor, reply: FakeReply): void {
  for (const method of ['GET', 'POST']) on(vendor, `${method} *`, reply);
}

function answersAsRecorded(suite: Suite, tasks: readonly Task[]): void {
  const { provider } = suite;

  test('finds its keys good, or says which part is not', async () => {
    const checks = (await opened(suite, async ({ context }) => provider.validate?.(context))) ?? [];
    expect(checks.some(({ state }) => state !== 'failed')).toBe(true);
    for (const { message } of checks) expect(message).toMatch(/[.)]$/);
  });

  test('sends keys to declared hosts only, and never in an address', async () => {
    await opened(suite, async ({ vendor, context }) => {
      for (const { run } of tasks) await run(context);
      await provider.validate?.(context);
      const own = new URL(context.baseUrl).origin;
      const shapes = [own, ...provider.hosts].map(originShape);
      for (const { url } of vendor.seen) {
        expect(
          shapes.some((shape) => shape.test(url.origin)),
          `${url.origin} is declared`,
        ).toBe(true);
        expect(`${url}`).not.toContain('never-shown');
      }
    });
  });

  if (provider.models !== undefined)
    test('lists models under ids of their own, at prices that are decimals', async () => {
      const models = (await opened(suite, async ({ context }) => provider.models?.(context))) ?? [];
      expect(models.length).toBeGreaterThan(0);
      expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
      for (const { price } of models)
        for (const [name, text] of Object.entries(price ?? {}))
          if (name !== 'note') expect(text).toMatch(/^\d+(\.\d+)?$/);
    });

  if (provider.balance !== undefined)
    test('states what is left as decimals in currencies', async () => {
      const amounts = (await opened(suite, async ({ context }) => provider.balance?.(context))) ?? [];
      expect(amounts.length).toBeGreaterThan(0);
      for (const { available, parts } of amounts)
        for (const { value, currency } of [available, ...parts.map((part) => part.amount)]) {
          expect(value).toMatch(amount);
          expect(currency).toMatch(/^[A-Z]{3}$/);
        }
    });
}

function originShape(origin: string): RegExp {
  const text = origin.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^./:]+');
  return new RegExp(`^${text}$`);
}

/** What a refusal is, whichever request meets it first. */
const refusals: readonly (readonly [string, FakeReply, readonly string[]])[] = [
  ['401', { status: 401, json: { error: { message: 'no such key' } } }, ['INVALID_KEY']],
  [
    '403',
    { status: 403, json: { error: { message: 'not for you' } } },
    ['INSUFFICIENT_SCOPE', 'NOT_ENABLED'],
  ],
  ['402', { status: 402, json: {} }, ['OUT_OF_CREDIT']],
  ['404', { status: 404, json: {} }, ['NOT_ENABLED', 'BAD_INPUT', 'INVALID_KEY']],
  ['429', { status: 429, headers: { 'retry-after': '7' }, json: {} }, ['RATE_LIMITED']],
  ['a used up quota', { status: 429, json: { error: { code: 'insufficient_quota' } } }, ['OUT_OF_CREDIT']],
  ['500', { status: 500, text: 'oops' }, ['OVERLOADED']],
  ['529', { status: 529, json: {} }, ['OVERLOADED']],
  ['a page of HTML', { text: '<html>' }, ['BAD_RESPONSE']],
  ['half a JSON text', { text: '{"data":[{"id":"x"},' }, ['BAD_RESPONSE']],
  ['JSON of another shape', { json: 7 }, ['BAD_RESPONSE']],
  ['a cut', { chunks: ['{"data":'], headers: { 'content-length': '900' }, isCut: true }, ['NETWORK']],
];

function tellsTrouble(suite: Suite, tasks: readonly Task[]): void {
  describe.each(tasks.map(({ name, run }) => [name, run] as const))('%s', (_name, run) => {
    test.each(refusals)('tells %s', async (_what, reply, codes) => {
      const error = await opened(suite, async ({ vendor, context }) => {
        answerAll(vendor, reply);
        return failure(run(context));
      });
      expect(codes).toContain(error.code);
      if (error.code === 'RATE_LIMITED') expect(error.data?.retryAfterMs).toBe(7000);
      expect(`${error.message} ${JSON.stringify(error.data)}`).not.toContain('never-shown');
    });

    test('quotes no key back that the vendor repeats', async () => {
      const error = await opened(suite, async ({ vendor, context }) => {
        for (const method of ['GET', 'POST'])
          on(vendor, `${method} *`, ({ headers }) => ({
            status: 400,
            json: { error: { message: `you sent ${Object.values(headers).join(' and ')}` } },
          }));
        return failure(run(context));
      });
      expect(error.message).not.toContain('never-shown');
    });

    test('stops at once when it is cancelled', async () => {
      const stop = new AbortController();
      const error = await opened(
        suite,
        async ({ vendor, context }) => {
          for (const method of ['GET', 'POST'])
            on(vendor, `${method} *`, () => {
              stop.abort();
              return { hangs: true };
            });
          return failure(run(context));
        },
        { signal: stop.signal },
      );
      expect(error.code).toBe('CANCELLED');
    });
  });
}

async function failure(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    // Checked by its code, which only AppErrors have.
    return error as AppError;
  }
  return expect.fail('it did not fail');
}

function readsCosts(suite: Suite, report: CostReport): void {
  const { provider, recorded } = suite;
  const read = (change: Change = (_path, value) => value, window = days) =>
    opened({ ...suite, recorded: altered(recorded, change) }, async ({ context }) =>
      readAll(provider, report.id, window, context),
    );

  describe(report.id, () => {
    test('brings records of whole days in the window, with exact amounts', async () => {
      const { records } = await read();
      expect(records.length).toBeGreaterThan(0);
      for (const { at, provider: vendor, amount: stated, tokens, key } of records) {
        expect(vendor).toBe(provider.vendor);
        expect(key).toBeDefined();
        if (stated !== undefined) {
          expect(stated.value).toMatch(amount);
          expect(parseDecimal(stated.value)).not.toBeNull();
          expect(stated.currency).toMatch(/^[A-Z]{3}$/);
        }
        expect(Object.values(tokens).every((count) => Number.isSafeInteger(count) && count >= 0)).toBe(true);
        expect(Number.isSafeInteger(at)).toBe(true);
      }
    });

    test('gives every record a key of its own, the same at every reading', async () => {
      const [first, second] = [await read(), await read()];
      const keys = first.records.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(second.records).toEqual(first.records);
    });

    test('takes a changed amount for the same record: keys hold dimensions only', async () => {
      const [first, later] = [await read(), await read(otherAmounts)];
      expect(later.records.map(({ key }) => key)).toEqual(first.records.map(({ key }) => key));
    });

    test('reads amounts that come as text like those that come as numbers', async () => {
      const [first, other] = [await read(), await read(otherSpelling)];
      expect(other.records.map(({ amount: stated }) => stated)).toEqual(
        first.records.map(({ amount: stated }) => stated),
      );
    });

    test('leaves out days that lie outside of the window', async () => {
      const { records } = await read(undefined, november(1, 3));
      expect(records.filter(({ at, grain }) => grain === 'day' && at >= Date.UTC(2026, 10, 3))).toEqual([]);
    });

    test('finds nothing where there was nothing, without a complaint', async () => {
      const { records, problems } = await read(emptied);
      expect(problems).toEqual([]);
      const states = records.filter(
        ({ amount: stated, tokens }) =>
          !/^-?0$/.test(stated?.value ?? '0') || Object.values(tokens).some((count) => count > 0),
      );
      expect(states).toEqual([]);
    });
  });
}

const hello = { model: 'm-1', messages: [{ role: 'user', content: 'Hi' }] } as const;

/** Everything a stream said before it ended or failed. */
async function listen(stream: AsyncIterable<StreamPart> | undefined, heard: StreamPart[]): Promise<void> {
  for await (const part of stream ?? []) heard.push(part);
}

function answersCalls(suite: Suite): void {
  const { complete, stream } = suite.provider;
  if (complete === undefined || stream === undefined) return;
  const call = <T>(use: (opened: Opened) => Promise<T>, length: StreamLength = 'whole') =>
    opened(suite, async (given) => {
      on(given.vendor, 'POST *', (request) =>
        /token$/.test(request.url.pathname)
          ? { json: { access_token: 'never-shown-token', expires_in: 3600 } }
          : replyTo(request, length),
      );
      return await use(given);
    });

  test('calls, whole and streamed, tell text, tokens, model and id alike', async () => {
    await call(async ({ vendor, context }) => {
      const whole = await complete(hello, context);
      const heard: StreamPart[] = [];
      await listen(stream(hello, context), heard);
      const end = heard.at(-1);
      expect(whole).toMatchObject({ text: 'Hello', finish: 'stop' });
      expect(whole.vendorCallId).not.toBeNull();
      expect(whole.usage?.tokens).toMatchObject({ input: 60, output: 20 });
      expect(end).toMatchObject({ kind: 'end', reply: { text: 'Hello', finish: 'stop' } });
      if (end?.kind === 'end') expect(end.reply.usage?.tokens).toEqual(whole.usage?.tokens);
      const texts = heard.flatMap((part) => (part.kind === 'text' ? part.text : []));
      expect(texts.join('')).toBe('Hello');
      for (const { url } of vendor.seen) expect(`${url}`).not.toContain('never-shown');
    });
  });

  test('a stream that is cut fails as NETWORK, after what it had said', async () => {
    await call(async ({ context }) => {
      const heard: StreamPart[] = [];
      const error = await failure(listen(stream(hello, context), heard));
      expect(error.code).toBe('NETWORK');
      expect(heard.some(({ kind }) => kind === 'text')).toBe(true);
    }, 'cut');
  });

  test('a stream that is left in the middle fails as CANCELLED', async () => {
    const stop = new AbortController();
    await call(async ({ context }) => {
      const work = async () => {
        for await (const part of stream(hello, { ...context, signal: stop.signal }))
          if (part.kind === 'text') stop.abort();
      };
      const error = await work().then(
        () => null,
        (caught: AppError) => caught,
      );
      // What was already there when it was left may still arrive, and then it was whole.
      if (error !== null) expect(error.code).toBe('CANCELLED');
    });
  });
}

function refusesCalls({ provider, ...suite }: Suite): void {
  test.each(refusals.slice(0, 3).concat(refusals.slice(4, 8)))(
    'calls tell %s',
    async (_what, reply, codes) => {
      const [whole, streamed] = await opened({ provider, ...suite }, async ({ vendor, context }) => {
        answerAll(vendor, reply);
        return [
          await failure(provider.complete?.(hello, context) ?? Promise.resolve()),
          await failure(listen(provider.stream?.(hello, context), [])),
        ];
      });
      for (const error of [whole, streamed]) {
        expect(codes).toContain(error?.code);
        expect(error?.message).not.toContain('never-shown');
      }
    },
  );
}

import { describe, expect, test } from 'vitest';
import type { Provider, ProviderContext } from '../platform/provider.ts';
import { answersCalls, ownWires, refusesCalls } from './providers/calls.ts';
import { readsCosts } from './providers/costs.ts';
import {
  amount,
  answerAll,
  days,
  failure,
  opened,
  refusals,
  type Suite,
  settingsOf,
} from './providers/suite.ts';
import { on, type Recorded } from './vendors/answers.ts';
import { readAll } from './vendors/open-provider.ts';

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

interface Task {
  readonly name: string;
  readonly run: (context: ProviderContext) => Promise<unknown>;
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

import { z } from 'zod';
import { AppError } from '../../platform/error.ts';
import type { BalanceAmount, CostReport, Provider, ProviderContext } from '../../platform/provider.ts';
import { type ImportedRecord, noTokens } from '../../platform/record.ts';
import type { FakeReply, FakeVendor, SeenRequest } from './fake-vendor.ts';

const dayMs = 86_400_000;

/** A bucket as the made-up vendor states it. */
const bucket = z.object({
  day: z.string(),
  item: z.string(),
  usd: z.string(),
});
export type Bucket = z.infer<typeof bucket>;

const reply = z.object({
  buckets: z.array(bucket),
  problems: z.array(z.string()).default([]),
  next: z.string().nullable().default(null),
  asOf: z.number().nullable().default(null),
});

const codes = {
  401: 'INVALID_KEY',
  402: 'OUT_OF_CREDIT',
  403: 'INSUFFICIENT_SCOPE',
  404: 'NOT_ENABLED',
  429: 'RATE_LIMITED',
  /** A proxy on the way says that the network is away. */
  599: 'NETWORK',
} as const;

async function ask(context: ProviderContext, path: string): Promise<unknown> {
  const key = await context.secret('apiKey');
  if (key === null) throw new AppError('NO_KEY', 'There is no key.');
  const response = await context
    .fetch(`${context.baseUrl}${path}`, {
      headers: { authorization: `Bearer ${key}` },
      signal: context.signal,
    })
    .catch((cause: unknown) => {
      if (cause instanceof AppError) throw cause;
      throw new AppError('NETWORK', 'The vendor could not be reached.', { cause });
    });
  if (response.ok) return response.json();
  const code = codes[response.status as keyof typeof codes] ?? 'OVERLOADED';
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  throw new AppError(code, `The vendor answered with ${response.status}.`, {
    data: seconds > 0 ? { retryAfterMs: seconds * 1000 } : {},
  });
}

function toRecord({ day, item, usd }: Bucket): ImportedRecord {
  return {
    key: `${day}|${item}`,
    at: Date.parse(day),
    grain: 'day',
    provider: 'made-up',
    model: item,
    requests: 0,
    tokens: noTokens,
    amount: { value: usd, currency: 'USD' },
  };
}

const costs: CostReport = {
  ...{
    id: 'costs',
    label: 'Costs',
    evidence: 'billed',
    coverage: 'account',
    usage: 'none',
    needs: ['apiKey'],
  },
  ...{ windowDays: 10, lookBackDays: 30, trailingDays: 3, everyMinutes: 60, accuracy: 'Made up.' },
  async read({ from, to, cursor }, context) {
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    const path = `/costs?from=${day(from)}&to=${day(to)}${cursor === null ? '' : `&page=${cursor}`}`;
    const { buckets, problems, next, asOf } = reply.parse(await ask(context, path));
    return {
      records: buckets.map(toRecord),
      problems: problems.map((reason) => ({ reason, raw: null })),
      cursor: next,
      asOf,
    };
  },
};

/** A vendor that exists in tests only: it bills by day, and its API is as plain as can be. */
export function testProvider(changes: Partial<Provider> = {}): Provider {
  return {
    spec: 1,
    ...{ id: 'made-up', label: 'Made Up', vendor: 'made-up', kind: 'vendor', accountKind: 'api' },
    ...{ docUrl: 'https://docs.made-up.test', keyUrl: null, dialect: 'made-up' },
    ...{ baseUrl: 'https://api.made-up.test/v1', hasOwnBase: true, hosts: ['https://billing.made-up.test'] },
    fields: [
      {
        ...{ name: 'apiKey', label: 'API key', kind: 'text', secret: true, required: true },
        ...{ help: 'Make one on its site.', neededFor: [], env: ['MADE_UP_KEY'] },
      },
    ],
    missing: [],
    costs: [costs],
    async validate(context) {
      await ask(context, '/me');
      return [{ capability: 'costs', state: 'ok', message: 'The key reads costs.' }];
    },
    ...changes,
  };
}

/** Methods of the made-up vendor that not every test wants. */
export const testBalance: NonNullable<Provider['balance']> = async (context) => {
  const { usd } = z.object({ usd: z.string() }).parse(await ask(context, '/balance'));
  return [{ available: { value: usd, currency: 'USD' }, parts: [] }] satisfies BalanceAmount[];
};

export const testModels: NonNullable<Provider['models']> = async (context) => {
  const { ids } = z.object({ ids: z.array(z.string()) }).parse(await ask(context, '/models'));
  return ids.map((id) => ({
    ...{
      id,
      label: null,
      kind: 'chat',
      contextTokens: null,
      maxOutputTokens: null,
      price: null,
      retiresAt: null,
    },
  }));
};

export { costs as testCosts };

/** The bill of the made-up vendor: what it answers, and what it was asked for. */
export interface Bill {
  /** `day|item` -> USD. */
  readonly usd: Map<string, string>;
  /** Windows asked for, as `from..to`. */
  readonly windows: string[];
  /** Answers instead of the bill, where it answers anything. */
  instead: ((request: SeenRequest) => FakeReply | null) | null;
}

/** Lets a fake vendor answer for the made-up one, any base of its, from a bill the test can change. */
export function answerBill(vendor: FakeVendor): Bill {
  const bill: Bill = { usd: new Map(), windows: [], instead: null };
  vendor.answer('GET', '*/costs', (request) => {
    const query = request.url.searchParams;
    const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
    bill.windows.push(`${from}..${to}`);
    const instead = bill.instead?.(request) ?? null;
    if (instead !== null) return instead;
    const buckets = [...bill.usd].flatMap(([key, usd]) => {
      const [day = '', item = ''] = key.split('|');
      return day >= from && day < to ? [{ day, item, usd }] : [];
    });
    return { json: { buckets } };
  });
  vendor.answer('GET', '*/me', { json: {} });
  return bill;
}

/** UTC day `daysAgo` before a moment, as the made-up vendor writes it. */
export function dayBefore(now: number, daysAgo: number): string {
  return new Date(now - daysAgo * dayMs).toISOString().slice(0, 10);
}

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createCore } from '../../src-main/core/index.ts';
import { policyOf } from '../../src-main/jobs/vendors/access.ts';
import { nodePorts } from '../../src-main/platform/node-ports.ts';
import type { Network } from '../../src-main/platform/ports.ts';
import type { Provider } from '../../src-main/platform/provider.ts';
import { providers as realProviders } from '../../src-main/providers/index.ts';
import { testProvider } from '../../src-main/testing/vendors/test-provider.ts';
import type { RouteInput, RouteName, RouteOutput } from '../../src-preload/contract/index.ts';
import { serviceAccount } from '../generate/service-account.ts';
import { report } from '../measure/child.ts';

/** What the parent, which holds the servers, wants synced. */
export interface SyncOrders {
  readonly dataDir: string;
  /** How many made-up vendors, or the real ones on their recorded replies. */
  readonly vendors: number | 'real';
  /** By the vendor's origin: where its server is. */
  readonly servers: Readonly<Record<string, string>>;
  /** Id of the one that never answers. */
  readonly hung: string | null;
}

export interface SyncFigures {
  /** Until the last vendor that answers was read. */
  readonly wallMs: number;
  readonly vendors: number;
  readonly reports: number;
  readonly failed: readonly string[];
  readonly records: number;
}

/** What recorded replies were asked with, by the name of the field. */
const asked: Readonly<Record<string, string>> = {
  ...{ accountId: 'acme', tenantId: 'tenant', region: 'us-east-1', billingTable: 'made-up.billing.export' },
};

/** The address a vendor is reached at where only the user knows it. */
function baseOf({ baseUrl, hosts, id }: Provider): string {
  const pattern = hosts.find((host) => host.includes('*'));
  return baseUrl ?? pattern?.replaceAll('*', 'acme') ?? `https://${id}.example.com`;
}

export function madeUp(count: number): readonly Provider[] {
  const [costs] = testProvider().costs ?? [];
  return Array.from({ length: count }, (_, i) =>
    testProvider({
      ...{ id: `made-up-${i}`, label: `Made Up ${i}`, vendor: `made-up-${i}`, hosts: [] },
      baseUrl: `https://api${i}.made-up.test/v1`,
      costs: costs === undefined ? [] : [{ ...costs, windowDays: 30, lookBackDays: 90 }],
    }),
  );
}

/** Sends every request to the server that stands in for its connection's vendor. */
function redirected(servers: SyncOrders['servers']): Network {
  return {
    open: ({ origins }) => {
      const server = origins.map((origin) => servers[origin]).find((one) => one !== undefined) ?? '';
      return async (input, init) => {
        const request = new Request(input, init);
        const { origin, pathname, search } = new URL(request.url);
        const headers = new Headers(request.headers);
        headers.set('x-fake-vendor-origin', origin);
        const body = request.body === null ? null : await request.arrayBuffer();
        const { method, signal } = request;
        return fetch(`${server}${pathname}${search}`, { method, headers, body, signal, redirect: 'manual' });
      };
    },
  };
}

/** Something in every field, of the kind it wants. */
function draftOf(provider: Provider): RouteInput<'connections.save'> {
  const value = ({ name, kind, choices = [], prefix = '' }: Provider['fields'][number]): string => {
    if (asked[name] !== undefined) return asked[name];
    if (kind === 'json') return serviceAccount();
    if (kind === 'choice') return choices[0]?.value ?? '';
    if (kind === 'number') return '1';
    return kind === 'url' ? 'https://example.com' : `${prefix}none`;
  };
  const given = (isSecret: boolean) =>
    Object.fromEntries(
      provider.fields.filter(({ secret }) => secret === isSecret).map((field) => [field.name, value(field)]),
    );
  const base = provider.baseUrl === null && provider.hasOwnBase ? { baseUrl: baseOf(provider) } : {};
  return { provider: provider.id, ...base, fields: given(false), secrets: given(true) };
}

async function run({ dataDir, vendors, servers, hung }: SyncOrders): Promise<SyncFigures> {
  rmSync(dataDir, { recursive: true, force: true });
  const providers = vendors === 'real' ? realProviders : madeUp(vendors);
  const ports = nodePorts({ host: 'web', heavyWork: 'thread', dataDir, env: { LLMLAB_LOG: 'stderr' } });
  const environment = { ...ports.environment, home: join(dataDir, 'no-home'), zone: () => 'UTC', env: {} };
  // The day of the recorded replies.
  const clock = { now: () => Date.UTC(2026, 10, 20, 12) };
  const core = createCore(
    { ...ports, clock, environment, network: redirected(servers), keySlots: [] },
    { providers },
  );
  await core.start();
  const call = async <R extends RouteName>(route: R, input: RouteInput<R>): Promise<RouteOutput<R>> => {
    const result = await core.call(route, input, { trusted: true, label: 'bench' });
    if (!result.ok) throw new Error(`${route}: ${result.error.message}`);
    return result.data;
  };
  const ids = new Map<string, number>();
  for (const provider of providers)
    ids.set(provider.id, (await call('connections.save', draftOf(provider))).id);
  const begin = performance.now();
  const running = [...ids].map(([id, connectionId]) => ({ id, done: call('sync.run', { connectionId }) }));
  const done = await Promise.all(running.filter(({ id }) => id !== hung).map((one) => one.done));
  const wallMs = performance.now() - begin;
  const results = done.flatMap((one) => one.results);
  const { totals } = await call('report.run', { by: ['day'], filters: {} });
  await core.stop();
  return {
    wallMs,
    vendors: done.length,
    reports: results.length,
    failed: results.flatMap(({ provider, report: id, error }) =>
      error === null ? [] : [`${provider} ${id}: ${error.code} ${error.message}`],
    ),
    records: totals.records,
  };
}

/** Origins a vendor's requests are known by. */
export function originsOf(provider: Provider): readonly string[] {
  const isAsked = provider.baseUrl === null && provider.hasOwnBase;
  return policyOf({ provider, baseUrl: isAsked ? baseOf(provider) : null, isLocal: false }).origins;
}

const orders = process.argv[2];
if (import.meta.main && orders !== undefined) {
  report({ ...(await run(JSON.parse(orders) as SyncOrders)) });
  process.exit(0);
}

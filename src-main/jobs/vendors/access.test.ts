import { expect, test } from 'vitest';
import { AppError } from '../../platform/error.ts';
import type { NetworkPolicy } from '../../platform/ports.ts';
import { testProvider } from '../../testing/vendors/test-provider.ts';
import { openContext, originOf, policyOf } from './access.ts';

const provider = testProvider();
const own = { provider, isLocal: false };

test('the vendor’s own base goes with its declared hosts; keys are bound to the base', () => {
  expect(originOf({ provider, baseUrl: null })).toBe('https://api.made-up.test');
  expect(policyOf({ ...own, baseUrl: null })).toEqual({
    origins: ['https://api.made-up.test', 'https://billing.made-up.test'],
    isLocal: false,
  });
  // Another path of the vendor's own server is still the vendor.
  expect(policyOf({ ...own, baseUrl: 'https://api.made-up.test/v2' }).origins).toHaveLength(2);
});

test('a server put in the vendor’s place gets the key alone: it is sent to none of the vendor’s hosts', () => {
  expect(policyOf({ ...own, baseUrl: 'http://localhost:4000/v1', isLocal: true })).toEqual({
    origins: ['http://localhost:4000'],
    isLocal: true,
  });
});

test('where only the user knows the base, the declared hosts (sign-in, billing) belong to it', () => {
  const cloud = testProvider({ baseUrl: null, hosts: ['https://login.cloud.test'] });
  const baseUrl = 'https://mine.cloud.test/openai';
  expect(policyOf({ provider: cloud, baseUrl, isLocal: false }).origins).toEqual([
    'https://mine.cloud.test',
    'https://login.cloud.test',
  ]);
  // Without any base the key is bound to the first host.
  expect(originOf({ provider: cloud, baseUrl: null })).toBe('https://login.cloud.test');
});

test('a provider gets its fields, its secrets and a fetch within the policy; its log says no key', async () => {
  const policies: NetworkPolicy[] = [];
  const lines: string[] = [];
  const key = ['sk', 'proj', 'x'.repeat(24)].join('-');
  const say = (message: string, facts?: unknown) => void lines.push(`${message} ${JSON.stringify(facts)}`);
  const ports = {
    clock: { now: () => 0 },
    log: { info: say, warn: say, error: say },
    network: {
      open: (policy: NetworkPolicy) => {
        policies.push(policy);
        return async () => {
          throw new AppError('NETWORK', 'none here');
        };
      },
    },
    debugLog: {
      trace: (fetch: typeof globalThis.fetch) => fetch,
      list: () => [],
      clear: () => undefined,
      path: '',
    },
  };
  const access = { ...own, name: 'Mine', baseUrl: null, fields: { region: 'eu' }, secret: async () => key };
  const { context, requests } = openContext(ports, access, new AbortController().signal);
  expect(context).toMatchObject({ baseUrl: 'https://api.made-up.test/v1', fields: { region: 'eu' } });
  expect(await context.secret('apiKey')).toBe(key);
  await expect(context.fetch('https://api.made-up.test/v1/me')).rejects.toThrow('none here');
  expect(requests()).toBe(1);
  expect(policies).toHaveLength(1);
  context.log.warn(`refused ${key}`, { authorization: `Bearer ${key}` });
  expect(lines.join()).not.toContain(key);
});

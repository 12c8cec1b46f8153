import { afterAll, beforeAll, expect, it } from 'vitest';
import { providerContext } from '../../testing/provider-context.ts';
import { type FakeVendor, startFakeVendor } from '../../testing/vendors/fake-vendor.ts';
import { openApi } from './http.ts';
import { namesById } from './names.ts';

let vendor: FakeVendor;
beforeAll(async () => {
  vendor = await startFakeVendor();
});
afterAll(() => vendor[Symbol.asyncDispose]());

const api = openApi({ label: 'Example', headers: async () => ({}) });
const list = { path: '/projects', after: 'after_id' } as const;

// Spend of projects beyond the first page, or of archived ones, would be shown by ids nobody knows.
it('names are read to the end of the list, with the archived ones', async () => {
  vendor.answer('GET', '/v1/projects', ({ url: { searchParams } }) =>
    searchParams.get('after_id') === 'b'
      ? { json: { data: [{ id: 'c', name: 'Third' }], has_more: false, last_id: 'c' } }
      : {
          json: {
            data: [{ id: 'a', name: 'First' }, { id: 'b' }],
            has_more: searchParams.get('include_archived') === 'true',
            last_id: 'b',
          },
        },
  );
  const names = await namesById(api, providerContext(vendor), list);
  expect(Object.fromEntries(names)).toEqual({ a: 'First', b: 'b', c: 'Third' });
});

it('a key that may not list them leaves ids, and other trouble is passed on', async () => {
  vendor.answer('GET', '/v1/projects', { status: 403, json: { error: { message: 'no' } } });
  expect((await namesById(api, providerContext(vendor), list)).size).toBe(0);
  vendor.answer('GET', '/v1/projects', { status: 503, json: {} });
  await expect(namesById(api, providerContext(vendor), list)).rejects.toMatchObject({ code: 'OVERLOADED' });
});

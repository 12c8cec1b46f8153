import type { Locator, Page } from '@playwright/test';
import {
  type FakeVendor,
  type SeenRequest,
  startFakeVendor,
} from '../src-main/testing/vendors/fake-vendor.ts';
import { test as base, expect } from './fixtures.ts';

/** Tests with a fake proxy beside their host. */
export const test = base.extend<{ vendor: FakeVendor }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the first parameter
  vendor: async ({}, use) => {
    await using vendor = await startFakeProxy();
    await use(vendor);
  },
});

/** The key the fake proxy accepts; no scanner takes it for a real one. */
export const goodKey = 'fake-proxy-key-wxyz';

const dayMs = 86_400_000;

/** A LiteLLM proxy on loopback: half a dollar a day of one model, a budget, and more models than fit a screen. */
async function startFakeProxy(): Promise<FakeVendor> {
  const vendor = await startFakeVendor();
  vendor.answer(
    'GET',
    '/key/info',
    guarded(() => ({ info: { key_alias: 'lab', max_budget: 50, spend: 12.5 } })),
  );
  vendor.answer(
    'GET',
    '/model/info',
    guarded(() => ({ data: Array.from({ length: 60 }, (_, index) => modelRow(index)) })),
  );
  vendor.answer('GET', '/user/daily/activity', activity);
  return vendor;
}

/** Has the proxy ask, once, to wait so long before it tells of its days. */
export function askToWait(vendor: FakeVendor, seconds: number): void {
  vendor.answer('GET', '/user/daily/activity', () => {
    vendor.answer('GET', '/user/daily/activity', activity);
    return {
      ...{ status: 429, headers: { 'retry-after': String(seconds) } },
      json: { error: { message: 'too many requests' } },
    };
  });
}

function guarded(json: (request: SeenRequest) => unknown) {
  return (request: SeenRequest) =>
    request.headers.authorization === `Bearer ${goodKey}`
      ? { json: json(request) }
      : { status: 401, json: { error: { message: 'invalid virtual key' } } };
}

const activity = guarded(({ url }) => ({
  results: daysOf(url.searchParams),
  metadata: { has_more: false },
}));

/** Opens the proxy's tile on the Providers page and fills in address and key; the sheet. */
export async function fillProxy(page: Page, vendor: FakeVendor): Promise<Locator> {
  await page.getByRole('link', { name: 'Providers', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Add a vendor' })).toBeVisible();
  await page.getByRole('button', { name: /^LiteLLM proxy/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Connect LiteLLM proxy' });
  await sheet.getByLabel('Address of the server').fill(vendor.origin);
  await sheet.getByLabel('Key', { exact: true }).fill(goodKey);
  return sheet;
}

function modelRow(index: number) {
  return {
    model_name: `team/model-${index}`,
    model_info: { input_cost_per_token: 1e-6, output_cost_per_token: 4e-6, max_input_tokens: 128_000 },
  };
}

function daysOf(query: URLSearchParams) {
  const [from, to] = ['start_date', 'end_date'].map((name) => Date.parse(query.get(name) ?? ''));
  const count = Math.floor(((to ?? 0) - (from ?? 0)) / dayMs) + 1;
  return Array.from({ length: count }, (_, index) => ({
    date: new Date((from ?? 0) + index * dayMs).toISOString().slice(0, 10),
    breakdown: { models: { 'team/model-1': { metrics: usage } } },
  }));
}

const usage = {
  ...{ spend: 0.5, prompt_tokens: 1000, completion_tokens: 200, api_requests: 5, successful_requests: 5 },
};

import type { Page } from '@playwright/test';
import type { FakeVendor } from '../src-main/testing/vendors/fake-vendor.ts';
import { askToWait, fillProxy, goodKey, test } from './fake-proxy.ts';
import { axe, expect } from './fixtures.ts';

// a first sync on a busy machine
test.describe.configure({ timeout: 120_000 });

/** Ninety days are thirteen requests, each written before the next. */
const firstSyncMs = 40_000;

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true });

/** Connects the fake proxy from its tile and waits for the first sync. */
async function connect(page: Page, vendor: FakeVendor): Promise<void> {
  const sheet = await fillProxy(page, vendor);
  await sheet.getByRole('button', { name: 'Save and sync' }).click();
  const first = page.getByRole('dialog', { name: 'First sync' });
  await expect(first.getByText('From now on this happens by itself')).toBeVisible({ timeout: firstSyncMs });
  await first.getByRole('button', { name: 'Close', exact: true }).last().click();
}

test('on the first run a vendor is connected: a refused key is told why, the right one brings the money', async ({
  app,
  vendor,
}) => {
  const page = await app.open();
  await page.getByRole('button', { name: /^Connect a vendor/ }).click();
  const pick = page.getByRole('dialog', { name: 'Whom do you pay?' });
  await expect(pick.getByRole('button', { name: 'Continue' })).toBeDisabled();
  await pick.getByLabel('Search vendors').fill('litellm');
  await pick.getByRole('checkbox', { name: /LiteLLM/ }).click();
  await axe(page);
  await pick.getByRole('button', { name: 'Continue with 1 vendor' }).click();

  const sheet = page.getByRole('dialog', { name: 'Connect LiteLLM proxy' });
  await sheet.getByLabel('Address of the server').fill('http://user:pass@127.0.0.1');
  await sheet.getByRole('button', { name: 'Test' }).click();
  await expect(sheet.getByText('Leave user and password out')).toBeVisible();
  await sheet.getByLabel('Address of the server').fill(vendor.origin);
  await sheet.getByLabel('Key', { exact: true }).fill('fake-wrong-key');
  await sheet.getByRole('button', { name: 'Test' }).click();
  const result = sheet.getByRole('region', { name: 'Test result' });
  await expect(result).toContainText('invalid virtual key');
  await expect(result).toContainText('Nothing works');
  await axe(page);
  await sheet.getByLabel('Key', { exact: true }).fill(goodKey);
  await expect(result).toHaveCount(0);
  await sheet.getByRole('button', { name: 'Test' }).click();
  await expect(result).toContainText('It works');

  await sheet.getByRole('button', { name: 'Save and sync' }).click();
  const first = page.getByRole('dialog', { name: 'First sync' });
  await expect(first.getByText('From now on this happens by itself')).toBeVisible({ timeout: firstSyncMs });
  await expect(first.getByText(/^9\d records, \$4\d\.\d\d$/)).toBeVisible();
  await axe(page);
  await first.getByRole('link', { name: 'Open overview' }).click();
  await expect(first).toHaveCount(0);
  await expect(page.getByRole('link', { name: /^\$\d/ }).first()).toBeVisible();
});

test('a vendor that asks to wait during the first sync is waited for, and the sheet says until when', async ({
  app,
  vendor,
}) => {
  const page = await app.open();
  const sheet = await fillProxy(page, vendor);
  askToWait(vendor, 6);
  await sheet.getByRole('button', { name: 'Save and sync' }).click();
  const first = page.getByRole('dialog', { name: 'First sync' });
  await expect(first.getByText(/The vendor asked to wait until \d\d:\d\d:\d\d/)).toBeVisible();
  await axe(page);
  await expect(first.getByText('From now on this happens by itself')).toBeVisible({ timeout: firstSyncMs });
  await expect(first.getByText(/^9\d records, \$4\d\.\d\d$/)).toBeVisible();
});

test('a connection shows what it reads, its balance, models and health; removed, its records stay', async ({
  app,
  vendor,
}) => {
  const page = await app.open();
  await connect(page, vendor);
  const connected = card(page, 'Connected');
  await expect(connected).toContainText('Up to date');
  await expect(connected).toContainText('$37.50');
  await axe(page);

  await connected.getByRole('link', { name: 'LiteLLM proxy' }).click();
  await expect(card(page, 'What it reads').getByRole('row', { name: /^Balance/ })).toBeVisible();
  await expect(card(page, 'Balance')).toContainText('has not changed');
  await expect(card(page, 'Health')).toContainText('none failed');
  const keys = card(page, 'Keys');
  await expect(keys).toContainText(vendor.origin);
  await expect(page.locator('body')).not.toContainText(goodKey);
  await keys.getByRole('button', { name: 'Test' }).click();
  await expect(keys).toContainText('accepts the key');
  await axe(page);

  await page.getByRole('button', { name: 'How often: Balance' }).click();
  await page.getByRole('menuitemradio', { name: 'once a day' }).click();
  await expect(page.getByRole('button', { name: 'How often: Balance: once a day' })).toBeVisible();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('Records it brought into the ledger stay');
  await page.getByRole('button', { name: 'Remove connection' }).click();
  await expect(page.getByText('No vendor is connected')).toBeVisible();
  await link(page, 'Sources').click();
  await expect(card(page, 'In the ledger').getByRole('row', { name: /LiteLLM/ })).toContainText(
    'read from the vendor',
  );
});

test('models are searched and sorted, and one without a price leads to setting it', async ({
  app,
  vendor,
}) => {
  const page = await app.open();
  await link(page, 'Models').click();
  await expect(page.getByText('Models come with a key')).toBeVisible();
  await connect(page, vendor);
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  const table = page.getByRole('table', { name: 'Models' });
  await expect(table).toHaveAttribute('aria-rowcount', '61');
  await expect(table.getByRole('row', { name: /^team\/model-0 / })).toContainText('$1.00 / $4.00');
  await axe(page);
  await page.keyboard.press('/');
  await page.keyboard.type('model-59');
  await expect(table).toHaveAttribute('aria-rowcount', '2');
  await page.reload();
  await expect(page.getByLabel('Search models')).toHaveValue('model-59');
  await table.getByRole('link', { name: 'Set a price for team/model-59' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set a price' });
  await expect(dialog.getByLabel('Model', { exact: true })).toHaveValue('team/model-59');
  await expect(dialog.getByLabel('Input')).toHaveValue('1');
  await expect(dialog.getByLabel('Output')).toHaveValue('4');
  await dialog.getByRole('button', { name: 'Save price' }).click();
  await expect(dialog).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole('table', { name: 'Models' })).toContainText('own price');
});

test('a vendor that stops answering says why, on its page and on Overview', async ({ app, vendor }) => {
  const page = await app.open();
  await connect(page, vendor);
  vendor.answer('GET', '*', { status: 401, json: { error: { message: 'this key has expired' } } });
  await page.getByRole('button', { name: 'Sync now: LiteLLM proxy' }).click();
  await expect(card(page, 'Connected')).toContainText('Failing');
  await expect(card(page, 'Connected')).toContainText('this key has expired');
  await axe(page);
  await link(page, 'Health').click();
  await expect(card(page, 'Health of every vendor').getByRole('row', { name: /LiteLLM/ })).toContainText(
    'key refused',
  );
  await axe(page);
  await link(page, 'Overview').click();
  await expect(page.getByRole('link', { name: 'Look at it' })).toBeVisible();
  await page.getByRole('link', { name: 'Look at it' }).click();
  await page.getByRole('button', { name: 'Change the key of LiteLLM proxy' }).click();
  const sheet = page.getByRole('dialog', { name: 'Edit LiteLLM proxy' });
  await expect(sheet.getByLabel('Key', { exact: true })).toHaveValue('');
  await sheet.getByLabel('Address of the server').fill('http://127.0.0.1:1');
  await sheet.getByRole('button', { name: 'Save and sync' }).click();
  await expect(sheet.getByText('It was saved for the other address')).toBeVisible();
});

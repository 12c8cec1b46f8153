import type { Page } from '@playwright/test';
import { fillProxy, goodKey, test } from './fake-proxy.ts';
import { axe, expect } from './fixtures.ts';

async function goToCalls(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Calls' }).click();
}

test('names for models are added, refused with a reason, kept and removed', async ({ app }) => {
  const page = await app.open();
  await goToCalls(page);
  await page.getByRole('button', { name: 'Add a name' }).click();
  const dialog = page.getByRole('dialog', { name: 'Name a model' });
  await dialog.getByLabel('Name', { exact: true }).fill('my/fast');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('A slash means a provider')).toBeVisible();
  await axe(page);
  await dialog.getByLabel('Name', { exact: true }).fill('fast');
  await dialog.getByRole('button', { name: /^Served by/ }).click();
  await page.getByRole('menuitemradio', { name: 'OpenAI', exact: true }).click();
  await dialog.getByLabel('Model', { exact: true }).fill('gpt-5.4-mini');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const names = page.getByRole('region', { name: 'Your names for models' });
  await expect(names.getByRole('listitem')).toHaveText(/fast.*gpt-5\.4-mini.*OpenAI/);
  await axe(page);
  await page.reload();
  await expect(names.getByRole('listitem')).toHaveCount(1);
  await names.getByRole('button', { name: 'Remove fast at OpenAI' }).click();
  await expect(names.getByRole('listitem')).toHaveCount(0);
});

test('the debug log shows what was sent and answered, without the key, and forgets it when told', async ({
  app,
  vendor,
}) => {
  const page = await app.open();
  await goToCalls(page);
  await page.getByRole('radio', { name: 'Without texts' }).click();
  const sheet = await fillProxy(page, vendor);
  await sheet.getByRole('button', { name: 'Test' }).click();
  await expect(sheet.getByRole('region', { name: 'Test result' })).toBeVisible();
  await sheet.getByRole('button', { name: 'Close', exact: true }).click();
  await goToCalls(page);
  await page.getByRole('link', { name: 'Look at it' }).click();
  const log = page.getByRole('region', { name: 'Debug log' });
  const entry = log.getByRole('listitem').filter({ hasText: '/key/info' }).first();
  await expect(entry).toContainText('200');
  await entry.getByRole('button', { name: 'Request and reply' }).click();
  await expect(entry.getByRole('region', { name: 'Request' })).toContainText('authorization: [hidden]');
  await expect(entry.getByRole('region', { name: 'Reply' })).toContainText('"max_budget": 50');
  await axe(page);
  expect(await page.content()).not.toContain(goodKey);
  await log.getByRole('button', { name: 'Clear' }).click();
  await expect(log.getByText('Nothing was sent yet')).toBeVisible();
  await axe(page);
});

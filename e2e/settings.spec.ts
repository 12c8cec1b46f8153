import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { repository } from './box.ts';
import { axe, expect, test } from './fixtures.ts';

const samples = join(repository, 'src-main', 'testing', 'fixtures', 'samples');

async function goToSettings(page: Page, topic = 'General'): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: topic }).click();
}

test('zone and theme are kept, and apply at once', async ({ app }) => {
  const page = await app.open();
  await goToSettings(page);
  await page.getByRole('button', { name: /^Zone/ }).click();
  await page.keyboard.type('kathmandu');
  await expect(page.getByRole('option')).toHaveText(/UTC\+05:45/);
  await axe(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Zone: Asia / Kathmandu' })).toBeVisible();
  await page.getByRole('radio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await axe(page);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Zone: Asia / Kathmandu' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('money is shown in another currency by its rate, exactly', async ({ app }) => {
  await app.cli('import', join(samples, 'openai_cost.csv'));
  const page = await app.open();
  await goToSettings(page);
  const form = page.getByRole('form', { name: 'Add an exchange rate' });
  await form.getByLabel('Currency').fill('eur');
  await form.getByLabel('USD for one').fill('1,25');
  await form.getByRole('button', { name: 'Add rate' }).click();
  await expect(form.getByText('with a decimal point')).toBeVisible();
  await form.getByLabel('USD for one').fill('1.25');
  await form.getByRole('button', { name: 'Add rate' }).click();
  await expect(page.getByText('1 EUR = 1.25 USD')).toBeVisible();
  await page.getByRole('button', { name: /^Show money in/ }).click();
  await page.getByRole('menuitemradio', { name: 'EUR' }).click();
  await page.getByRole('link', { name: 'Sources', exact: true }).click();
  // 0.03812 USD at 1.25 USD a euro is 0.030496 EUR.
  await expect(page.getByRole('row', { name: /OpenAI cost export/ })).toContainText('€0.030');
});

test('an unpriced model gets a price, and the past is priced', async ({ app }) => {
  const file = join(app.home, 'claude_api_tokens.csv');
  writeFileSync(
    file,
    [
      'usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed',
      '2026-07-01,made-up-model,key,Default,standard,≤ 200k,1000000,0,0,0,500000,0,not_available,standard',
      '',
    ].join('\n'),
  );
  await app.cli('import', file);
  const page = await app.open();
  await goToSettings(page, 'Prices');
  const unpriced = page.getByRole('region', { name: 'Unpriced models' });
  await expect(unpriced).toContainText('made-up-model');
  await axe(page);
  await unpriced.getByRole('button', { name: 'Set a price' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Input')).toBeFocused();
  await dialog.getByLabel('Input').fill('2');
  await dialog.getByLabel('Output').fill('10');
  await axe(page);
  await dialog.getByRole('button', { name: 'Save price' }).click();
  await expect(page.getByText('Price saved, 1 record priced anew.')).toBeVisible();
  await expect(unpriced).toContainText('Every record has a price.');
  await page.getByRole('link', { name: 'Sources', exact: true }).click();
  // 1 M x $2 + 0.5 M x $10
  await expect(page.getByRole('row', { name: /Anthropic usage export/ })).toContainText('$7.00');
});

test('a backup is made, checked and restored', async ({ app }) => {
  await app.cli('import', join(samples, 'openai_cost.csv'));
  const page = await app.open();
  await goToSettings(page, 'Data and backups');
  await expect(page.getByText(app.dataDir, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(page.getByText(/Backup made: 4 records/)).toBeVisible();
  const row = page.getByRole('row', { name: /by hand/ });
  await expect(row).toContainText('Verified');
  await axe(page);
  await row.getByRole('button', { name: /Restore/ }).click();
  await expect(page.getByRole('dialog')).toContainText('is kept beside it');
  await page.getByRole('button', { name: 'Restore backup' }).click();
  await expect(page.getByText(/4 records restored/)).toBeVisible();
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByText('4 records checked, all as they were written.')).toBeVisible();
});

test('sample data goes in one click and leaves the user’s own records', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('button', { name: /sample data/i }).click();
  await goToSettings(page, 'Data and backups');
  await page.getByRole('button', { name: 'Remove sample data' }).click();
  await expect(page.getByText(/Sample data removed/)).toBeVisible();
  await expect(page.getByText('0 records, each against its fingerprint.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove sample data' })).toHaveCount(0);
});

import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { repository } from './box.ts';
import { axe, expect, test } from './fixtures.ts';

const samples = join(repository, 'src-main', 'testing', 'fixtures', 'samples');

async function choose(page: Page, words: string, name: string | RegExp): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
  await page.keyboard.type(words);
  await expect(page.getByRole('option', { name, selected: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toHaveCount(0);
}

test('goes to pages, changes range and theme, all from the keyboard', async ({ app }) => {
  await app.cli('import', join(samples, 'openai_cost.csv'));
  const page = await app.open();
  await expect(page.getByRole('link', { name: 'Overview' })).toBeVisible();
  await choose(page, 'last mon', 'Last month');
  await expect(page).toHaveURL(/range=last-month/);
  await choose(page, 'dark', 'Dark theme');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await choose(page, 'unpriced', 'Settings: Prices');
  await expect(page.getByRole('heading', { name: 'Unpriced models' })).toBeVisible();
});

test('narrows the figures to an account or a model', async ({ app }) => {
  await app.cli('import', join(samples, 'openai_cost.csv'));
  const page = await app.open();
  await expect(page.getByRole('link', { name: 'Overview' })).toBeVisible();
  await choose(page, 'gpt-5-mini', /gpt-5-mini/);
  await expect(page).toHaveURL(/model=gpt-5-mini/);
  await choose(page, 'openai api', /OpenAI API/);
  await expect(page).toHaveURL(/account=1/);
  await expect(page).toHaveURL(/model=gpt-5-mini/);
});

test('takes the last import back after asking', async ({ app }) => {
  await app.cli('import', join(samples, 'openai_cost.csv'));
  const page = await app.open();
  await expect(page.getByRole('link', { name: 'Overview' })).toBeVisible();
  await choose(page, 'undo', /Undo last import: openai_cost.csv/);
  const question = page.getByRole('dialog', { name: /Undo the import/ });
  await expect(question).toContainText('4 records leave the ledger');
  await question.getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByText('Import undone: 4 records removed.')).toBeVisible();
});

test('is clean to axe, says when nothing fits, and Esc closes it and gives the focus back', async ({
  app,
}) => {
  const page = await app.open();
  await expect(page.getByRole('link', { name: 'Overview' })).toBeVisible();
  const opener = page.getByRole('button', { name: /^Command palette/ });
  await opener.focus();
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await expect(palette.getByRole('option').first()).toBeVisible();
  await axe(page);
  await page.keyboard.type('zzzz');
  await expect(palette.getByText('Nothing is called that.')).toBeVisible();
  await axe(page);
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);
  await expect(opener).toBeFocused();
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { repository } from './box.ts';
import { axe, expect, test } from './fixtures.ts';

const sample = (name: string) => join(repository, 'src-main/testing/fixtures/samples', name);
const grid = (page: Page) => page.getByRole('grid', { name: 'Records' });
const rows = (page: Page) =>
  grid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') });

/** All of 2026, where the samples lie. */
const year = 'range=custom&from=2026-01-01&to=2026-12-31';

async function goTo(page: Page, query: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/activity?${query}`);
}

test.beforeEach(async ({ app }) => {
  const { code } = await app.cli(
    'import',
    sample('openrouter_activity.csv'),
    sample('claude_code_session.jsonl'),
  );
  expect(code).toBe(0);
});

test('records are listed, sorted, opened and left by keyboard alone', async ({ app }) => {
  const page = await app.open();
  await goTo(page, year);
  await expect(rows(page)).toHaveCount(8);
  await expect(page.getByText('8 records')).toBeVisible();
  await axe(page);

  await page.getByRole('button', { name: 'Cost' }).click();
  await expect(page).toHaveURL(/sort=cost/);
  await expect(page.getByRole('columnheader', { name: 'Cost' })).toHaveAttribute('aria-sort', 'descending');

  await grid(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByText('Where it was read')).toBeVisible();
  await axe(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
});

test('filters live in the address, can be taken away one by one, and an empty answer says so', async ({
  app,
}) => {
  const page = await app.open();
  await goTo(page, `${year}&evidence=billed&model=claude-sonnet-4-5`);
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Remove filter Evidence: billed' }).click();
  await expect(page).not.toHaveURL(/evidence/);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Models: claude-sonnet-4-5' })).toBeVisible();

  await goTo(page, `${year}&q=nothing-like-this`);
  await expect(page.getByText('No record matches')).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows(page)).toHaveCount(8);
});

test('groups add up to the total and open to their records', async ({ app }) => {
  const page = await app.open();
  await goTo(page, year);
  await expect(rows(page)).toHaveCount(8);
  await page.getByRole('radio', { name: 'Account' }).click();
  await expect(page.getByText('Total of 2')).toBeVisible();
  await axe(page);
  await page.getByRole('link', { name: /^OpenRouter/ }).click();
  await expect(rows(page)).toHaveCount(4);
  await expect(page).toHaveURL(/account=/);
  await page.goBack();
  await expect(page.getByText('Total of 2')).toBeVisible();
});

test('what matches is exported, as many rows as the summary says', async ({ app }) => {
  const page = await app.open();
  await goTo(page, `${year}&evidence=billed`);
  await expect(page.getByText('4 records')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /^CSV/ }).click();
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(1 + 4);
  await expect(page.getByText(/^4 records exported as/)).toBeVisible();
});

test('a narrow window drops columns instead of cutting them', async ({ app }) => {
  const page = await app.open();
  await page.setViewportSize({ width: 900, height: 600 });
  await goTo(page, year);
  await expect(page.getByRole('columnheader', { name: 'Evidence' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Source' })).toHaveCount(0);
  const overflow = await grid(page).evaluate((node) => node.scrollWidth - node.clientWidth);
  expect(overflow).toBe(0);
});

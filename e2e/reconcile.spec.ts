import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { datesOf, openaiBill, openaiUsage } from '../src-main/testing/bills.ts';
import { type App, axe, expect, test } from './fixtures.ts';

const days = datesOf('2026-07', 1, 10);

/** July of one account: ten dollars of one's own, of which the bill knows the double on the last five days. */
async function importBoth(app: App): Promise<void> {
  const bill = join(app.home, 'bill.csv');
  const usage = join(app.home, 'usage.csv');
  writeFileSync(bill, openaiBill(days.map((day, i) => ({ day, usd: i < 5 ? '1' : '2' }))));
  writeFileSync(usage, openaiUsage(days.map((day) => ({ day, input: 4_000_000 }))));
  await app.cli('import', bill, usage);
}

const card = (page: Page, name: string) => page.getByRole('region', { name });

async function cashOfJuly(page: Page, cash: string): Promise<void> {
  await page.goto(`${page.url().split('#')[0]}#/?range=custom&from=2026-07-01&to=2026-07-31`);
  await expect(page.getByText(cash, { exact: true }).first()).toBeVisible();
}

test('the gap of a month is seen and explained, as a chart and as a table', async ({ app }) => {
  await importBoth(app);
  const page = await app.open();
  await page.getByRole('link', { name: 'Reconcile', exact: true }).click();
  await expect(card(page, 'July 2026, 1 account')).toContainText('+$5.00');
  await expect(card(page, 'OpenAI API').getByRole('row', { name: /July 2026/ })).toContainText('+33.3');
  await axe(page);

  await page.getByRole('link', { name: 'July 2026' }).click();
  const causes = card(page, 'Where the gap may come from');
  await expect(causes).toContainText('2.00 times the own figure from 6 Jul on');
  await expect(page.getByRole('group', { name: /July 2026 by day/ })).toBeVisible();
  await page.getByRole('button', { name: 'July 2026 by day as a table' }).click();
  await expect(page.getByRole('region', { name: 'July 2026 by day, table' })).toContainText('$2.00');
  await axe(page);
});

test('another witness is let count, every total follows, and the way back is one click', async ({ app }) => {
  await importBoth(app);
  const page = await app.open();
  await page.getByRole('link', { name: 'Reconcile', exact: true }).click();
  await page.getByRole('link', { name: 'July 2026' }).click();
  const bill = card(page, 'What counts').getByRole('row', { name: /OpenAI cost export/ });
  await expect(bill).toContainText('10 days');
  await page.getByRole('button', { name: 'Let this count: OpenAI usage export' }).click();
  await expect(page.getByText('OpenAI usage export counts in July 2026.')).toBeVisible();
  await expect(bill).toContainText('no day');
  await axe(page);
  await cashOfJuly(page, '$10.00');

  await page.goBack();
  await page.getByRole('button', { name: 'Back to the rule' }).click();
  await expect(bill).toContainText('10 days');
  const told = page.getByRole('listitem').filter({ hasText: 'The rule decides again' });
  await told.getByRole('button', { name: 'Undo' }).click();
  await expect(bill).toContainText('no day');
  await page.getByRole('button', { name: 'Back to the rule' }).click();
  await expect(bill).toContainText('10 days');
  await cashOfJuly(page, '$15.00');
});

test('without a bill the page says which side is missing and how to get it', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('link', { name: 'Reconcile', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Is the bill right?' })).toBeVisible();
  await axe(page);
  await page.getByRole('link', { name: 'Add a vendor’s key' }).click();
  await expect(page).toHaveURL(/#\/providers/);
});

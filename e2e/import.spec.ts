import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { repository } from './box.ts';
import { axe, expect, test } from './fixtures.ts';

const sample = (name: string) => join(repository, 'src-main/testing/fixtures/samples', name);

async function openImports(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Imports' }).click();
  await expect(page.getByRole('heading', { name: 'Drop a billing export or a log anywhere' })).toBeVisible();
}

async function choose(page: Page, ...files: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles([...files]);
}

const sheet = (page: Page) => page.getByRole('dialog');
const history = (page: Page) => page.getByRole('table', { name: 'History' });

test('a bill is previewed, committed with the keyboard, known the second time, and undone', async ({
  app,
}) => {
  const page = await app.open();
  await openImports(page);
  await choose(page, sample('openai_cost.csv'));
  await expect(sheet(page).getByText('OpenAI cost export').first()).toBeVisible();
  await expect(sheet(page).getByText('4 + 0 + 0 = 4 rows')).toBeVisible();
  await expect(sheet(page).getByText('$0.00 to $0.038')).toBeVisible();
  await axe(page);
  await expect(history(page)).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('4 records imported, cash +$0.038')).toBeVisible();
  await expect(sheet(page)).toHaveCount(0);

  await choose(page, sample('openai_cost.csv'));
  await expect(sheet(page).getByText('0 + 4 + 0 = 4 rows')).toBeVisible();
  await expect(sheet(page).getByRole('button', { name: /^Commit/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toHaveCount(0);

  await history(page).getByRole('button', { name: 'openai_cost.csv' }).click();
  await axe(page);
  await page.getByRole('button', { name: 'Undo import' }).click();
  await page.getByRole('button', { name: 'Undo 4 records' }).click();
  await expect(page.getByText('Undone: 4 records removed from the ledger.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(history(page).getByText('Undone')).toBeVisible();
  await axe(page);
});

test('the toast after a commit takes it back', async ({ app }) => {
  const page = await app.open();
  await openImports(page);
  await choose(page, sample('openrouter_activity.csv'));
  await page.getByRole('button', { name: 'Commit 4 rows' }).click();
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Undone: 4 records removed from the ledger.')).toBeVisible();
  await expect(history(page).getByText('Undone')).toBeVisible();
});

test('refused rows are shown with their line and text, and kept with the import', async ({ app }) => {
  const file = join(app.home, 'broken.csv');
  const head =
    'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id';
  const row = (amount: string) =>
    `1782864000,1782950400,2026-07-01T00:00:00+00:00,2026-07-02T00:00:00+00:00,${amount},usd,"gpt-5-mini, input",p1`;
  writeFileSync(file, [head, row('0.25'), row('n/a'), ''].join('\n'));
  const page = await app.open();
  await openImports(page);
  await choose(page, file);
  await expect(sheet(page).getByText('1 + 0 + 1 = 2 rows')).toBeVisible();
  await sheet(page)
    .getByRole('button', { name: /^Line 3/ })
    .click();
  await expect(sheet(page).getByText(/,n\/a,usd,/)).toBeVisible();
  await axe(page);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('1 record imported')).toBeVisible();

  await history(page).getByRole('button', { name: 'broken.csv' }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  expect((await saved).suggestedFilename()).toBe('broken.csv refused rows.csv');
});

test('an unknown table is mapped once and recognised the next time', async ({ app }) => {
  const rows = (days: readonly string[]) =>
    ['When;What model;In;Out;Price', ...days.map((day) => `${day};gpt-5-mini;1200;90;1,50`), ''].join('\n');
  const [first, second] = [join(app.home, 'team-july.csv'), join(app.home, 'team-august.csv')];
  writeFileSync(first, rows(['01.07.2026', '02.07.2026']));
  writeFileSync(second, rows(['01.08.2026', '02.08.2026', '03.08.2026']));
  const page = await app.open();
  await openImports(page);
  await choose(page, first);
  await expect(sheet(page).getByRole('heading', { name: 'What the columns are' })).toBeVisible();
  await axe(page);
  await pick(page, 'Read When as', 'Date or time');
  await pick(page, 'Read What model as', 'Model');
  await pick(page, 'Read In as', 'Input tokens');
  await pick(page, 'Read Out as', 'Output tokens');
  await pick(page, 'Read Price as', 'Cost');
  await pick(page, 'Dates are written', /^day first/);
  await pick(page, 'Decimal sign', /^comma/);
  await sheet(page).getByLabel('Provider').fill('openai');
  await sheet(page).getByLabel('Currency').fill('USD');
  await sheet(page).getByLabel('Remember as').fill('Team sheet');
  await expect(sheet(page).getByText('2 + 0 + 0 = 2 rows')).toBeVisible();
  await page.getByRole('button', { name: 'Commit 2 rows' }).click();
  await expect(page.getByText('2 records imported, cash +$3.00')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Your column mappings' })).toBeVisible();

  await choose(page, second);
  await expect(sheet(page).getByText('Your columns “Team sheet”')).toBeVisible();
  await expect(sheet(page).getByText('3 + 0 + 0 = 3 rows')).toBeVisible();
});

test('several files stand side by side; what cannot be read does not stop the others', async ({ app }) => {
  const empty = join(app.home, 'empty.csv');
  writeFileSync(empty, '');
  const page = await app.open();
  await openImports(page);
  await choose(page, empty, sample('openrouter_activity.csv'), sample('claude_code_session.jsonl'));
  await expect(
    sheet(page).getByText(/^2 of 3 files ready: up to 7 new rows, cash up to \+\$\d/),
  ).toBeVisible();
  await expect(sheet(page).getByText('This file was not read')).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Commit 2 files' }).click();
  await expect(page.getByText(/^7 records imported from 2 files/)).toBeVisible();
  await page.getByRole('button', { name: 'Leave it out' }).click();
  await expect(history(page).getByRole('row')).toHaveCount(3);
});

async function pick(page: Page, field: string, option: string | RegExp): Promise<void> {
  await sheet(page)
    .getByRole('button', { name: new RegExp(`^${field}`) })
    .click();
  await page.getByRole('menuitemradio', { name: option, exact: true }).click();
}

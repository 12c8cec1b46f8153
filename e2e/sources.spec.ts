import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { repository } from './box.ts';
import { axe, expect, test } from './fixtures.ts';

const samples = join(repository, 'src-main', 'testing', 'fixtures', 'samples');
const codexLog = 'codex_rollout-2026-07-01T10-00-00-019f0000-aaaa-7000-8000-000000000001.jsonl';

async function goToSources(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sources', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'In the ledger' })).toBeVisible();
}

const card = (page: Page, name: string) => page.getByRole('region', { name });

test('a source moved to a plan stops being cash, and the plan shows its fee', async ({ app }) => {
  await app.cli('import', join(samples, 'openai_completions_usage.csv'));
  const page = await app.open();
  await goToSources(page);
  const accounts = card(page, 'Accounts');
  await expect(accounts.getByRole('row', { name: /OpenAI API/ })).toContainText('$0.18');

  await page.getByRole('button', { name: 'Add account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Team plan');
  await dialog.getByRole('radio', { name: /^Plan/ }).check();
  await dialog.getByLabel('Fee in USD').fill('12,50');
  await dialog.getByRole('button', { name: 'Add account' }).click();
  await expect(dialog.getByText('with a decimal point')).toBeVisible();
  await dialog.getByLabel('Fee in USD').fill('12.50');
  await axe(page);
  await dialog.getByRole('button', { name: 'Add account' }).click();
  await expect(accounts.getByRole('row', { name: /Team plan/ })).toContainText('$12.50 a month');

  await page.getByRole('button', { name: /^Account of OpenAI usage export/ }).click();
  await page.getByRole('menuitemradio', { name: 'Team plan' }).click();
  await expect(page.getByRole('dialog')).toContainText('stops being cash');
  await page.getByRole('button', { name: 'Move source' }).click();
  await expect(page.getByText('now belongs to Team plan')).toBeVisible();
  await expect(accounts.getByRole('row', { name: /Team plan/ })).toContainText('$0.18');
  await expect(accounts.getByRole('row', { name: /OpenAI API/ })).toContainText('$0.00');
});

test('logs are found, read, and who pays for them is asked once', async ({ app }) => {
  const folder = join(app.home, '.claude', 'projects', '-home-dev-shop');
  mkdirSync(folder, { recursive: true });
  cpSync(join(samples, 'claude_code_session.jsonl'), join(folder, 'session.jsonl'));
  const page = await app.open();
  await goToSources(page);
  const logs = card(page, 'Logs on this machine');
  await expect(logs.getByText('Not read yet', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Read now: Claude Code' }).click();
  await expect(page.getByText(/new records from 1 tool/)).toBeVisible();
  await expect(logs.getByText('Not read yet', { exact: true })).toHaveCount(0);
  await axe(page);

  await expect(page.getByText(/Who pays for Claude Code/)).toBeVisible();
  await page.getByRole('button', { name: 'A plan' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Fee in USD').fill('100');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(card(page, 'Accounts')).toContainText('$100.00 a month');
  await expect(page.getByText(/Who pays for Claude Code/)).toHaveCount(0);
  await page.reload();
  await expect(card(page, 'Accounts')).toContainText('$100.00 a month');
  await expect(page.getByText(/Who pays for Claude Code/)).toHaveCount(0);
});

test('a folder of one’s own is looked in, and no longer once it is removed', async ({ app }) => {
  const folder = join(app.home, 'old-laptop', 'sessions');
  mkdirSync(folder, { recursive: true });
  cpSync(join(samples, codexLog), join(folder, codexLog.replace('codex_', '')));
  const page = await app.open();
  await goToSources(page);
  await page.getByRole('button', { name: /^None of \d+ tools was found/ }).click();
  await page.getByRole('button', { name: /^Codex/ }).click();
  await page.getByLabel(/Another folder with Codex/).fill(`${folder}/`);
  await page.getByRole('button', { name: 'Add folder' }).click();
  await expect(page.getByRole('button', { name: /^Read now: Codex/ })).toBeVisible();
  await axe(page);
  await expect(page.getByRole('button', { name: 'Add folder' })).toBeVisible();
  await page.getByRole('button', { name: `Remove ${folder}` }).click();
  await expect(page.getByRole('button', { name: /^Read now: Codex/ })).toHaveCount(0);
});

test('the check of everything names each tool’s folders', async ({ app }) => {
  const page = await app.open();
  await goToSources(page);
  await page.getByRole('button', { name: 'Check everything' }).click();
  const sheet = page.getByRole('dialog', { name: 'Check everything' });
  await sheet.getByRole('button', { name: /tools not found here/ }).click();
  await expect(sheet.getByText('.codex/sessions').first()).toBeVisible();
  await axe(page);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);

  await page.getByRole('link', { name: 'Imports', exact: true }).click();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.type('doctor');
  await expect(page.getByRole('option', { name: 'Check everything' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(sheet).toBeVisible();
});

test('of several tools who pays is asked in one card', async ({ app }) => {
  putLogs(app.home);
  await app.cli('scan');
  const page = await app.open();
  await goToSources(page);
  const questions = card(page, 'Who pays?');
  await expect(questions.getByRole('listitem')).toHaveCount(2);
  await axe(page);
  await questions.getByRole('button', { name: 'An API key for Claude Code' }).click();
  await expect(questions).toHaveCount(0);
  await expect(page.getByText(/Who pays for Codex/)).toBeVisible();
});

test('a long first screen is read from its top, with the button that reads the logs in focus', async ({
  app,
  host,
}) => {
  test.skip(host === 'desktop', 'the system sizes that window');
  putLogs(app.home);
  const page = await app.open();
  await page.setViewportSize({ width: 900, height: 300 });
  await page.reload();
  await expect(page.getByRole('button', { name: 'Read 2 logs' })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'What do your models cost you?' })).toBeInViewport();
});

/** What Claude Code and Codex left in a home. */
function putLogs(home: string): void {
  const claude = join(home, '.claude', 'projects', '-home-dev-shop');
  const codex = join(home, '.codex', 'sessions', '2026', '07', '01');
  for (const folder of [claude, codex]) mkdirSync(folder, { recursive: true });
  cpSync(join(samples, 'claude_code_session.jsonl'), join(claude, 'session.jsonl'));
  cpSync(join(samples, codexLog), join(codex, codexLog.replace('codex_', '')));
}

import type { Page } from '@playwright/test';
import { axe, expect, test } from './fixtures.ts';

const passphrase = 'several plain words';

async function goToKeys(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page
    .getByRole('navigation', { name: 'Settings' })
    .getByRole('link', { name: 'Keys and vault' })
    .click();
}

test('a passphrase protects the keys, opens them after they were locked, and the log of it can be verified', async ({
  app,
}) => {
  const page = await app.open();
  await goToKeys(page);
  const card = page.getByRole('region', { name: 'Keys and vault' });
  await expect(card.getByText(/This session only|Protected by/)).toBeVisible();
  await axe(page);

  await card.getByRole('button', { name: 'Set…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('New passphrase', { exact: true }).fill('short');
  await dialog.getByRole('button', { name: 'Set passphrase' }).click();
  await expect(dialog.getByText(/At least 8 characters/)).toBeVisible();
  await dialog.getByLabel('New passphrase', { exact: true }).fill(passphrase);
  await dialog.getByLabel('The same again', { exact: true }).fill(passphrase);
  await dialog.getByRole('button', { name: 'Set passphrase' }).click();
  await expect(page.getByText('Passphrase set.')).toBeVisible();
  await expect(card.getByRole('button', { name: 'Change…' })).toBeVisible();

  await card.getByRole('button', { name: 'Lock now' }).click();
  await expect(card.getByText('Locked', { exact: true })).toBeVisible();
  await card.getByRole('button', { name: 'Unlock…' }).click();
  await dialog.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
  await dialog.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(dialog.getByText(/does not open the keys/)).toBeVisible();
  await axe(page);
  await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await dialog.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(dialog).toBeHidden();
  await card.getByRole('button', { name: 'Renew…' }).click();
  // Where the system opened the vault, the passphrase is asked for as well.
  const asked = dialog.getByLabel('Passphrase', { exact: true });
  if (await asked.isVisible()) await asked.fill(passphrase);
  await dialog.getByRole('button', { name: 'Renew data key' }).click();
  await expect(page.getByText('encrypted under a new data key').first()).toBeVisible();

  await page.getByRole('link', { name: 'Open audit log' }).click();
  const log = page.getByRole('table', { name: 'Audit log' });
  await expect(log.getByRole('row', { name: /Passphrase set/ })).toBeVisible();
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('The log is sound.')).toBeVisible();
  await axe(page);
});

test('a changed log says which entry, and the list shows it', async ({ app }) => {
  await app.cli('accounts', 'add', 'Work', '--kind', 'api', '--provider', 'openai');
  await app.cli('settings', 'set', 'weekStart', 'sunday');
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(`${app.dataDir}/ledger.db`);
  db.exec("UPDATE audit SET subject = 'Play' WHERE id = 1");
  db.close();
  const page = await app.open();
  await page.goto(`${page.url().split('#')[0]}#/audit`);
  await expect(page.getByRole('row', { name: /Account added Play/ })).toBeVisible();
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText(/Entry 1 is not what was written/)).toBeVisible();
  await axe(page);
});

import { fillProxy, test } from './fake-proxy.ts';
import { expect } from './fixtures.ts';

test('what is read survives a restart; a vendor that corrects a day is followed, by the window as by the command line', async ({
  app,
  vendor,
}) => {
  // A box is one test's own: its keys are to outlive the host.
  (app.env as Record<string, string>).LLMLAB_PASSPHRASE = 'a long enough phrase';
  const page = await app.open();
  const sheet = await fillProxy(page, vendor);
  await sheet.getByRole('button', { name: 'Save and sync' }).click();
  const first = page.getByRole('dialog', { name: 'First sync' });
  await expect(first.getByText('From now on this happens by itself')).toBeVisible();
  await first.getByRole('link', { name: 'Open overview' }).click();
  const money = page.getByRole('link', { name: /^\$\d/ }).first();
  await expect(money).toBeVisible();
  const shown = await money.textContent();

  await app.close();
  const keys = await app.cli('keys', 'list', '--json');
  expect(JSON.parse(keys.stdout).connections).toMatchObject([
    { provider: 'litellm', isLocal: true, secrets: [{ isSessionOnly: false }] },
  ]);
  const again = await app.cli('sync', 'litellm', '--report', 'spend', '--json');
  expect(again.code, again.stderr).toBe(0);
  expect(JSON.parse(again.stdout).results).toMatchObject([{ state: 'ok', accepted: 0, withdrawn: 0 }]);

  const reopened = await app.open();
  await expect(reopened.getByRole('link', { name: shown ?? '' }).first()).toBeVisible();
  // The vendor takes back everything of the days it may still change.
  vendor.answer('GET', '/user/daily/activity', { json: { results: [], metadata: { has_more: false } } });
  await reopened.getByRole('link', { name: 'Providers', exact: true }).click();
  await reopened.getByRole('button', { name: 'Sync now: LiteLLM proxy' }).click();
  await reopened.getByRole('link', { name: 'Overview', exact: true }).click();
  await expect(reopened.getByRole('link', { name: /^\$\d/ }).first()).not.toHaveText(shown ?? '');
  await app.close();
  const imports = await app.cli('imports', '--json');
  expect(JSON.parse(imports.stdout).imports[0]).toMatchObject({ kind: 'sync', state: 'committed' });
});

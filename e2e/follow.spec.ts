import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { axe, expect, test } from './fixtures.ts';

/** One reply of 1,000 tokens, written now: the range shown at first holds it. */
function reply(id: number): string {
  const message = {
    ...{ id: `msg_${id}`, type: 'message', role: 'assistant', model: 'claude-sonnet-4-5-20250929' },
    usage: { input_tokens: 700, output_tokens: 300 },
  };
  const facts = {
    type: 'assistant',
    sessionId: 's1',
    cwd: '/home/dev/shop',
    timestamp: new Date().toISOString(),
  };
  return `${JSON.stringify({ ...facts, requestId: `req_${id}`, uuid: `u${id}`, message })}\n`;
}

test('what an agent writes shows on Overview without a click, and not while following is paused', async ({
  app,
}) => {
  const folder = join(app.home, '.claude', 'projects', '-home-dev-shop');
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'session.jsonl');
  appendFileSync(log, reply(1));
  await app.cli('scan');
  const page = await app.open();
  const figures = page.locator('main');
  await expect(figures).toContainText('$0.0066');

  appendFileSync(log, reply(2));
  await expect(figures).toContainText('$0.013');

  await page.getByRole('link', { name: 'Sources', exact: true }).click();
  const logs = page.getByRole('region', { name: 'Logs on this machine' });
  await expect(logs.getByText('live', { exact: true }).first()).toBeVisible();
  await axe(page);
  await logs.getByRole('button', { name: 'Pause following' }).click();
  await expect(logs.getByText('paused', { exact: true }).first()).toBeVisible();
  appendFileSync(log, reply(3));
  await logs.getByRole('button', { name: 'Look again' }).click();
  await expect(logs.getByText(/ B new$/)).toBeVisible();
  await logs.getByRole('button', { name: 'Follow logs' }).click();
  await expect(logs.getByText('live', { exact: true }).first()).toBeVisible();

  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await expect(figures).toContainText('$0.020');
});

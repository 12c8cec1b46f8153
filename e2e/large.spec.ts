import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type App, axe, expect, test } from './fixtures.ts';

const pages = [
  '/',
  '/activity',
  '/activity?by=project',
  '/reconcile',
  '/imports',
  '/models',
  '/providers',
  '/health',
  '/sources',
  '/settings',
  '/settings?tab=prices',
  '/audit',
];

/** So many days up to yesterday of 60 models in 40 projects; five days ago one project cost what a fortnight does. */
async function fill(app: App, days = 30): Promise<string> {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const lines = ['Date,Model,Project,Cost'];
  for (let ago = days; ago > 0; ago--)
    for (let model = 0; model < 60; model++)
      lines.push(`${day(ago)},model-${model},project-${(model + ago) % 40},0.${String(model + 10)}`);
  for (let call = 0; call < 40; call++) lines.push(`${day(5)},model-7,project-3,7.00`);
  await take(app, lines);
  return day(5);
}

async function take(app: App, lines: readonly string[]): Promise<void> {
  const file = join(app.home, 'large.csv');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const map = 'date=Date,model=Model,project=Project,cost=Cost';
  const { code, stderr } = await app.cli('import', file, '--map', map, '--map-options', 'currency=USD');
  expect(stderr).toBe('');
  expect(code).toBe(0);
}

/** Goes through every screen: nothing is wider than the window, and axe finds nothing. */
async function expectFits(page: Page, width: number): Promise<void> {
  for (const path of pages) {
    await go(page, path);
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    const tooWide = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(tooWide, `${path} at ${width}`).toBeLessThanOrEqual(0);
    if (width === 900) await axe(page);
  }
}

const go = (page: Page, path: string) => page.evaluate((to) => location.assign(`#${to}`), path);

test('a year of 60 models in 40 projects fits every screen, at 200 % zoom too, and axe finds nothing', async ({
  app,
}) => {
  test.slow();
  await fill(app, 365);
  const page = await app.open();
  await expect(page.getByRole('heading', { name: 'Usage per day' })).toBeVisible();
  for (const [width, height] of [
    [900, 600],
    [640, 400],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectFits(page, width);
    }
  }
});

test('a ledger of one row does so, too', async ({ app }) => {
  await take(app, ['Date,Model,Project,Cost', `${new Date().toISOString().slice(0, 10)},model-1,only,0.07`]);
  const page = await app.open();
  await expect(page.getByText('$0.07').first()).toBeVisible();
  await page.setViewportSize({ width: 900, height: 600 });
  await expectFits(page, 900);
});

test('the day that jumped is named with its cause, by model, project and source', async ({ app }) => {
  const jumped = await fill(app);
  const page = await app.open();
  await go(page, '/?range=30d');
  const card = page.getByRole('region', { name: 'What changed' });
  await expect(card).toContainText(/a usual day/);
  await expect(card).toContainText('model-7 +$280.');
  await card.getByRole('radio', { name: 'Projects' }).click();
  await expect(card).toContainText('project-3 +$');
  await card.getByRole('radio', { name: 'Sources' }).click();
  await expect(card).toContainText('command line +$');
  await card.getByRole('link', { name: /a usual day/ }).click();
  await expect(page).toHaveURL(new RegExp(`from=${jumped}&to=${jumped}`));
  await expect(page.getByText('100 records')).toBeVisible();
});

test('a project of forty is found and chosen without the mouse, and the focus comes back', async ({
  app,
}) => {
  await fill(app);
  const page = await app.open();
  await go(page, '/activity?range=30d');
  // A page that comes takes the focus, and closes what was open.
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  const field = page.getByRole('button', { name: /^Projects:/ });
  await field.focus();
  await page.keyboard.press('Enter');
  // The menu opens whether or not its projects have come; with as many it can be searched.
  await expect(page.getByPlaceholder('Find')).toBeFocused();
  await page.keyboard.type('project-3');
  const found = page.getByRole('option', { name: 'project-3', exact: true });
  await expect(found).toBeVisible();
  await axe(page);
  await page.keyboard.press('Enter');
  await expect(found).toHaveAttribute('aria-checked', 'true');
  await page.keyboard.press('Escape');
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleName('Projects: project-3');
  await go(page, '/activity?range=30d&by=project');
  const table = page.getByRole('table', { name: 'Records by project' });
  await expect(table.getByRole('columnheader', { name: 'Project' })).toBeVisible();
  await expect(table.getByRole('rowheader', { name: 'project-3', exact: true })).toBeVisible();
});

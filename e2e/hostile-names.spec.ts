import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** Texts that would run a script, call a server or fake the window, were they ever more than text. */
function hostileNames(trap: string): readonly string[] {
  const hit = `fetch('${trap}/run')`;
  const tags = [
    `<img src=x onerror="${hit}">`,
    `<img src="${trap}/img">`,
    `<svg onload="${hit}"><animate onbegin="${hit}" attributeName=x dur=1s>`,
    `<svg><use href="${trap}/use#x"/></svg>`,
    `<math><mtext><table><mglyph><style><img src=x onerror="${hit}">`,
    `<script>${hit}</script>`,
    `"><script>${hit}</script>`,
    `'-${hit}-'`,
    `\${${hit}}{{${hit}}}`,
    `<iframe srcdoc="<script>parent.${hit}</script>">`,
    `<iframe src="javascript:${hit}">`,
    `<a href="javascript:${hit}">click</a>`,
    `<form action="${trap}/form"><input autofocus onfocus="${hit}">`,
    `<style>@import '${trap}/css';*{background:url(${trap}/bg)}</style>`,
    `<link rel=stylesheet href="${trap}/link"><link rel=prefetch href="${trap}/pre">`,
    `<video poster="${trap}/poster"><source onerror="${hit}">`,
    `<audio src="${trap}/audio" onerror="${hit}">`,
    `<object data="${trap}/object"><embed src="${trap}/embed">`,
    `<meta http-equiv=refresh content="0;url=${trap}/meta">`,
    `<base href="${trap}/">`,
    `<details open ontoggle="${hit}"><summary>x</summary></details>`,
    `<div style="background:url(${trap}/style)">`,
    `javascript:${hit}`,
    `data:text/html,<script>${hit}</script>`,
  ];
  const markdown = [
    `![x](${trap}/md?d=secret)`,
    `[x](${trap}/link?d=secret)`,
    `![x][r]\n\n[r]: ${trap}/ref?d=secret`,
    `[x](javascript:${hit})`,
    `<${trap}/auto>`,
    `\`\`\`html\n<img src=x onerror="${hit}">\n\`\`\``,
    '>'.repeat(5_000),
    '['.repeat(5_000),
  ];
  const texts = [
    'gpt\u202e5-tpg\u202c',
    '\u2066\u2067gpt\u2069\u2069',
    'g\u200bp\u200dt\u2060',
    `Z${'\u0301'.repeat(2_000)}`,
    '\u001b[2J\u001b[31mYour key has expired\u001b[0m',
    'Total $0.00 · Sign in again at evil.test',
    '__proto__',
    'constructor',
    'toString',
    '%00%0a%3Cscript%3E',
    '&lt;img src=x onerror=alert(1)&gt;&#x3C;script&#x3E;',
    '\u{1F600}'.repeat(500),
    'x'.repeat(900_000),
  ];
  const wrapped = tags.flatMap((tag) => [
    tag,
    `gpt-5${tag}`,
    tag.toUpperCase(),
    encodeURIComponent(tag),
    `\`${tag}\``,
  ]);
  return [...wrapped, ...markdown, ...markdown.slice(0, 5).map((text) => `see ${text} there`), ...texts];
}

const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** A bill whose models, projects and services carry the names, and a row that is refused with one in it. */
function bill(names: readonly string[]): string {
  const header =
    'BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceCategory,ServiceName,x_Model,SubAccountName';
  const row = (cost: string, model: string, project: string) =>
    [
      cost,
      'USD',
      'Usage',
      '2026-07-01T00:00:00Z',
      '2026-07-02T00:00:00Z',
      'Acme',
      'AI and Machine Learning',
      quote(model),
      quote(model),
      quote(project),
    ].join();
  const rows = names.map((name, index) =>
    row(`${index + 1}.25`, name, names[(index + 7) % names.length] ?? ''),
  );
  return [header, ...rows, row('n/a', names[0] ?? '', names[1] ?? ''), ''].join('\n');
}

const year = 'range=custom&from=2026-01-01&to=2026-12-31';

async function show(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
  await expect(page.getByRole('main')).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
}

/** Elements that nothing in the window makes, so that one of them came out of a name. */
async function expectOnlyText(page: Page): Promise<void> {
  const strange =
    'iframe, object, embed, base, form[action], video, audio, math, main script, [onerror], [onload], a[href^="javascript"], img[src="x"]';
  await expect(page.locator(strange)).toHaveCount(0);
}

test('names of models, projects and services that are made to do harm are shown as text everywhere', async ({
  app,
}) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const names = hostileNames(`http://127.0.0.1:${port}`);
  // Windows takes no tag for a name.
  const isWindows = process.platform === 'win32';
  const file = join(
    app.home,
    isWindows ? 'img src=x onerror=alert(1).csv' : '<img src=x onerror=alert(1)>.csv',
  );
  writeFileSync(file, bill(names));
  expect((await app.cli('import', file)).stdout).toContain('refused');

  const page = await app.open();
  const views = ['day', 'model', 'project', 'provider'].map((by) => `#/?${year}&by=${by}`);
  for (const address of [
    ...views,
    `#/activity?${year}`,
    `#/activity?${year}&by=model`,
    '#/sources',
    '#/settings',
    '#/imports',
  ]) {
    await show(page, address);
    await expectOnlyText(page);
  }
  await page
    .getByRole('table', { name: 'History' })
    .getByRole('button', { name: /onerror/ })
    .click();
  await expect(page.getByText('n/a').first()).toBeVisible();
  await expectOnlyText(page);
  await page.keyboard.press('Escape');

  await show(page, `#/activity?${year}`);
  const grid = page.getByRole('grid', { name: 'Records' });
  await expect(
    grid
      .getByRole('gridcell')
      .filter({ hasText: /<|\[|&lt;|%3C/ })
      .first(),
  ).toBeVisible();
  await grid.focus();
  for (let records = 0; records < 25; records++) {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectOnlyText(page);
    await page.keyboard.press('Escape');
    // Keys go to the grid again once the details have gone and given the focus back.
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(grid).toBeFocused();
  }
  await page.keyboard.press('Control+k');
  await page.keyboard.type('img');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectOnlyText(page);
  expect(names.length).toBeGreaterThan(140);
  expect(asked, 'requests at the trap').toEqual([]);
  server.close();
});

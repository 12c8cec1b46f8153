import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { outOfBounds, pathAttacks } from '../src-main/testing/hostile/path-attacks.ts';
import type { Bridge } from '../src-preload/contract/bridge.ts';
import { hostRoutes } from '../src-preload/contract/host.ts';
import { contract } from '../src-preload/contract/index.ts';
import { repository } from './box.ts';
import {
  answerOpen,
  answerSave,
  callAs,
  clickMenu,
  clickTray,
  closeWindow,
  isVisible,
  openedOutside,
  quit,
  trayLabels,
  trayTip,
  watchSystem,
} from './desktop/actions.ts';
import type { DesktopApp } from './desktop/desktop-app.ts';
import { expect, test } from './desktop/fixtures.ts';
import type { FrameFacts } from './electron-stand-in/messages.ts';
import { startWebHost } from './web-host.ts';

const sample = (name: string) => join(repository, 'src-main', 'testing', 'fixtures', 'samples', name);
const sheet = (page: Page) => page.getByRole('dialog');
const rail = (page: Page) => page.getByRole('navigation').first();

const page = 'app://llmlab/index.html';
type WithBridge = { readonly llmlab: Bridge };

const ours: FrameFacts = { url: page, origin: 'app://llmlab' };

/** An export like OpenAI's with one charge of $12.50 on a UTC date. */
function costOn(day: string, path: string): string {
  const [head = ''] = readFileSync(sample('openai_cost.csv'), 'utf8').split('\n');
  const start = Date.parse(`${day}T00:00:00Z`) / 1000;
  const iso = (seconds: number) => `${new Date(seconds * 1000).toISOString().slice(0, 19)}+00:00`;
  const times = [start, start + 86_400, iso(start), iso(start + 86_400)].join(',');
  const rest =
    '12.5,usd,1000,tokens,"gpt-5-mini-2025-08-07, input",u,k,proj_A,org-A,alpha,Example,dev@example.com,api';
  writeFileSync(path, `${head}\n${times},${rest}\n`);
  return path;
}

async function call(app: DesktopApp, route: string, input: unknown): Promise<unknown> {
  const result = await callAs(app, ours, route, input);
  if (!result.ok) throw new Error(`${route}: ${result.error.message}`);
  return result.data;
}

test('a start shows the window with the Overview, on the app’s own origin', async ({ desk }) => {
  const app = await desk.start();
  const view = await app.window();
  await expect(rail(view).getByText('Overview')).toBeVisible();
  await expect.poll(() => isVisible(app)).toBe(true);
  await expect(view.getByText('Drop a billing export or a log anywhere')).toBeVisible();
  expect(await call(app, 'app.info', {})).toMatchObject({ host: 'electron', dataDir: desk.dataDir });
});

test('a page has the bridge and nothing of Node or Electron', async ({ desk }) => {
  const view = await (await desk.start()).window();
  const seen = await view.evaluate(() => ({
    bridge: Object.keys((window as unknown as WithBridge).llmlab).sort(),
    others: ['require', 'process', 'module', 'global', 'electron'].filter((name) => name in window),
  }));
  expect(seen).toEqual({ bridge: ['call', 'listen', 'pathOf', 'ready', 'saveExport'], others: [] });
});

const strangers: Readonly<Record<string, FrameFacts | null>> = {
  'no frame': null,
  'a frame inside the page': { ...ours, isSubframe: true },
  'about:blank': { url: 'about:blank', origin: 'null' },
  'a file': { url: 'file:///tmp/index.html', origin: 'file://' },
  'a local server': { url: 'http://localhost/index.html', origin: 'http://localhost' },
  'a host that begins like ours': { url: 'app://llmlab.evil/', origin: 'app://llmlab.evil' },
  'our host as a login': { url: 'app://llmlab@evil/', origin: 'app://evil' },
  'our host in upper case': { url: 'app://LLMLAB/index.html', origin: 'app://LLMLAB' },
  'another scheme': { url: 'https://llmlab/index.html', origin: 'https://llmlab' },
  'a destroyed frame': { ...ours, isDestroyed: true },
  'the developer tools': { url: 'devtools://devtools/bundled/x.html', origin: 'devtools://devtools' },
  'a data address': { url: 'data:text/html,x', origin: 'null' },
  'other web contents': { ...ours, contentsId: 999 },
};

test('no route answers anybody but the window', async ({ desk }) => {
  const app = await desk.start();
  await app.window();
  const answered: string[] = [];
  for (const route of [...Object.keys(contract), ...Object.keys(hostRoutes)]) {
    for (const [who, from] of Object.entries(strangers)) {
      const result = await callAs(app, from, route, {});
      if (result.ok || result.error.code !== 'FORBIDDEN') answered.push(`${route} to ${who}`);
    }
  }
  expect(answered).toEqual([]);
});

test('a dropped file is previewed by its path and committed', async ({ desk }) => {
  const app = await desk.start();
  const view = await app.window();
  await expect(rail(view)).toBeVisible();
  await view.evaluate(() => {
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', id: 'dropped' });
    document.body.append(input);
  });
  await view.locator('#dropped').setInputFiles(sample('openai_cost.csv'));
  await view.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#dropped');
    const dataTransfer = new DataTransfer();
    for (const file of input?.files ?? []) dataTransfer.items.add(file);
    input?.remove();
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await expect(sheet(view).getByText('openai_cost.csv').first()).toBeVisible();
  await sheet(view)
    .getByRole('button', { name: /^Commit \d+ row/ })
    .click();
  await expect.poll(() => call(app, 'app.info', {})).not.toMatchObject({ records: 0 });
  expect(await call(app, 'imports.list', {})).toMatchObject({
    imports: [{ path: sample('openai_cost.csv') }],
  });
});

test('Open in the menu and a file given at the start ask for a preview', async ({ desk }) => {
  const app = await desk.start(sample('openrouter_activity.csv'));
  const view = await app.window();
  await expect(sheet(view).getByText('openrouter_activity.csv').first()).toBeVisible();
  await answerOpen(app, [sample('openai_cost_2025.csv')]);
  await clickMenu(app, 'Import files…');
  await expect(sheet(view).getByText('openai_cost_2025.csv').first()).toBeVisible();
  expect(await call(app, 'app.info', {})).toMatchObject({ records: 0 });
});

test('the tray says today’s cash as soon as it changes, and its menu works', async ({ desk }) => {
  const app = await desk.start();
  await app.window();
  await watchSystem(app);
  const { today } = (await call(app, 'app.info', {})) as { today: string };
  const file = { path: costOn(today, join(desk.home, 'today.csv')) };
  await call(app, 'imports.commit', { file });
  await expect.poll(() => trayTip(app)).toBe('LLMLab: $12.50 today');
  expect(await trayLabels(app)).toEqual([
    'Today: $12.50',
    'This month: $12.50',
    'Open LLMLab',
    'Read logs now',
    'Quit LLMLab',
  ]);
  await clickTray(app, 'Quit LLMLab');
  expect(await app.ended).toBe(0);
});

test('closing hides the window, the tray brings it back, and without the tray closing ends the app', async ({
  desk,
}) => {
  const app = await desk.start();
  await app.window();
  await watchSystem(app);
  await expect.poll(() => isVisible(app)).toBe(true);
  await closeWindow(app);
  expect(await isVisible(app)).toBe(false);
  await call(app, 'settings.save', { theme: 'dark' });
  await expect.poll(() => trayLabels(app)).toContain('Open LLMLab');
  await clickTray(app, 'Open LLMLab');
  expect(await isVisible(app)).toBe(true);
  await call(app, 'settings.save', { closeToTray: false });
  await app.evaluate(async (_, __) => new Promise((done) => setImmediate(done)), null);
  await closeWindow(app);
  expect(await app.ended).toBe(0);
});

test('a second start shows the first one’s window and hands over files and links', async ({ desk }) => {
  const first = await desk.start();
  const view = await first.window();
  await expect.poll(() => isVisible(first)).toBe(true);
  await closeWindow(first);
  expect(await isVisible(first)).toBe(false);

  const second = await desk.start(sample('openai_cost.csv'));
  expect(await second.ended).toBe(0);
  await expect.poll(() => isVisible(first)).toBe(true);
  await expect(sheet(view).getByText('openai_cost.csv').first()).toBeVisible();

  expect(await (await desk.start('llmlab://sources')).ended).toBe(0);
  await expect.poll(() => view.url()).toMatch(/#\/sources$/);
});

test('quitting stops the core: the data folder is free and the window opens where it was', async ({
  desk,
}) => {
  const bounds = { x: 40, y: 60, width: 1000, height: 700 };
  const app = await desk.start();
  await app.window();
  await app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), bounds);
  await quit(app);
  expect(await app.ended).toBe(0);
  const { code, stdout, stderr } = await desk.cli('report', '--json');
  expect(`${stderr}${code}`).toBe('0');
  expect(JSON.parse(stdout)).toHaveProperty('totals');

  const again = await desk.start();
  await again.window();
  const opened = await again.evaluate(
    ({ BrowserWindow }, _) => BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
    null,
  );
  expect(opened).toEqual(bounds);
});

test('an export goes where the user says, and nowhere when they close the dialog', async ({ desk }) => {
  const app = await desk.start();
  const view = await app.window();
  await call(app, 'imports.commit', { file: { path: sample('openai_cost.csv') } });
  const exported = async () => {
    const { exportId } = (await call(app, 'exports.create', { format: 'csv', filters: {} })) as {
      exportId: string;
    };
    return view.evaluate((id) => (window as unknown as WithBridge).llmlab.saveExport?.(id), exportId);
  };
  const path = join(desk.home, 'mine.csv');
  await answerSave(app, null);
  expect(await exported()).toEqual({ saved: false });
  expect(existsSync(path)).toBe(false);
  await answerSave(app, path);
  expect(await exported()).toEqual({ saved: true });
  expect(readFileSync(path, 'utf8')).toContain('gpt-5-mini');
});

test('a data folder in use is told in one sentence, and the app ends', async ({ desk }) => {
  const host = await startWebHost(desk);
  try {
    const app = await desk.start();
    app.window().catch(() => {});
    expect(await app.ended).toBe(1);
    expect(app.output()).toContain('LLMLab cannot start: ');
    expect(app.output()).not.toContain('    at ');
  } finally {
    await host.stop();
  }
});

test('a link leaves by the system’s browser when it is https, and opens nothing otherwise', async ({
  desk,
}) => {
  const app = await desk.start();
  const view = await app.window();
  await watchSystem(app);
  for (const url of [
    'http://example.com',
    'file:///etc/passwd',
    'app://llmlab/index.html',
    'https://example.com/a',
  ])
    await view.evaluate((to) => globalThis.open(to), url);
  await expect.poll(() => openedOutside(app)).toEqual(['https://example.com/a']);
  expect(await app.evaluate(({ BrowserWindow }, _) => BrowserWindow.getAllWindows().length, null)).toBe(1);
});

test('the page cannot be led away', async ({ desk }) => {
  const app = await desk.start();
  const view = await app.window();
  const address = view.url();
  await view.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await view.evaluate(() => {
    location.href = 'app://llmlab.evil/';
  });
  await expect(rail(view)).toBeVisible();
  expect(view.url()).toBe(address);
});

test.describe('a page that was taken over', () => {
  test.use({ provoked: /Failed to load resource|Fetch API cannot load|Content Security Policy|not allowed/ });

  test('reads no file but its own, however it spells the address', async ({ desk }) => {
    writeFileSync(join(desk.home, 'secret.txt'), outOfBounds);
    const view = await (await desk.start()).window();
    await expect(rail(view)).toBeVisible();
    const ask = (addresses: readonly string[]) =>
      view.evaluate(async (urls) => {
        const read = async (url: string) => {
          // What the policy or the parser refuses never leaves the page.
          const reply = await fetch(url).catch(() => null);
          return { url, status: reply?.status ?? 0, text: (await reply?.text()) ?? '' };
        };
        return Promise.all(urls.map((url) => read(url.startsWith('file:') ? url : location.origin + url)));
      }, addresses);
    const [index] = await ask(['/index.html']);
    expect(index).toMatchObject({ status: 200, text: expect.stringContaining('<title>') });
    // Files that are there: beside the window's folder, in the sources and in the person's home.
    const more = [
      ...[
        '/../preload/index.cjs',
        '/%2e%2e/main/electron.js',
        '/../../package.json',
        '/..%2f..%2fpackage.json',
      ],
      ...[join(desk.home, 'secret.txt'), join(repository, 'package.json')],
      ...[`file://${join(desk.home, 'secret.txt')}`, 'file:///etc/passwd'],
    ];
    const answers = await ask([...pathAttacks, ...more]);
    // Chromium itself folds `/./` and `#…`: what it makes of those is the page, and nothing else is ever answered.
    const given = answers.filter(({ status, text }) => status !== 404 && text !== '' && text !== index?.text);
    expect(given).toEqual([]);
    expect(answers.filter(({ status }) => status === 404).length).toBeGreaterThan(40);
  });
});

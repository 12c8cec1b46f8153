import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { type Box, createBox } from './box.ts';
import { quit } from './desktop/actions.ts';
import { startDesktop } from './desktop/start-desktop.ts';
import { expectNoTrouble, watchPage } from './watch-page.ts';
import { startWebHost } from './web-host.ts';

export interface App extends Box {
  /**
   * Starts the host on this box (once) and opens its window. What a test imports with `cli` before is there already;
   * afterwards the host holds the data folder.
   */
  open(): Promise<Page>;
  /** The link the web host printed; it opens one window. */
  readonly url: string;
  /** Ends the host, as Ctrl-C or Quit does: `cli` and `open` work again. */
  close(): Promise<void>;
}

type Host = 'web' | 'desktop';

/** A running host and its window, whichever it is. */
interface Running {
  readonly page: Page;
  readonly url: string | null;
  stop(): Promise<void>;
}

/**
 * Tests on a built host: the web host, or the desktop app where the project says so. A window that throws, logs an
 * error, violates its content security policy or asks another server fails the test.
 */
export const test = base.extend<{ app: App; host: Host }>({
  host: ['web', { option: true }],
  app: async ({ page, context, host }, use) => {
    const box = createBox();
    const trouble = watchPage(page);
    let running: Running | null = null;
    const start = () => (host === 'web' ? onWeb(page, box) : onDesktop(context, box, trouble));
    const close = async () => {
      await running?.stop();
      running = null;
    };
    try {
      await use({
        ...box,
        get url() {
          if (!running?.url) throw new Error('open() starts the host; only the web host has a link');
          return running.url;
        },
        open: async () => {
          if (running?.url) await running.page.goto(running.url);
          running ??= await start();
          return running.page;
        },
        close,
      });
      expectNoTrouble(trouble);
    } finally {
      await close();
      box.remove();
    }
  },
});

async function onWeb(page: Page, box: Box): Promise<Running> {
  const { url, stop } = await startWebHost(box);
  await page.goto(url);
  return {
    ...{ page, url },
    stop: async () => {
      // A window left open would report that its host is gone.
      await page.goto('about:blank');
      await stop();
    },
  };
}

async function onDesktop(context: BrowserContext, box: Box, trouble: string[]): Promise<Running> {
  const app = await startDesktop(context, box);
  const page = await app.window();
  watchPage(page, trouble);
  return {
    ...{ page, url: null },
    stop: async () => {
      await quit(app);
      await app.ended;
    },
  };
}

/** Asserts that axe finds nothing on the page as it is now. */
export async function axe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((n) => n.html).join('\n  ')}`,
  );
  expect(found, 'axe').toEqual([]);
}

export { expect };

import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { type Box, createBox } from './box.ts';
import { expectNoTrouble, watchPage } from './watch-page.ts';
import { startWebHost, type WebHost } from './web-host.ts';

export interface App extends Box {
  /**
   * Starts the web host on this box (once) and opens its link in the test's page. What a test imports with `cli`
   * before is there already; afterwards the host holds the data folder.
   */
  open(): Promise<Page>;
  /** The link the host printed; it opens one window. */
  readonly url: string;
  /** Ends the host, as Ctrl-C does: `cli` and `open` work again. */
  close(): Promise<void>;
}

/**
 * Tests on the built web host. A window that throws, logs an error, violates its content security policy or asks
 * another server fails the test.
 */
export const test = base.extend<{ app: App }>({
  app: async ({ page }, use) => {
    const box = createBox();
    const trouble = watchPage(page);
    let host: WebHost | null = null;
    const close = async () => {
      if (!host) return;
      // A window left open would report that its host is gone.
      await page.goto('about:blank');
      await host.stop();
      host = null;
    };
    try {
      await use({
        ...box,
        get url() {
          if (!host) throw new Error('open() starts the host');
          return host.url;
        },
        open: async () => {
          host ??= await startWebHost(box);
          await page.goto(host.url);
          return page;
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

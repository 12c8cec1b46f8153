import { test as base, expect } from '@playwright/test';
import { type Box, createBox } from '../box.ts';
import { expectNoTrouble, watchPage } from '../watch-page.ts';
import type { DesktopApp } from './desktop-app.ts';
import { startDesktop } from './start-desktop.ts';

export interface Desk extends Box {
  /** Starts the desktop app on this box, with arguments as a person gives them. */
  start(...args: readonly string[]): Promise<DesktopApp>;
}

/** Tests of the built desktop app; its window must stay silent as in the web host, but for what a test provokes. */
export const test = base.extend<{ desk: Desk; provoked: RegExp | null }>({
  provoked: [null, { option: true }],
  desk: async ({ context, provoked }, use) => {
    const box = createBox();
    const running: DesktopApp[] = [];
    const troubles: (readonly string[])[] = [];
    context.on('page', (page) => troubles.push(watchPage(page)));
    const start = async (...args: readonly string[]) => {
      const app = await startDesktop(context, box, args);
      running.push(app);
      if (app.runs === 'Electron')
        void app.window().then(
          (page) => troubles.push(watchPage(page)),
          () => {},
        );
      return app;
    };
    try {
      await use({ ...box, start });
      expectNoTrouble(troubles.flat().filter((trouble) => !provoked?.test(trouble)));
    } finally {
      for (const app of running) app.kill();
      await Promise.all(running.map(({ ended }) => ended));
      box.remove();
    }
  },
});

export { expect };

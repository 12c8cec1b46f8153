import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/chromium.mjs';

/** Which host a test's window belongs to; see e2e/fixtures.ts. */
type HostOption = { host: 'web' | 'desktop' };

const executablePath = findChromium();
const isRoot = process.getuid?.() === 0;

export default defineConfig<HostOption>({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  globalSetup: './e2e/desktop/say-what-runs.ts',
  projects: [
    { name: 'web', testIgnore: 'desktop.spec.ts' },
    // Journeys that mean the same in both windows run in both.
    {
      name: 'desktop',
      testMatch:
        /(calls|desktop|follow|import|palette|providers|reconcile|settings|sources|vault)\.spec\.ts$/,
      use: { host: 'desktop' },
    },
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        ...(isRoot ? ['--no-sandbox'] : []),
      ],
    },
  },
});

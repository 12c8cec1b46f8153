import { expect, type Page } from '@playwright/test';

const ownHosts = new Set(['127.0.0.1', 'llmlab.stand-in']);

/** Collects what must never happen in a window: thrown errors, error messages, requests to other places. */
export function watchPage(page: Page, trouble: string[] = []): string[] {
  page.on('pageerror', (error) => trouble.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    // Violations of the content security policy arrive here as well.
    if (message.type() === 'error') trouble.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isOwn = ownHosts.has(hostname) || ['app:', 'data:', 'blob:'].includes(protocol);
    // A navigation is somebody's click, and where a host forbids it a test of its own.
    if (!isOwn && !request.isNavigationRequest()) trouble.push(`request to another place: ${request.url()}`);
  });
  return trouble;
}

export function expectNoTrouble(trouble: readonly string[]): void {
  expect(trouble, 'errors, policy violations and outside requests of the window').toEqual([]);
}

import { expect, it } from 'vitest';
import { routeOfLink } from './deep-link.ts';

it.each([
  ['llmlab://', '/'],
  ['llmlab:///', '/'],
  ['llmlab://sources', '/sources'],
  ['LLMLAB://Activity/?from=2026-07-01&to=2026-07-02', '/activity?from=2026-07-01&to=2026-07-02'],
  ['llmlab://activity?q=<script>', '/activity?q=%3Cscript%3E'],
])('%s shows %s', (link, route) => {
  expect(routeOfLink(link)).toBe(route);
});

it.each([
  'https://sources',
  'llmlab:sources',
  'llmlab://a/b',
  'llmlab://../etc',
  'llmlab://activity#/settings',
  'llmlab://a b',
  'llmlab://%2e%2e',
  `llmlab://activity?q=${'a'.repeat(2000)}`,
])('%s shows nothing', (link) => {
  expect(routeOfLink(link)).toBeNull();
});

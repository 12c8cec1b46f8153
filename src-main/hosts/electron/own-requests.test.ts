import { expect, it } from 'vitest';
import { isGranted, isOwnDownload, isOwnRequest } from './own-requests.ts';

it.each([
  'app://llmlab/index.html',
  'blob:app://llmlab/1',
  'data:image/png;base64,AA',
  'devtools://devtools/x',
])('loads %s', (url) => expect(isOwnRequest(url)).toBe(true));

it.each([
  'https://example.com/',
  'http://127.0.0.1/',
  'ws://example.com',
  'file:///etc/passwd',
  'app://llmlab.evil/x',
  'app://llmlab',
  'data:text/html,x',
  'blob:https://example.com/1',
])('does not load %s', (url) => expect(isOwnRequest(url)).toBe(false));

it('keeps only files the window made', () => {
  expect(isOwnDownload('blob:app://llmlab/1')).toBe(true);
  expect(isOwnDownload('app://llmlab/index.html')).toBe(false);
  expect(isOwnDownload('https://example.com/x.exe')).toBe(false);
});

it('grants the clipboard to our page and nothing to anybody else', () => {
  expect(isGranted('clipboard-sanitized-write', 'app://llmlab/index.html')).toBe(true);
  expect(isGranted('clipboard-sanitized-write', 'app://llmlab.evil')).toBe(false);
  for (const permission of [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'openExternal',
    'hid',
    'usb',
  ])
    expect(isGranted(permission, 'app://llmlab')).toBe(false);
});

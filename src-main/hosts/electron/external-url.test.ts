import { expect, it } from 'vitest';
import { externalUrl } from './external-url.ts';

it.each([
  ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
  ['HTTPS://Example.com', 'https://example.com/'],
  ['https://example.com:8443/x', 'https://example.com:8443/x'],
])('%s may be opened', (text, url) => {
  expect(externalUrl(text)).toBe(url);
});

it.each([
  'http://example.com',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'file:///etc/passwd',
  'file://server/share',
  'smb://server/share',
  'ms-msdt:/id PCWDiagnostic',
  'data:text/html,<script>1</script>',
  'vscode://file/etc/passwd',
  'mailto:a@example.com',
  'tel:123',
  'app://llmlab/index.html',
  'llmlab://sources',
  'blob:https://example.com/1',
  'about:blank',
  'ftp://example.com',
  'ws://example.com',
  'https://user@example.com',
  'https://user:pass@example.com',
  'https://:pass@example.com',
  'https://example.com\\@evil.com',
  'https:example.com',
  'https:///example.com',
  'https:\\\\example.com',
  ' https://example.com',
  'https://example.com\n',
  'https://exam\u0000ple.com',
  'https://example.com/\u202egpj.exe',
  'https://exam\u200bple.com',
  'https://',
  '//example.com',
  '',
  `https://example.com/${'a'.repeat(2048)}`,
])('%j may not', (text) => {
  expect(externalUrl(text)).toBeNull();
});

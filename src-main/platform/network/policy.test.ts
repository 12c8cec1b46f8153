import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reachOf } from './address.ts';
import { checkTarget, isDeclared } from './policy.ts';

const anyLocal = (url: URL) => ({ origins: [url.origin], isLocal: true });
const anyPublic = (url: URL) => ({ origins: [url.origin], isLocal: false });

describe('addresses', () => {
  test.each([
    ['93.184.216.34', 'public'],
    ['2606:2800:220:1::1', 'public'],
    ['127.0.0.1', 'private'],
    ['127.8.9.1', 'private'],
    ['::1', 'private'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['100.128.0.1', 'public'],
    ['fd12:3456::1', 'private'],
    ['::ffff:127.0.0.1', 'private'],
    ['::ffff:7f00:1', 'private'],
    ['64:ff9b::10.0.0.1', 'private'],
    ['2002:c0a8:0101::1', 'private'],
    ['169.254.169.254', 'never'],
    ['::ffff:169.254.169.254', 'never'],
    ['::ffff:a9fe:a9fe', 'never'],
    ['64:ff9b::a9fe:a9fe', 'never'],
    ['2002:a9fe:a9fe::', 'never'],
    ['::169.254.169.254', 'never'],
    ['fe80::1', 'never'],
    ['fe80::1%eth0', 'never'],
    ['febf::1', 'never'],
    ['fd00:ec2::254', 'never'],
    ['100.100.100.200', 'never'],
    ['0.0.0.0', 'never'],
    ['0.1.2.3', 'never'],
    ['::', 'never'],
    ['224.0.0.1', 'never'],
    ['255.255.255.255', 'never'],
    ['ff02::1', 'never'],
    ['not an address', 'never'],
    ['', 'never'],
  ])('%s is %s', (address, reach) => expect(reachOf(address)).toBe(reach));

  test('an IPv4 address means the same in every IPv6 spelling of it', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
        const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
        const spellings = [
          `::ffff:${address}`,
          `::ffff:${hex}`,
          `0:0:0:0:0:FFFF:${hex}`,
          `64:ff9b::${address}`,
        ];
        for (const spelling of spellings) expect(reachOf(spelling)).toBe(reachOf(address));
      }),
    );
  });
});

/** T5.3: what a base URL can be made to say. Each was a way in somewhere. */
const spellings = [
  // The metadata address, 13 ways.
  ...['http://169.254.169.254/', 'http://2852039166/', 'http://0xa9fea9fe/', 'http://0xA9.0xFE.0xA9.0xFE/'],
  ...['http://0251.0376.0251.0376/', 'http://025177524776/', 'http://169.16689662/', 'http://169.254.43518/'],
  ...['http://0xa9.254.0251.254/', 'http://[::ffff:169.254.169.254]/', 'http://[::ffff:a9fe:a9fe]/'],
  ...['http://[64:ff9b::a9fe:a9fe]/', 'http://１６９.254.169.254/'],
  // Other services of that kind, by name and address.
  ...[
    'http://metadata.google.internal/',
    'http://metadata.google.internal./',
    'http://METADATA.google.internal/',
  ],
  ...['http://metadata.goog/', 'http://100.100.100.200/', 'http://[fd00:ec2::254]/', 'http://192.0.0.192/'],
  ...['http://168.63.129.16/', 'http://169.254.170.2/', 'http://instance-data/'],
  // No server's address.
  ...['http://0.0.0.0/', 'http://0/', 'http://[::]/', 'http://[::ffff:0.0.0.0]/', 'http://224.0.0.1/'],
  ...['http://255.255.255.255/', 'http://[ff02::1]/', 'http://[fe80::1]/', 'http://0.0.0.1/'],
  // Not the web, and logins.
  ...['file:///etc/passwd', 'ftp://127.0.0.1/', 'data:text/plain,x', 'javascript:alert(1)'],
  ...['http://user:pass@127.0.0.1/', 'http://user@127.0.0.1/', 'https://a:b@api.example.com/'],
  // A public server in the clear.
  ...['http://93.184.216.34/'],
];

describe('targets', () => {
  test.each(spellings)('%s is refused, also for a server the user called local', (text) => {
    const url = new URL(text);
    expect(() => checkTarget(url, anyLocal(url))).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  test.each([
    ...[
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://0177.0.0.1/',
    ],
    ...['https://[::ffff:7f00:1]/', 'https://10.0.0.7/', 'https://192.168.0.1/', 'https://[fd12::1]/'],
    ...['http://api.example.com/'],
  ])('%s is refused for a vendor', (text) => {
    const url = new URL(text);
    expect(() => checkTarget(url, anyPublic(url))).toThrow(/^.* was not asked: .*Nothing was sent\.$/);
  });

  test('what is declared passes, and a server of one’s own once it is called local', () => {
    const passes = (text: string, isLocal: boolean) => {
      const url = new URL(text);
      checkTarget(url, { origins: [url.origin], isLocal });
    };
    passes('https://api.example.com/v1/models', false);
    passes('http://localhost:11434/api', true);
    passes('http://127.0.0.1:1234', true);
    passes('http://[::1]:1234', true);
    passes('https://gpu.lan:8443', true);
  });
});

test('a pattern stands for one label or part of one, and for nothing beside it', () => {
  const is = (origin: string, pattern: string) => isDeclared(origin, [pattern]);
  expect(is('https://api.example.com', 'https://api.example.com')).toBe(true);
  expect(is('https://api.example.com', 'https://api.example.com/v1')).toBe(true);
  expect(is('https://eu.example.com', 'https://*.example.com')).toBe(true);
  expect(is('https://bedrock-runtime.eu-west-1.amazonaws.com', 'https://bedrock-*.*.amazonaws.com')).toBe(
    true,
  );
  for (const origin of [
    ...[
      'https://a.b.example.com',
      'https://example.com',
      'https://.example.com',
      'https://example.com.evil.test',
    ],
    ...['https://evil.test#.example.com', 'https://evilexample.com', 'https://eu.example.com:8443'],
    ...['http://eu.example.com', 'https://eu-example.com', 'https://eu.exampleXcom', 'null'],
  ])
    expect(is(origin, 'https://*.example.com'), origin).toBe(false);
});

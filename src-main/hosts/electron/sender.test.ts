import { describe, expect, it } from 'vitest';
import { isTrustedSender, type Sender, type SenderFrame } from './sender.ts';

const frame: SenderFrame = {
  url: 'app://llmlab/index.html#/activity',
  origin: 'app://llmlab',
  parent: null,
  detached: false,
  isDestroyed: () => false,
};
const ours: Sender = { frame, contentsId: 1, windowContentsId: 1 };
const at = (url: string, origin = 'app://llmlab'): Sender => ({ ...ours, frame: { ...frame, url, origin } });

describe('the sender check', () => {
  it('lets the top frame of our own window call', () => {
    expect(isTrustedSender(ours)).toBe(true);
  });

  it.each<[string, Sender]>([
    ['a frame that is gone', { ...ours, frame: null }],
    ['a frame inside our page', { ...ours, frame: { ...frame, parent: frame } }],
    ['about:blank', at('about:blank', 'null')],
    ['about:blank that inherited our origin', at('about:blank')],
    ['a file', at('file:///index.html', 'file://')],
    ['a local server', at('http://localhost/index.html', 'http://localhost')],
    ['a host that begins like ours', at('app://llmlab.evil/index.html', 'app://llmlab.evil')],
    ['ours as a login', at('app://llmlab@evil/index.html', 'app://evil')],
    ['upper case', at('app://LLMLAB/index.html', 'app://LLMLAB')],
    ['another scheme', at('https://llmlab/index.html', 'https://llmlab')],
    ['a destroyed frame', { ...ours, frame: { ...frame, isDestroyed: () => true } }],
    ['a detached frame', { ...ours, frame: { ...frame, detached: true } }],
    ['the developer tools', at('devtools://devtools/bundled/index.html', 'devtools://devtools')],
    ['a data address', at('data:text/html,x', 'null')],
    ['a sandboxed page of ours', at('app://llmlab/index.html', 'null')],
    ['other web contents', { ...ours, contentsId: 2 }],
    ['anybody while there is no window', { ...ours, windowContentsId: null }],
  ])('refuses %s', (_what, sender) => {
    expect(isTrustedSender(sender)).toBe(false);
  });
});

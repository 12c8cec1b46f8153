import { expect, it } from 'vitest';
import { eventChannel } from '../../../src-preload/contract/channels.ts';
import type { CoreEvent } from '../../../src-preload/contract/events.ts';
import { createWindowLink } from './window-link.ts';

const request: CoreEvent = { kind: 'import.requested', paths: ['/a.csv'] };
const change: CoreEvent = { kind: 'ledger.changed' };

function receiver() {
  const heard: unknown[] = [];
  return { heard, send: (...message: unknown[]) => heard.push(message), isDestroyed: () => false };
}

it('keeps a request until the window follows requests, once and in order', () => {
  const [link, window] = [createWindowLink(), receiver()];
  link.send(request);
  link.send(change);
  link.send({ kind: 'navigate', to: '/sources' });
  link.ready(window);
  link.ready(window);
  expect(window.heard).toEqual([
    [eventChannel, request],
    [eventChannel, { kind: 'navigate', to: '/sources' }],
  ]);
});

it('sends nothing to a window that is gone; a request waits for the next', () => {
  const [link, first, next] = [createWindowLink(), receiver(), receiver()];
  link.ready(first);
  link.lost();
  link.send(request);
  link.ready(next);
  link.send(change);
  expect(first.heard).toEqual([]);
  expect(next.heard).toEqual([
    [eventChannel, request],
    [eventChannel, change],
  ]);
});

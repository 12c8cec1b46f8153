import type { IpcMainInvokeEvent } from 'electron';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostRoutes } from '../../../src-preload/contract/host.ts';
import { contract } from '../../../src-preload/contract/index.ts';
import type { Failure, Result } from '../../../src-preload/contract/result.ts';
import { answerCalls, type CallGate } from './ipc.ts';

const page = 'app://llmlab/index.html';
const frame = { url: page, origin: 'app://llmlab', parent: null, detached: false, isDestroyed: () => false };
const logged: string[] = [];
const log = { info: () => {}, warn: () => {}, error: (message: string) => logged.push(message) };

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<Result<unknown>>;

/** The gate as Electron would call it, with what it let through. */
function gate(host: Partial<CallGate['host']> = {}) {
  const reached: unknown[] = [];
  let listener: Listener | undefined;
  const core: CallGate['core'] = {
    // Only whether the core is reached matters here, not what it answers.
    call: (async (route: string) => {
      reached.push(route);
      return { ok: true, data: {} };
    }) as CallGate['core']['call'],
  };
  const ready: CallGate['host']['host.ready'] = async () => {
    reached.push('host.ready');
    return { ok: true, data: {} };
  };
  const save: CallGate['host']['host.saveExport'] = async ({ exportId }) => {
    reached.push(exportId);
    return { ok: true, data: { saved: true } };
  };
  answerCalls(
    {
      handle: (_channel, handle) => {
        listener = handle;
      },
    },
    { core, log, windowContentsId: () => 7, host: { 'host.ready': ready, 'host.saveExport': save, ...host } },
  );
  const call = (from: object | null, route: unknown, input: unknown, id = 7) =>
    listener?.({ senderFrame: from, sender: { id } } as IpcMainInvokeEvent, route, input);
  return { call, reached };
}

/** Who may not call, as Electron describes a sender: its frame and the id of its web contents. */
const strangers: readonly (readonly [string, object | null, number])[] = [
  ['a frame that is gone', null, 7],
  ['a frame in our page', { ...frame, parent: frame }, 7],
  ['a frame in a frame of our page', { ...frame, parent: { ...frame, parent: frame } }, 7],
  ['a destroyed frame', { ...frame, isDestroyed: () => true }, 7],
  ['a detached frame', { ...frame, detached: true }, 7],
  ['about:blank with our origin', { ...frame, url: 'about:blank' }, 7],
  ['a sandboxed page of ours', { ...frame, origin: 'null' }, 7],
  ['a file', { ...frame, url: 'file:///index.html', origin: 'file://' }, 7],
  ['a data address', { ...frame, url: 'data:text/html,x', origin: 'null' }, 7],
  ['a script address', { ...frame, url: 'javascript:1', origin: 'null' }, 7],
  ['a page made of a blob', { ...frame, url: 'blob:app://llmlab/1' }, 7],
  ['a local server', { ...frame, url: 'http://127.0.0.1/', origin: 'http://127.0.0.1' }, 7],
  ['another site', { ...frame, url: 'https://evil/', origin: 'https://evil' }, 7],
  ['a host that begins like ours', { ...frame, url: 'app://llmlab.evil/', origin: 'app://llmlab.evil' }, 7],
  ['our host as a login', { ...frame, url: 'app://llmlab@evil/', origin: 'app://evil' }, 7],
  ['our host in upper case', { ...frame, url: 'app://LLMLAB/', origin: 'app://LLMLAB' }, 7],
  ['the developer tools', { ...frame, url: 'devtools://devtools/x', origin: 'devtools://devtools' }, 7],
  ['an extension', { ...frame, url: 'chrome-extension://x/', origin: 'chrome-extension://x' }, 7],
  ['a webview of our own page', frame, 8],
  ['contents without an id', frame, Number.NaN],
];

const routes = [...Object.keys(contract), ...Object.keys(hostRoutes)];
const codeOf = (result: Result<unknown> | undefined) => (result as Failure | undefined)?.error?.code;

describe('the one channel', () => {
  it.each(routes)('refuses %s to everybody but the window', async (route) => {
    const { call, reached } = gate();
    for (const [who, from, id] of strangers)
      expect(codeOf(await call(from, route, {}, id)), who).toBe('FORBIDDEN');
    expect(reached).toEqual([]);
  });

  it('hands the window’s calls on', async () => {
    const { call, reached } = gate();
    expect(await call(frame, 'app.info', {})).toEqual({ ok: true, data: {} });
    expect(await call(frame, 'host.saveExport', { exportId: 'e1' })).toEqual({
      ok: true,
      data: { saved: true },
    });
    expect(reached).toEqual(['app.info', 'e1']);
  });

  it('answers any input to a host route with an envelope, and does nothing on a bad one', async () => {
    const { call, reached } = gate();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(hostRoutes), '__proto__', 'toString'),
        fc.anything(),
        async (route, input) => {
          reached.length = 0;
          const result = await call(frame, route, input);
          expect(result).toHaveProperty('ok');
          if (codeOf(result) === 'BAD_INPUT') expect(reached).toEqual([]);
        },
      ),
    );
    expect(codeOf(await call(frame, { toString: () => 'app.info' }, {}))).toBe('BAD_INPUT');
  });

  it('turns a defect into INTERNAL, logged, without its details', async () => {
    const { call } = gate({ 'host.ready': () => Promise.reject(new Error('at /home/me')) });
    const result = await call(frame, 'host.ready', {});
    expect(codeOf(result)).toBe('INTERNAL');
    expect(JSON.stringify(result)).not.toContain('/home/me');
    expect(logged).toContain('host call failed');
  });
});

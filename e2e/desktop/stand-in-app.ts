import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BrowserContext, Frame, Page } from '@playwright/test';
import { repository } from '../box.ts';
import {
  type Ask,
  type FrameFacts,
  realOrigin,
  type Served,
  standInOrigin,
  type Tell,
  type ToParent,
} from '../electron-stand-in/messages.ts';
import { preloadScript } from '../electron-stand-in/page-side.ts';
import type { DesktopApp, DesktopStart } from './desktop-app.ts';

const register = new URL('../electron-stand-in/register.ts', import.meta.url).href;
const bundle = join(repository, 'out', 'main', 'electron.js');

type InPage = Window & { standInHear(channel: string, args: readonly unknown[]): void };

/** Starts the built desktop app on the stand-in; its windows are pages of `context`. */
export function startStandIn(context: BrowserContext, { args, env, cwd, files }: DesktopStart): DesktopApp {
  const child = spawn(process.execPath, ['--import', register, bundle, ...args], {
    ...{ env, cwd },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ask = asking(child, ended);
  const pages = new Map<number, Promise<Page>>();
  const first = Promise.withResolvers<Page>();
  first.promise.catch(() => {});
  void ended.then(() => first.reject(new Error(`the app ended without a window:\n${said}`)));

  const act = async (message: Tell): Promise<void> => {
    if (message.kind === 'open') {
      pages.set(message.windowId, openPage(context, message, ask, files));
      return;
    }
    const page = await pages.get(message.windowId);
    if (!page || page.isClosed()) return;
    if (message.kind === 'close') await page.close();
    if (message.kind === 'send')
      await page.evaluate(
        ({ channel, args }) => (window as unknown as InPage).standInHear(channel, args as unknown[]),
        message,
      );
    if (message.kind === 'load') {
      await page.goto(message.url.replace(realOrigin, standInOrigin));
      await ask({ kind: 'loaded', windowId: message.windowId });
      first.resolve(page);
    }
  };
  let turn = Promise.resolve();
  child.on('message', (message: ToParent) => {
    // In order: what is sent to a window comes after it was opened and loaded. A closed window takes nothing.
    if ('tell' in message) turn = turn.then(() => act(message.tell)).catch(() => {});
  });

  return {
    runs: 'the stand-in',
    window: () => first.promise,
    // The function's own types say what comes back.
    evaluate: (run, arg) =>
      ask({ kind: 'evaluate', source: run.toString(), arg }) as ReturnType<typeof run> as never,
    ended,
    output: () => said,
    kill: () => child.kill('SIGKILL'),
  };
}

type AskChild = (ask: Ask) => Promise<unknown>;

function asking(child: ChildProcess, ended: Promise<unknown>): AskChild {
  const waiting = new Map<number, PromiseWithResolvers<unknown> & { readonly isTests: boolean }>();
  let lastId = 0;
  child.on('message', (message: ToParent) => {
    if (!('id' in message)) return;
    const { id, error, value } = message;
    if (error === undefined) waiting.get(id)?.resolve(value);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  void ended.then(() => {
    // What a page asked last is never answered: it is gone as well.
    for (const { isTests, reject } of waiting.values()) if (isTests) reject(new Error('the app has ended'));
  });
  return (ask) => {
    lastId += 1;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(lastId, { ...answer, isTests: ask.kind === 'evaluate' });
    // An app that has just ended cannot be told any more; that it has ended is told by `ended`.
    if (child.connected) child.send({ id: lastId, ask }, () => undefined);
    return answer.promise;
  };
}

async function openPage(
  context: BrowserContext,
  message: Extract<Tell, { kind: 'open' }>,
  ask: AskChild,
  files: readonly string[],
): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize(message.size);
  await page.exposeBinding('standInInvoke', ({ frame }, channel: string, args: unknown[]) =>
    ask({ kind: 'invoke', windowId: message.windowId, frame: factsOf(frame), channel, args }),
  );
  await page.exposeBinding('standInOpen', (_source, url: string) =>
    ask({ kind: 'open-window', windowId: message.windowId, url }),
  );
  await page.addInitScript({ content: preloadScript(readFileSync(message.preload, 'utf8')) });
  await page.route('**/*', async (route) => {
    const request = route.request();
    const name = nameAskedFor(request.url());
    if (name !== null) return route.fulfill({ body: pathOfFile(name, files) });
    const url = request.url().replace(standInOrigin, realOrigin);
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) {
      if (!(await ask({ kind: 'navigate', windowId: message.windowId, url }))) return route.abort('aborted');
    }
    // Electron is asked for a page's own files and for everything else as well.
    const served = (await ask({ kind: 'request', url, method: request.method() })) as Served | null;
    if (!served) return route.abort('blockedbyclient');
    return route.fulfill({ ...served, body: Buffer.from(served.body) });
  });
  return page;
}

function factsOf(frame: Frame): FrameFacts {
  const url = frame.url().replace(standInOrigin, realOrigin);
  const origin = url.startsWith(`${realOrigin}/`) ? realOrigin : 'null';
  return { url, origin, isSubframe: frame.parentFrame() !== null };
}

/** The page asks for the path of a file it was given; see page-side. */
function nameAskedFor(url: string): string | null {
  return url.startsWith(`${standInOrigin}/.path-of?`) ? new URL(url).searchParams.get('name') : null;
}

function pathOfFile(name: string, folders: readonly string[]): string {
  return folders.map((folder) => join(folder, basename(name))).find(existsSync) ?? '';
}

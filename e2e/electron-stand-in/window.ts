import { EventEmitter } from 'node:events';
import { app, openWindows } from './app.ts';
import { preventable } from './event.ts';
import { tell } from './link.ts';
import { requireGuards } from './session.ts';

interface WindowOptions {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
  readonly show?: boolean;
  readonly webPreferences: Readonly<Record<string, unknown>>;
}

let lastId = 0;

class WebContents extends EventEmitter {
  readonly id: number;
  #isDestroyed = false;
  openHandler: ((details: { url: string }) => { action: string }) | null = null;

  constructor(id: number) {
    super();
    this.id = id;
    app.emit('web-contents-created', preventable(), this);
    if (!this.openHandler) throw new Error('web contents without a window open handler');
  }

  send(channel: string, ...args: unknown[]): void {
    tell({ kind: 'send', windowId: this.id, channel, args: structuredClone(args) });
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  destroyed(): void {
    this.#isDestroyed = true;
  }
}

/** A window whose page is a real one in the test's Chromium. */
export class BrowserWindow extends EventEmitter {
  static getAllWindows(): BrowserWindow[] {
    return [...openWindows].filter((window) => window instanceof BrowserWindow);
  }

  readonly webContents: WebContents;
  #bounds: { x: number; y: number; width: number; height: number };
  #state = { isVisible: true, isMaximized: false, isMinimized: false };
  #url = '';

  constructor(options: WindowOptions) {
    super();
    if (!app.isReady) throw new Error('Cannot create BrowserWindow before app is ready');
    requireGuards();
    const { width, height, x = 100, y = 100, show = true, webPreferences } = options;
    this.#bounds = { x, y, width, height };
    this.#state.isVisible = show;
    lastId += 1;
    this.webContents = new WebContents(lastId);
    openWindows.add(this);
    const preload = String(webPreferences.preload);
    tell({ kind: 'open', windowId: this.webContents.id, preload, size: { width, height } });
  }

  async loadURL(url: string): Promise<void> {
    this.#url = url;
    this.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false, url });
    tell({ kind: 'load', windowId: this.webContents.id, url });
  }

  reload(): void {
    void this.loadURL(this.#url);
  }

  /** The page wants to go somewhere by itself; where `loadURL` sends it is not asked. */
  mayNavigate(url: string): boolean {
    if (url === this.#url) return true;
    const event = preventable();
    this.webContents.emit('will-navigate', event, url);
    return !event.defaultPrevented;
  }

  /** The page has loaded and painted. */
  loaded(): void {
    this.emit('ready-to-show');
  }

  show(): void {
    this.#state.isVisible = true;
  }

  hide(): void {
    this.#state.isVisible = false;
  }

  minimize(): void {
    this.#state.isMinimized = true;
  }

  restore(): void {
    this.#state.isMinimized = false;
  }

  maximize(): void {
    this.#state.isMaximized = true;
  }

  focus(): void {}

  isVisible(): boolean {
    return this.#state.isVisible;
  }

  isMinimized(): boolean {
    return this.#state.isMinimized;
  }

  isMaximized(): boolean {
    return this.#state.isMaximized;
  }

  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return this.#bounds;
  }

  setBounds(bounds: Partial<{ x: number; y: number; width: number; height: number }>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
  }

  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }

  close(): void {
    const event = preventable();
    this.emit('close', event);
    if (event.defaultPrevented) return;
    this.webContents.destroyed();
    openWindows.delete(this);
    tell({ kind: 'close', windowId: this.webContents.id });
    this.emit('closed');
    app.windowClosed();
  }
}

import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { preventable } from './event.ts';
import { lockInstance } from './single-instance.ts';

interface Closable {
  close(): void;
  isDestroyed(): boolean;
}

/** Windows that are open; kept here because quitting closes them. */
export const openWindows = new Set<Closable>();

class App extends EventEmitter {
  readonly isPackaged = false;
  isReady = false;
  isSandboxed = false;
  #paths = new Map([['downloads', join(homedir(), 'Downloads')]]);
  #isQuitting = false;

  enableSandbox(): void {
    if (this.isReady) throw new Error('app.enableSandbox() must be called before the app is ready');
    this.isSandboxed = true;
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set '${name}' path: ${path} does not exist`);
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  getVersion(): string {
    return '0.0.0';
  }

  requestSingleInstanceLock(): boolean {
    return lockInstance(this.getPath('userData'), ({ argv, cwd }) => {
      this.emit('second-instance', preventable(), argv, cwd);
    });
  }

  async whenReady(): Promise<void> {
    await new Promise(setImmediate);
    if (this.isReady) return;
    this.isReady = true;
    this.emit('ready');
  }

  /** `before-quit`, then every window's `close`, then `will-quit`: each can stop it. */
  quit(): void {
    setImmediate(() => this.#quitNow());
  }

  #quitNow(): void {
    const [before, will] = [preventable(), preventable()];
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#isQuitting = true;
    for (const window of openWindows) window.close();
    this.#isQuitting = false;
    if (openWindows.size > 0) return;
    this.emit('will-quit', will);
    if (!will.defaultPrevented) this.exit(0);
  }

  windowClosed(): void {
    if (openWindows.size === 0 && !this.#isQuitting) this.emit('window-all-closed');
  }

  exit(code: number): void {
    process.exit(code);
  }
}

export const app = new App();

import { watch } from 'node:fs';
import type { FolderWatcher, Following, Timers } from './ports.ts';

/**
 * Node's own watching. On macOS and Windows one watch sees everything below. On Linux it is one inotify watch per
 * folder, which reports the files in it as well: libraries and Node's recursive mode take one per file there, and
 * spend 70 times the time to set up (10,000 files, measured 2026-11).
 */
export const nodeWatcher: FolderWatcher = {
  seesBelow: process.platform === 'darwin' || process.platform === 'win32',
  open(folder, below, { changed, failed }) {
    const handle = watch(folder, { recursive: below, persistent: false });
    handle.on('change', (kind, name) =>
      changed({ kind: kind === 'rename' ? 'rename' : 'change', name: name === null ? null : String(name) }),
    );
    handle.once('error', (error) => {
      handle.on('error', () => undefined).close();
      failed(error);
    });
    return { close: () => handle.close() };
  },
};

/** Timers that do not keep a process alive. */
export const nodeTimers: Timers = {
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
  every(periodMs, callback) {
    const timer = setInterval(callback, periodMs);
    timer.unref();
    return () => clearInterval(timer);
  },
};

export const nodeFollowing: Following = { watcher: nodeWatcher, timers: nodeTimers };

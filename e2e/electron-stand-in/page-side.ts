/**
 * Runs in the page before anything else: `require('electron')` of a sandboxed preload, and then the built preload
 * itself. It has to stand alone: it is sent to the page as text.
 */
function runPreload(preload: (require: (name: string) => unknown) => void): void {
  // Preloads run in the top frame only, unless a window asks for more; ours does not.
  if (window.top !== window) return;
  const page = window as unknown as {
    standInInvoke(channel: string, args: unknown): Promise<unknown>;
    standInOpen(url: string): void;
    standInHear?: (channel: string, args: readonly unknown[]) => void;
  };
  const listeners = new Map<string, Set<(event: unknown, ...args: readonly unknown[]) => void>>();
  page.standInHear = (channel, args) => {
    for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
  };
  window.open = (url) => {
    page.standInOpen(String(url));
    return null;
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: object) =>
        Object.defineProperty(window, name, { value: Object.freeze(api), enumerable: true }),
    },
    ipcRenderer: {
      // What cannot be cloned cannot cross, as between Electron's processes.
      invoke: async (channel: string, ...args: unknown[]) =>
        page.standInInvoke(channel, structuredClone(args)),
      on: (channel: string, listener: () => void) => {
        listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      },
      off: (channel: string, listener: () => void) => void listeners.get(channel)?.delete(listener),
    },
    // Electron knows the path of a file that came from disk; here the test's process does, and is asked at once.
    webUtils: {
      getPathForFile: (file: File) => {
        const request = new XMLHttpRequest();
        request.open('GET', `/.path-of?name=${encodeURIComponent(file.name)}`, false);
        request.send();
        return request.responseText;
      },
    },
  };
  const load = (name: string) => {
    if (name !== 'electron') throw new Error(`a sandboxed preload cannot load ${name}`);
    return electron;
  };
  preload(load);
}

/** The script to inject: the preload's text is part of it, since the page's policy forbids to evaluate text. */
export function preloadScript(preload: string): string {
  return `(${runPreload})(function (require) {\n${preload}\n});`;
}

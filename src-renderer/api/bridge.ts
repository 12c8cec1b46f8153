import type { Bridge } from '../../src-preload/contract/bridge.ts';
import type { FileRef } from '../../src-preload/contract/imports.ts';
import type { Connection } from './connection.ts';
import { createWebBridge, type WebBridge } from './web-bridge.ts';

declare global {
  interface Window {
    /** Set by the desktop's preload; missing in a browser. */
    readonly llmlab?: Bridge;
  }
}

const web: WebBridge | null = window.llmlab ? null : createWebBridge();
const chosen: Bridge | null = window.llmlab ?? web;
if (!chosen) throw new Error('no bridge to the core');

/** The way to the core, whichever host this window runs in. */
export const bridge: Bridge = chosen;

/** Hands a file to the core: by its path where the host knows it, else by uploading it. Throws a CallError. */
export async function refOf(file: File, signal?: AbortSignal): Promise<FileRef> {
  const path = bridge.pathOf(file);
  if (path !== null) return { path };
  if (!web) throw new Error('a desktop window always knows the path of a dropped file');
  return { uploadId: await web.upload(file, signal) };
}

/** Hands a finished export to the user; false when they closed the save dialog. Throws a CallError. */
export async function saveExport(exportId: string, fileName: string): Promise<boolean> {
  if (bridge.saveExport) return (await bridge.saveExport(exportId)).saved;
  await web?.download(exportId, fileName);
  return true;
}

/** Whether the host answers. In the desktop it always does: core and window live and die together. */
export function watchConnection(watcher: (state: Connection) => void): () => void {
  return web ? web.watchConnection(watcher) : () => undefined;
}

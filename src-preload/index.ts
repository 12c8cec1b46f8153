import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from './contract/bridge.ts';
import type { CoreEvent } from './contract/events.ts';
import type { Result } from './contract/result.ts';

/** The one forwarder between window and core. It knows no route: what may be called is the core's to decide. */
const bridge: Bridge = {
  call: (route, input) => ipcRenderer.invoke('llmlab:call', route, input),
  listen: (listener) => {
    const hear = (_event: unknown, event: CoreEvent) => listener(event);
    ipcRenderer.on('llmlab:event', hear);
    return () => ipcRenderer.off('llmlab:event', hear);
  },
  pathOf: (file) => webUtils.getPathForFile(file) || null,
  saveExport: async (exportId) => {
    const result: Result<{ saved: boolean }> = await ipcRenderer.invoke('llmlab:call', 'host.saveExport', {
      exportId,
    });
    if (!result.ok) throw new Error(result.error.message);
    return result.data;
  },
};

contextBridge.exposeInMainWorld('llmlab', bridge);

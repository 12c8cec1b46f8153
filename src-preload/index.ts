import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from './contract/bridge.ts';
import { callChannel, eventChannel } from './contract/channels.ts';
import type { CoreEvent } from './contract/events.ts';
import type { Result } from './contract/result.ts';

/** The one forwarder between window and core. It knows no route: what may be called is the host's to decide. */
const bridge: Bridge = {
  call: (route, input) => ipcRenderer.invoke(callChannel, route, input),
  listen: (listener) => {
    const hear = (_event: IpcRendererEvent, event: CoreEvent) => listener(event);
    ipcRenderer.on(eventChannel, hear);
    return () => void ipcRenderer.off(eventChannel, hear);
  },
  pathOf: (file) => webUtils.getPathForFile(file) || null,
  saveExport: async (exportId) => {
    const result: Result<{ saved: boolean }> = await ipcRenderer.invoke(callChannel, 'host.saveExport', {
      exportId,
    });
    if (!result.ok) throw new Error(result.error.message);
    return result.data;
  },
  ready: () => void ipcRenderer.invoke(callChannel, 'host.ready', {}),
};

contextBridge.exposeInMainWorld('llmlab', bridge);

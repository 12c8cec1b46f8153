import type { Bridge } from '../../src-preload/contract/bridge.ts';
import type { Failure, Result } from '../../src-preload/contract/result.ts';
import { CallError } from './call-error.ts';
import { type Connection, connectionState } from './connection.ts';
import { followEvents } from './event-stream.ts';
import { saveBlob } from './save-blob.ts';
import { forgetSession, openSession } from './session.ts';

export interface WebBridge extends Bridge {
  upload(file: File, signal?: AbortSignal): Promise<string>;
  download(exportId: string, fileName: string): Promise<void>;
  watchConnection(watcher: (state: Connection) => void): () => void;
}

const silent = 'LLMLab does not answer. Nothing is lost: start it again and open the link it prints.';

/** The bridge of a browser window: calls over fetch, events over a stream, all on the host's own origin. */
export function createWebBridge(): WebBridge {
  const connection = connectionState();
  const token = openSession();
  token.catch(() => connection.turn('refused'));

  async function send(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...init.headers, 'x-llmlab-token': await token };
    const response = await fetch(path, { ...init, headers }).catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'AbortError') {
        throw new CallError('CANCELLED', 'Stopped before anything was written.');
      }
      connection.turn('gone');
      throw new CallError('INTERNAL', silent);
    });
    if (response.status === 401) {
      forgetSession();
      connection.turn('refused');
    }
    return response;
  }

  async function answerOf<T>(path: string, init: RequestInit): Promise<Result<T>> {
    try {
      // every answer of the host is the envelope
      return (await (await send(path, init)).json()) as Result<T>;
    } catch (cause) {
      const code = cause instanceof CallError ? cause.code : 'INTERNAL';
      return { ok: false, error: { code, message: cause instanceof CallError ? cause.message : silent } };
    }
  }

  return {
    call: (route, input) =>
      answerOf('/api/call', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ route, input }),
      }),
    listen: followEvents(() => send('/api/events', { method: 'GET' }), connection),
    pathOf: () => null,
    saveExport: null,
    watchConnection: connection.watch,

    async upload(file, signal) {
      const result = await answerOf<{ uploadId: string }>(
        `/api/upload?name=${encodeURIComponent(file.name)}`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/octet-stream' },
          body: file,
          ...(signal && { signal }),
        },
      );
      if (!result.ok) throw CallError.from(result);
      return result.data.uploadId;
    },

    async download(exportId, fileName) {
      const response = await send(`/api/export/${encodeURIComponent(exportId)}`, { method: 'GET' });
      if (!response.ok) throw CallError.from((await response.json()) as Failure);
      saveBlob(await response.blob(), fileName);
    },
  };
}

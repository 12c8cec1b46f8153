import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeToFile } from '../log.ts';
import type { Clock } from '../ports.ts';
import {
  secretSpellings,
  shownBody,
  shownHeaders,
  shownUrl,
  type TextLevel,
  withoutSecrets,
} from './hide.ts';

/** One request to a vendor and what came back, with nothing in it that must not be seen. */
export interface DebugEntry {
  /** Counts from 1 since LLMLab started. */
  readonly id: number;
  /** When it was sent, UTC ms. */
  readonly at: number;
  readonly ms: number;
  readonly connection: string;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  /** Null where no answer came. */
  readonly status: number | null;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;
  /** Why no answer came, or why it broke off. */
  readonly error: string | null;
}

export interface DebugLog {
  /** A fetch that keeps what it carries, as long as the user wants that. `secrets` are looked up for each request. */
  trace(
    fetch: typeof globalThis.fetch,
    facts: { readonly connection: string; readonly secrets: () => readonly string[] },
  ): typeof globalThis.fetch;
  /** The latest, newest first. */
  list(limit: number): readonly DebugEntry[];
  /** Forgets all of them, the file's too. */
  clear(): void;
  /** The file they are kept in. */
  readonly path: string;
}

export interface DebugLogOptions {
  readonly clock: Clock;
  readonly dataDir: string;
  /** Asked for each request: the setting holds at once. */
  readonly level: () => 'off' | TextLevel;
}

const keptEntries = 200;
/** Of a longer body the beginning is kept. */
const keptBytes = 64 * 1024;

/** The debug log: the latest requests in memory, and all of them as lines of `logs/vendors.log` in the data folder. */
export function createDebugLog({ clock, dataDir, level }: DebugLogOptions): DebugLog {
  let entries: DebugEntry[] = [];
  let requests = 0;
  const path = join(dataDir, 'logs', 'vendors.log');
  let write = writeToFile({ path });
  const keep = (entry: DebugEntry): void => {
    entries = [entry, ...entries].slice(0, keptEntries);
    write(`${JSON.stringify(entry)}\n`);
  };
  return {
    trace: (fetch, { connection, secrets }) =>
      async function traced(input, init) {
        const asked = level();
        if (asked === 'off') return fetch(input, init);
        const request = new Request(input, init);
        const clean = cleaner(secretSpellings(secrets()), asked);
        const startedAt = clock.now();
        const sent = {
          id: ++requests,
          at: startedAt,
          connection,
          method: request.method,
          url: clean.url(new URL(request.url)),
          requestHeaders: clean.headers(request.headers),
          requestBody: clean.body(await bodyOf(request.clone())),
        };
        const end = (received: Partial<DebugEntry>): void =>
          keep({
            ...sent,
            ms: clock.now() - startedAt,
            status: null,
            responseHeaders: {},
            responseBody: '',
            error: null,
            ...received,
          });
        try {
          const response = await fetch(request);
          const received = { status: response.status, responseHeaders: clean.headers(response.headers) };
          return listened(response, (body, error) =>
            end({ ...received, responseBody: clean.body(body), error: error && clean.text(error) }),
          );
        } catch (error) {
          end({ error: clean.text(String(error)) });
          throw error;
        }
      },
    list: (limit) => entries.slice(0, limit),
    clear() {
      entries = [];
      for (const file of [path, `${path}.1`, `${path}.2`]) rmSync(file, { force: true });
      write = writeToFile({ path });
    },
    path,
  };
}

function cleaner(spellings: readonly string[], level: TextLevel) {
  const text = (value: string): string => withoutSecrets(value, spellings);
  return {
    text,
    url: (url: URL) => shownUrl(url, spellings),
    // First what must never be seen, then what need not be: a secret inside a text goes either way.
    body: (value: string) => text(shownBody(value, level)),
    headers: (headers: Headers) =>
      Object.fromEntries(Object.entries(shownHeaders(headers)).map(([name, value]) => [name, text(value)])),
  };
}

async function bodyOf(request: Request): Promise<string> {
  return (await request.text()).slice(0, keptBytes);
}

/** The response as it was, with its body heard on the way; `done` is told once, when the body ends or breaks off. */
function listened(response: Response, done: (body: string, error: string | null) => void): Response {
  if (response.body === null) {
    done('', null);
    return response;
  }
  const decoder = new TextDecoder();
  let heard = '';
  let isDone = false;
  const finish = (error: string | null): void => {
    if (isDone) return;
    isDone = true;
    done(heard, error);
  };
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done: isOver, value } = await reader.read();
        if (isOver) {
          controller.close();
          finish(null);
          return;
        }
        if (heard.length < keptBytes) heard += decoder.decode(value, { stream: true });
        controller.enqueue(value);
      } catch (error) {
        finish(String(error));
        controller.error(error);
      }
    },
    async cancel(reason) {
      finish('the reply was not read to its end');
      await reader.cancel(reason);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}

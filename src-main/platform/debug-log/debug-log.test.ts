import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../testing/temp-dir.ts';
import { startFakeVendor } from '../../testing/vendors/fake-vendor.ts';
import { createDebugLog } from './debug-log.ts';

const key = ['not', 'a', 'real', 'key', '0123456789'].join('+');
const url = 'https://api.example.test/v1/chat';

async function traced(level: 'off' | 'redacted' | 'with-text') {
  const dir = tempDir();
  const vendor = await startFakeVendor();
  const log = createDebugLog({ clock: { now: () => 5 }, dataDir: dir.path, level: () => level });
  const fetch = log.trace(vendor.network.open({ origins: ['https://api.example.test'], isLocal: false }), {
    connection: 'Work',
    secrets: () => [key],
  });
  const file = () => {
    const path = join(dir.path, 'logs', 'vendors.log');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };
  return {
    vendor,
    log,
    fetch,
    file,
    async [Symbol.asyncDispose]() {
      await vendor[Symbol.asyncDispose]();
      dir[Symbol.dispose]();
    },
  };
}

const ask = (fetch: typeof globalThis.fetch) =>
  fetch(`${url}?api_key=${encodeURIComponent(key)}&limit=1`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm-1', messages: [{ role: 'user', content: `my secret plan, ${key}` }] }),
  });

const spellings = [
  key,
  encodeURIComponent(key),
  Buffer.from(key).toString('base64'),
  Buffer.from(key).toString('hex'),
];

test('off, nothing is kept and the reply passes untouched', async () => {
  await using t = await traced('off');
  t.vendor.answer('POST', '/v1/chat', { json: { text: 'hello' } });
  expect(await (await ask(t.fetch)).json()).toEqual({ text: 'hello' });
  expect([t.log.list(9), t.file()]).toEqual([[], '']);
});

test('redacted, shapes and numbers stay, texts become their lengths, and the key is nowhere in any spelling', async () => {
  await using t = await traced('redacted');
  const reply = { id: 'x', usage: { total_tokens: 12 }, text: `you said ${key}`, service_tier: 'flex' };
  t.vendor.answer('POST', '/v1/chat', {
    json: reply,
    headers: { 'x-request-id': 'req_1', 'set-cookie': `k=${key}` },
  });
  expect(await (await ask(t.fetch)).json()).toEqual(reply);
  const [entry] = t.log.list(9);
  expect(entry).toMatchObject({ connection: 'Work', status: 200, method: 'POST', error: null });
  expect(entry?.url).toBe(`${url}?api_key=…&limit=1`);
  expect(JSON.parse(entry?.responseBody ?? '')).toMatchObject({
    usage: { total_tokens: 12 },
    service_tier: 'flex',
  });
  expect(entry?.responseHeaders).toMatchObject({ 'x-request-id': 'req_1', 'set-cookie': '[hidden]' });
  expect(t.file()).toContain('"total_tokens\\":12');
  for (const spelling of [...spellings, 'secret plan']) expect(t.file()).not.toContain(spelling);
});

test('cleared, nothing is left to look at or on disk, and what comes next is kept again', async () => {
  await using t = await traced('with-text');
  t.vendor.answer('POST', '/v1/chat', { json: {} });
  await (await ask(t.fetch)).text();
  t.log.clear();
  expect([t.log.list(9), t.file()]).toEqual([[], '']);
  await (await ask(t.fetch)).text();
  expect(t.file()).toContain('my secret plan');
});

test('with text, the words are kept and the key still is not', async () => {
  await using t = await traced('with-text');
  t.vendor.answer('POST', '/v1/chat', { json: { text: `you said ${key}` } });
  await (await ask(t.fetch)).text();
  expect(t.file()).toContain('my secret plan');
  for (const spelling of spellings) expect(t.file()).not.toContain(spelling);
});

test('a stream is passed on as it comes and kept event by event; one that breaks off says so', async () => {
  await using t = await traced('redacted');
  const chunks = ['data: {"delta":"hel', 'lo","n":1}\n\n', 'data: [DONE]\n\n'];
  t.vendor.answer('POST', '/v1/chat', { chunks, headers: { 'content-type': 'text/event-stream' } });
  expect(await (await ask(t.fetch)).text()).toBe(chunks.join(''));
  expect(t.log.list(1)[0]?.responseBody).toBe('data: {"delta":"‹5 characters›","n":1}\n\ndata: [DONE]\n\n');
  t.vendor.answer('POST', '/v1/chat', { chunks: ['data: {"n":1}\n\n'], isCut: true });
  await expect(ask(t.fetch).then((reply) => reply.text())).rejects.toThrow();
  expect(t.log.list(1)[0]?.error).not.toBeNull();
});

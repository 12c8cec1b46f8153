import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import recorded from '../../../providers/fixtures/litellm.json' with { type: 'json' };
import { answerWith } from '../../../testing/vendors/answers.ts';
import { type FakeVendor, startFakeVendor } from '../../../testing/vendors/fake-vendor.ts';
import { main, testBox } from '../test-box.ts';

const box = testBox();
const key = ['not', 'a', 'key', 'at', 'all', '0123456789wxyz'].join('-');
const env = { LLMLAB_PASSPHRASE: 'a long enough phrase' };

/** A proxy on this machine, and a spend of a dollar on the first day of each window it is asked for. */
async function proxy(): Promise<FakeVendor> {
  const vendor = await startFakeVendor();
  answerWith(vendor, recorded);
  vendor.answer('GET', '*/user/daily/activity', ({ url }) => {
    const metrics = { spend: 1, prompt_tokens: 10, completion_tokens: 1, successful_requests: 1 };
    const results = [{ date: url.searchParams.get('start_date'), metrics, breakdown: {} }];
    return { json: { results, metadata: { page: 1, total_pages: 1 } } };
  });
  return vendor;
}

const set = (vendor: FakeVendor, ...more: readonly string[]) =>
  box.llmlabWith(
    { env, answers: [key] },
    ...['keys', 'set', 'litellm', '--base-url', vendor.origin, '--local', ...more],
  );

async function json(...args: readonly string[]) {
  const { out, code, err } = await box.llmlabWith({ env }, ...args, '--json');
  return { code, err, data: JSON.parse(out) };
}

test('a key is typed unseen, kept for later commands, and shown by its end alone', async () => {
  await using vendor = await proxy();
  const { out, err, code } = await set(vendor, '--name', 'Laptop proxy');
  expect(code, err).toBe(0);
  expect(out).toContain('Laptop proxy is connected');
  expect(err).toContain('not shown');
  const { data } = await json('keys', 'list');
  expect(data.connections).toMatchObject([
    { name: 'Laptop proxy', provider: 'litellm', isLocal: true, secrets: [{ endsWith: 'wxyz' }] },
  ]);
  expect(out + err + JSON.stringify(data)).not.toContain(key);
  expect((await box.llmlabWith({ env }, 'keys')).out).toContain('…wxyz');
});

test('a vendor without any key is not called connected', async () => {
  const none = await box.llmlabWith({ env, answers: ['', ''] }, 'keys', 'set', 'openai');
  expect(none.code).toBe(2);
  expect(none.err).toContain('Nothing was saved: OpenAI needs a key (Admin key or Project key)');
  expect((await json('keys', 'list')).data.connections).toEqual([]);
  // a server of one's own may want none
  const own = ['keys', 'set', 'ollama', '--local'];
  expect((await box.llmlabWith({ env, answers: [''] }, ...own)).code).toBe(0);
  expect((await box.llmlabWith({ env }, 'keys', 'test', 'ollama')).out).not.toContain('needs a key');
});

test('sync reads it all and says so; a second one knows it; exit code 1 when the vendor refuses', async () => {
  await using vendor = await proxy();
  await set(vendor);
  const first = await json('sync', 'litellm', '--report', 'spend');
  expect(first.code).toBe(0);
  expect(first.data.results).toMatchObject([
    { provider: 'litellm', report: 'spend', state: 'ok', updated: 0 },
  ]);
  expect(first.data.results[0].accepted).toBeGreaterThan(10);
  const all = await box.llmlabWith({ env }, 'sync');
  expect(all.code, all.err).toBe(0);
  for (const word of ['spend', 'balance', 'models', 'ok']) expect(all.out).toContain(word);
  vendor.answer('GET', '*', { status: 401 });
  const refused = await json('sync');
  // one cause is told once, however many reports it kept from being read
  expect((await box.llmlabWith({ env }, 'sync')).err.match(/does not accept the key/g)).toHaveLength(1);
  expect(refused.code).toBe(1);
  expect(refused.data.results).toMatchObject([{ state: 'failed', error: { code: 'INVALID_KEY' } }, {}, {}]);
});

test('providers lists whom there is; testing all of them says what each key may do', async () => {
  await using vendor = await proxy();
  const { data } = await box.json('providers');
  expect(data.providers.map(({ id }: { id: string }) => id)).toContain('litellm');
  await set(vendor);
  const good = await json('providers', 'test', '--all');
  expect(good.code).toBe(0);
  expect(good.data.results).toMatchObject([{ connection: 'LiteLLM proxy', error: null }]);
  vendor.answer('GET', '*', { status: 401 });
  expect((await json('keys', 'test', 'litellm')).code).toBe(1);
});

test('removing a connection forgets its key; what it brought stays', async () => {
  await using vendor = await proxy();
  await set(vendor);
  await json('sync', '--report', 'spend');
  expect((await box.llmlabWith({ env }, 'keys', 'remove', 'LITELLM')).code).toBe(0);
  expect((await json('keys', 'list')).data.connections).toEqual([]);
  expect((await json('sources')).data.sources).toMatchObject([{ kind: 'sync' }]);
});

test.each([
  [['keys', 'set', 'litelm'], 2, /Did you mean litellm/],
  [['keys', 'set', 'litellm', '--secret', 'nothing'], 2, /no secret "nothing"/],
  [['keys', 'set', 'litellm', '--base-url', 'http://10.0.0.5'], 2, /own machine or network/],
  [['sync'], 1, /keys set PROVIDER/],
  [['sync', 'nobody'], 1, /keys set PROVIDER/],
  [['providers', 'test'], 2, /--all/],
  [['keys', 'test', 'nobody'], 1, /keys set PROVIDER/],
])('%j says what is wrong and what to do', async (args, code, words) => {
  const said = await box.llmlabWith({ env, answers: [key] }, ...args);
  expect(said.code).toBe(code);
  expect(said.err).toMatch(words);
});

test('a key nothing can protect is not kept, and a script is told by the exit code', async () => {
  const args = ['keys', 'set', 'litellm', '--base-url', 'http://127.0.0.1:9', '--local'];
  const { code, err } = await box.llmlabWith({ answers: [key] }, ...args);
  expect(code).toBe(1);
  expect(err).toContain('llmlab vault passphrase');
  expect((await box.json('keys', 'list')).data.connections).toMatchObject([{ secrets: [] }]);
});

/** The command as a script runs it: the key on its standard input. */
async function piping(input: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [main, ...args, '--json'], {
    cwd: box.dir,
    env: { PATH: process.env.PATH, HOME: box.dir, LLMLAB_DATA_DIR: box.dataDir, ...env },
  });
  child.stdin.end(`${input}\n`);
  return JSON.parse(await text(child.stdout));
}

test('of a vendor with several keys, what is piped is the one it begins like, else the one that serves calls', async () => {
  const admin = ['sk', 'admin', 'not', 'a', 'key', 'at', 'all'].join('-');
  const first = await piping(admin, 'keys', 'set', 'openai', '--name', 'A');
  expect(first.connection.secrets).toMatchObject([{ field: 'adminKey' }]);
  const second = await piping('not-a-key-of-any-kind', 'keys', 'set', 'openai', '--name', 'B');
  expect(second.connection.secrets).toMatchObject([{ field: 'apiKey' }]);
});

test('a key may come through standard input', async () => {
  const args = ['keys', 'set', 'litellm', '--base-url', 'http://127.0.0.1:9', '--local'];
  const { connection } = await piping(key, ...args);
  expect(connection).toMatchObject({ secrets: [{ field: 'apiKey', endsWith: 'wxyz' }] });
});

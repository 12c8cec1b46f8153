import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type FakeVendor, startFakeVendor } from '../../../testing/vendors/fake-vendor.ts';
import { testBox } from '../test-box.ts';

const box = testBox();
const env = { LLMLAB_PASSPHRASE: 'a long enough phrase' };

const usage = { prompt_tokens: 1_000, completion_tokens: 200, total_tokens: 1_200 };
const facts = { id: 'chatcmpl-1', created: 1_795_000_000, model: 'local-model' };

/** A server on this machine that answers in OpenAI's words, and lists one model of 4,000 tokens. */
async function server(text = 'Hello there.'): Promise<FakeVendor> {
  const vendor = await startFakeVendor();
  const listed = { data: [{ id: 'local-model', type: 'llm', max_context_length: 4_000 }] };
  vendor.answer('GET', '*/models', { json: listed });
  vendor.answer('POST', '*/chat/completions', ({ body }) => {
    const { stream } = JSON.parse(body) as { readonly stream?: boolean };
    const choice = { index: 0, finish_reason: 'stop' };
    if (!stream) {
      const message = { role: 'assistant', content: text };
      return { json: { ...facts, object: 'chat.completion', choices: [{ ...choice, message }], usage } };
    }
    const chunk = (delta: object, more: object = {}) =>
      `data: ${JSON.stringify({ ...facts, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: null }], ...more })}\n\n`;
    const words = text.split(/(?<= )/).map((content) => chunk({ content }));
    const end = [chunk({}, { choices: [{ ...choice, delta: {} }] }), chunk({}, { choices: [], usage })];
    const headers = { 'content-type': 'text/event-stream' };
    return { headers, chunks: [...words, ...end, 'data: [DONE]\n\n'] };
  });
  return vendor;
}

async function connected(text?: string): Promise<FakeVendor> {
  const vendor = await server(text);
  const set = ['keys', 'set', 'lmstudio', '--base-url', vendor.origin, '--local', '--name', 'Desk'];
  const { code, err } = await box.llmlabWith({ env, answers: [''] }, ...set);
  expect(code, err).toBe(0);
  expect((await box.llmlabWith({ env }, 'models', '--refresh')).out).toContain('local-model');
  return vendor;
}

const ask = (...args: readonly string[]) => box.llmlabWith({ env }, 'ask', ...args);

test('a reply is printed, its cost told beside it, and the call is in the ledger', async () => {
  await using vendor = await connected();
  const { out, err, code } = await ask(
    'local-model',
    'Say hello',
    '--system',
    'Be brief.',
    '--max-tokens',
    '50',
  );
  expect([out, code]).toEqual(['Hello there.\n', 0]);
  expect(err).toContain('local-model through Desk: 1,000 in, 200 out, $0.00');
  expect(JSON.parse(vendor.seen.at(-1)?.body ?? '')).toMatchObject({
    messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user' }],
    max_tokens: 50,
  });
  const { out: report } = await box.llmlabWith({ env }, 'report', '--by', 'model', '--json');
  expect(JSON.parse(report).rows).toMatchObject([
    { model: 'local-model', requests: 1, tokens: { input: 1_000, output: 200 } },
  ]);
});

test('streamed text comes as it is written, once, and --json is one document', async () => {
  await using _ = await connected('One two three.');
  expect((await ask('Desk/local-model', 'Count', '--stream')).out).toBe('One two three.\n');
  const { out } = await ask('local-model', 'Count', '--stream', '--json');
  expect(JSON.parse(out)).toMatchObject({ text: 'One two three.', connection: 'Desk', finish: 'stop' });
});

test('what could steer a terminal is shown and not obeyed', async () => {
  await using _ = await connected('Look: \u001b[2J gone');
  for (const way of [[], ['--stream']]) {
    const { out } = await ask('local-model', 'Hi', ...way);
    expect(out).not.toContain('\u001b');
    expect(out).toContain('Look:');
  }
});

test('images and schemas are read from files; a file that is neither is refused unsent', async () => {
  await using vendor = await connected();
  writeFileSync(join(box.dir, 'dot.png'), Buffer.from('iVBORw0KGgo=', 'base64'));
  writeFileSync(join(box.dir, 'shape.json'), '{"type":"object"}');
  await ask('local-model', 'Hi', '--image', 'dot.png', '--schema', 'shape.json');
  const sent = vendor.seen.at(-1)?.body ?? '';
  expect(sent).toContain('data:image/png;base64,iVBORw0KGgo=');
  expect(JSON.parse(sent)).toMatchObject({
    response_format: { json_schema: { schema: { type: 'object' } } },
  });
  const requests = vendor.seen.length;
  for (const wrong of [
    ['--image', 'shape.json'],
    ['--schema', 'dot.png'],
    ['--image', 'gone.png'],
    ['--param', 'novalue'],
    ['--temperature', 'hot'],
  ])
    expect((await ask('local-model', 'Hi', ...wrong)).code).toBe(2);
  expect(vendor.seen).toHaveLength(requests);
});

test('a model nobody lists and a prompt that cannot fit are refused with what to do', async () => {
  await using vendor = await connected();
  const unknown = await ask('nobody-has-it', 'Hi');
  expect(unknown.err).toContain('CONNECTION/MODEL');
  const long = await ask('local-model', 'x'.repeat(70_000));
  expect(long.err).toContain('Nothing was sent');
  expect([unknown.code, long.code]).toEqual([1, 1]);
  expect(vendor.seen.filter(({ method }) => method === 'POST')).toHaveLength(0);
});

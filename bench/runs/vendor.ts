import { parentPort } from 'node:worker_threads';
import { startFakeVendor } from '../../src-main/testing/vendors/fake-vendor.ts';

/** A vendor in a thread of its own, so that what it costs is not what a caller costs. Tells its origin. */
const vendor = await startFakeVendor();
const model = 'made-up-model';
const usage = { prompt_tokens: 12, completion_tokens: 9, total_tokens: 21 };
const text = 'A reply of some length, as they are.';

vendor.answer('GET', '*/models', { json: { data: [{ id: model, type: 'llm', max_context_length: 8_192 }] } });
vendor.answer('POST', '*/chat/completions', ({ body }) => {
  const facts = { id: 'chatcmpl-1', created: 1_795_000_000, model };
  // Written by the benchmark itself.
  if (!(JSON.parse(body) as { stream?: boolean }).stream) {
    const message = { role: 'assistant', content: text };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    return { json: { ...facts, object: 'chat.completion', choices, usage } };
  }
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    ...facts,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason }],
  });
  const chunks = [
    ...text.split(' ').map((word) => chunk({ content: `${word} ` })),
    chunk({}, 'stop'),
    { ...chunk({}), choices: [], usage },
  ];
  return {
    headers: { 'content-type': 'text/event-stream' },
    chunks: [...chunks.map((each) => `data: ${JSON.stringify(each)}\n\n`), 'data: [DONE]\n\n'],
  };
});
parentPort?.postMessage(vendor.origin);

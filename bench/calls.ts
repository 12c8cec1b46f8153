import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createNetwork } from '../src-main/platform/network/network.ts';
import type { CallRequest, ProviderContext } from '../src-main/platform/provider.ts';
import { lmstudio } from '../src-main/providers/lmstudio.ts';
import { dataDir } from './generate/dataset.ts';
import { startBenchCore } from './measure/core.ts';
import { medianOf, printRows } from './measure/table.ts';

/**
 * `npm run bench -- calls [calls] [runs]`: what a call through LLMLab takes longer than a bare fetch of the same reply,
 * over real HTTP on loopback. The ways are taken in turns, so that a machine that slows down slows all of them.
 */
const [calls = 400, runs = 3] = process.argv.slice(2).map(Number);

const worker = new Worker(new URL('./runs/vendor.ts', import.meta.url));
const origin = await new Promise<string>((resolve) => worker.once('message', resolve));
const base = `${origin}/v1`;
const request: CallRequest = {
  model: 'made-up-model',
  messages: [{ role: 'user', content: 'Say something.' }],
};
const context: ProviderContext = {
  fetch: createNetwork({ env: {} }).open({ origins: [origin], isLocal: true }),
  fields: {},
  secret: async () => null,
  baseUrl: origin,
  clock: { now: Date.now },
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  signal: new AbortController().signal,
};

const ledger = join(dataDir, 'calls');
rmSync(ledger, { recursive: true, force: true });
const { core, call } = await startBenchCore({ dataDir: ledger });
const { id: connectionId } = await call('connections.save', {
  provider: lmstudio.id,
  baseUrl: origin,
  isLocal: true,
});

/** One way of making the call: resolves when the reply is whole, after `first` was called at its first text. */
type Way = (first: () => void) => Promise<void>;

function post(stream: boolean): Promise<Response> {
  return fetch(`${base}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...request,
      stream,
      ...(stream ? { stream_options: { include_usage: true } } : {}),
    }),
  });
}

const ways = {
  'bare fetch': async () => void (await (await post(false)).json()),
  'provider, through the SDK and our layer': async () => void (await lmstudio.complete(request, context)),
  'whole call: resolved, checked, queued, kept in the ledger': async () => {
    await call('calls.ask', {
      model: request.model,
      connectionId,
      messages: [{ role: 'user', content: 'Say something.' }],
    });
  },
} satisfies Record<string, Way>;

const streams = {
  'bare fetch': async (first) => {
    for await (const _ of (await post(true)).body ?? []) first();
  },
  'provider, through the SDK and our layer': async (first) => {
    for await (const part of lmstudio.stream(request, context)) if (part.kind === 'text') first();
  },
} satisfies Record<string, Way>;

interface Times {
  readonly p50: number;
  readonly p99: number;
}

function percentiles(times: readonly number[]): Times {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Every way, in turns: time to the first text and to the end. */
async function measure(all: Record<string, Way>) {
  const ends = new Map(
    Object.keys(all).map((name) => [name, { first: [] as number[], whole: [] as number[] }]),
  );
  for (let i = 0; i < calls; i++)
    for (const [name, way] of Object.entries(all)) {
      const began = performance.now();
      let firstMs: number | null = null;
      await way(() => {
        firstMs ??= performance.now() - began;
      });
      ends.get(name)?.whole.push(performance.now() - began);
      ends.get(name)?.first.push(firstMs ?? Number.NaN);
    }
  return new Map(
    [...ends].map(([name, { first, whole }]) => [
      name,
      { first: percentiles(first), whole: percentiles(whole) },
    ]),
  );
}

async function table(title: string, all: Record<string, Way>, which: 'first' | 'whole'): Promise<void> {
  await measure(all);
  const found: Awaited<ReturnType<typeof measure>>[] = [];
  for (let run = 0; run < runs; run++) found.push(await measure(all));
  const ms = (name: string, share: keyof Times) =>
    medianOf(found, (run) => run.get(name)?.[which][share] ?? Number.NaN);
  const [bare = ''] = Object.keys(all);
  const rows = Object.keys(all).map((name) => [
    name,
    ...(['p50', 'p99'] as const).map((share) => `${ms(name, share).toFixed(2)} ms`),
    ...(['p50', 'p99'] as const).map((share) =>
      name === bare ? '' : `${(ms(name, share) - ms(bare, share)).toFixed(2)} ms`,
    ),
  ]);
  printRows(title, ['way', 'p50', 'p99', 'added p50', 'added p99'], rows);
}

try {
  await table(`A whole reply, ${calls} calls each`, ways, 'whole');
  await table(`A stream, to its first text, ${calls} calls each`, streams, 'first');
} finally {
  await core.stop();
  await worker.terminate();
}

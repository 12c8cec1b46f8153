import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { randomOf } from '../../src-main/jobs/sample/random.ts';
import { type Cell, type Truth, wrongCells } from '../generate/truth.ts';
import { cellsOf } from '../measure/cells.ts';
import { report } from '../measure/child.ts';
import { startBenchCore } from '../measure/core.ts';

/** First scan of a tool's folder into an empty ledger, then again unchanged, then again after 50 new messages. */
const [tool = '', variable = '', dir = '', dataDir = ''] = process.argv.slice(2);
rmSync(dataDir, { recursive: true, force: true });
const truth = JSON.parse(readFileSync(join(dir, 'truth.json'), 'utf8')) as Truth;
const bench = await startBenchCore({ dataDir, env: { [variable]: dir } });

const timedScan = async () => {
  const begin = performance.now();
  const before = process.cpuUsage();
  const { tools } = await bench.call('scan.run', { tools: [tool] });
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - begin, cpuMs: (user + system) / 1000, found: tools[0] };
};

const first = await timedScan();
const firstProcessMs = process.uptime() * 1000;
const firstCpu = process.cpuUsage();
const cells = await cellsOf(bench);
const wrong = wrongCells(truth, cells);
const unchanged = await timedScan();
const appended = tool === 'claude-code' ? await scanAppended() : null;
await bench.core.stop();
report({
  firstMs: first.ms,
  firstProcessMs,
  firstCpuMs: first.cpuMs,
  firstProcessCpuMs: (firstCpu.user + firstCpu.system) / 1000,
  accepted: first.found?.accepted,
  duplicate: first.found?.duplicate,
  refused: first.found?.refused,
  unchangedMs: unchanged.ms,
  appendedMs: appended?.ms ?? null,
  wrong: [...wrong, ...(appended?.wrong ?? [])],
  cells: Object.keys(truth.cells).length,
});

/** Fifty replies at the end of one transcript, taken off it again afterwards. */
async function scanAppended(): Promise<{ ms: number; wrong: readonly string[] }> {
  const name = (readdirSync(dir, { recursive: true }) as string[])
    .filter((each) => each.endsWith('.jsonl'))
    .sort()[0];
  const path = join(dir, name ?? '');
  const { size } = statSync(path);
  const random = randomOf('appended');
  const at = Date.UTC(2026, 10, 15, 12);
  const lines = Array.from({ length: 50 }, (_, index) => newLine(random.hex(22), at + index * 1000));
  appendFileSync(path, lines.join(''));
  try {
    const { ms } = await timedScan();
    const added: Cell = {
      requests: 50,
      tokens: {
        input: 150,
        cacheRead: 50_000,
        cacheWrite5m: 0,
        cacheWrite1h: 5_000,
        cacheWriteUnknown: 0,
        output: 25_000,
        reasoning: 0,
      },
      costNanoUsd: 0,
    };
    const expected = { ...truth, cells: { ...truth.cells, '2026-11-15 claude-opus-4-8': added } };
    return { ms, wrong: wrongCells(expected, await cellsOf(bench)) };
  } finally {
    truncateSync(path, size);
  }
}

function newLine(id: string, at: number): string {
  return (
    `{"isSidechain":false,"cwd":"/home/dev/appended","sessionId":"00000000-0000-4000-8000-000000000000","version":"2.1.72",` +
    `"message":{"model":"claude-opus-4-8","id":"msg_01${id}","type":"message","role":"assistant","content":[],"stop_reason":"end_turn",` +
    `"usage":{"input_tokens":3,"cache_creation_input_tokens":100,"cache_read_input_tokens":1000,"cache_creation":{"ephemeral_5m_input_tokens":0,` +
    `"ephemeral_1h_input_tokens":100},"output_tokens":500,"service_tier":"standard"}},"requestId":"req_011${id}","type":"assistant",` +
    `"uuid":"${id}","timestamp":"${new Date(at).toISOString()}"}\n`
  );
}

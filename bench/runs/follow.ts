import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { randomOf } from '../../src-main/jobs/sample/random.ts';
import { nodeFollowing } from '../../src-main/platform/following.ts';
import { report } from '../measure/child.ts';
import { startBenchCore } from '../measure/core.ts';
import { median } from '../measure/table.ts';

/**
 * A host that follows four agents for an hour, pressed into a minute: a reply every two seconds and agent, a new session
 * every ten minutes, so as many lines, refreshes and files as an hour brings.
 */
const [dir = '', seconds = '60'] = process.argv.slice(2);
const agents = 4;
const hour = { replies: 3_600 / 2, sessionEvery: 300 };
rmSync(dir, { recursive: true, force: true });
const logs = join(dir, 'claude');
const projects = Array.from({ length: agents }, (_, agent) =>
  join(logs, 'projects', `-home-dev-project-${agent}`),
);
for (const project of projects) mkdirSync(project, { recursive: true });
const random = randomOf('follow');
const start = Date.UTC(2026, 10, 15, 9);
for (const project of projects) append(project, 0, 0);

const bench = await startBenchCore({ dataDir: join(dir, 'data'), env: { CLAUDE_CONFIG_DIR: logs } });
await bench.call('scan.run', { tools: ['claude-code'] });
bench.core.follow(nodeFollowing);
let refreshes = 0;
bench.core.events.listen((event) => {
  if (event.kind === 'ledger.changed') refreshes++;
});

const memory: number[] = [];
const pauseMs = (Number(seconds) * 1000) / hour.replies;
for (let reply = 1; reply <= hour.replies; reply++) {
  for (const project of projects) append(project, reply, Math.floor(reply / hour.sessionEvery));
  if (reply % 60 === 0) memory.push(process.memoryUsage.rss() / 2 ** 20);
  await wait(pauseMs);
}
const expected = agents * (hour.replies + 1);
const written = performance.now();
const limitMs = 30_000;
let records = 0;
while (records < expected && performance.now() - written < limitMs) {
  await wait(50);
  records = (await bench.call('app.info', {})).records;
}
const behindMs = performance.now() - written;
globalThis.gc?.();
const endMegabytes = process.memoryUsage.rss() / 2 ** 20;
await bench.core.stop();
report({
  records,
  expected,
  refreshes,
  behindMs,
  firstQuarterMegabytes: median(memory.slice(0, Math.ceil(memory.length / 4))),
  lastQuarterMegabytes: median(memory.slice(-Math.ceil(memory.length / 4))),
  endMegabytes,
});

function append(project: string, reply: number, session: number): void {
  const path = join(project, `00000000-0000-4000-8000-${String(session).padStart(12, '0')}.jsonl`);
  const at = new Date(start + reply * 2_000).toISOString();
  const id = random.hex(22);
  const line =
    `{"isSidechain":false,"cwd":"/home/dev/x","sessionId":"s-${session}","version":"2.1.72","message":{"model":"claude-opus-4-8",` +
    `"id":"msg_01${id}","type":"message","role":"assistant","content":[],"stop_reason":"end_turn","usage":{"input_tokens":3,` +
    `"cache_creation_input_tokens":100,"cache_read_input_tokens":1000,"output_tokens":500,"service_tier":"standard"}},` +
    `"requestId":"req_011${id}","type":"assistant","uuid":"${id}","timestamp":"${at}"}\n`;
  if (reply % hour.sessionEvery === 0) writeFileSync(path, line, { flag: 'a' });
  else appendFileSync(path, line);
}

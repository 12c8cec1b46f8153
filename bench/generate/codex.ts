import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Random, randomOf } from '../../src-main/jobs/sample/random.ts';
import { fillerOf } from './filler.ts';
import { keepTruth, type Truth, type TruthKeeper } from './truth.ts';

const models = ['gpt-5.4', 'gpt-5.4-mini', 'gpt-5.6-sol'] as const;
const start = Date.UTC(2026, 4, 1);
const days = 180;

/** Counters of a session, running: input holds cached and written, output holds reasoning. */
interface Counters {
  readonly input: number;
  readonly cached: number;
  readonly written: number;
  readonly output: number;
  readonly reasoning: number;
}
const zero: Counters = { input: 0, cached: 0, written: 0, output: 0, reasoning: 0 };

interface Event {
  readonly total: Counters;
  readonly last: Counters;
}

interface Session {
  readonly id: string;
  readonly cwd: string;
  readonly begin: number;
  readonly events: readonly Event[];
}

interface Writer {
  readonly dir: string;
  readonly random: Random;
  readonly filler: (length: number) => string;
  readonly truth: TruthKeeper;
}

export interface CodexOptions {
  /** Stands for `~/.codex`. */
  readonly dir: string;
  readonly megabytes: number;
  readonly seed: string;
}

/**
 * Rollouts as Codex CLI writes them: counters that run on, events emitted again with new timestamps, events without
 * counters, a change of model on the way; one session in six forked, with its parent's history replayed.
 */
export function generateCodex({ dir, megabytes, seed }: CodexOptions): Truth {
  const random = randomOf(seed);
  const writer: Writer = { dir, random, filler: fillerOf(random), truth: keepTruth() };
  while (writer.truth.bytes < megabytes * 1e6) {
    const session = writeSession(writer);
    if (random.chance(16)) writeFork(writer, session);
  }
  return writer.truth.result();
}

function writeSession(writer: Writer): Session {
  const { random } = writer;
  const session = {
    id: idOf(random),
    cwd: `/home/dev/project-${random.between(1, 24)}`,
    begin: start + random.between(0, days * 24 * 60) * 60_000,
  };
  const lines = [metaLine(session, session.begin, '')];
  const events = appendTurns(
    writer,
    lines,
    session.cwd,
    session.begin + 1_000,
    zero,
    random.between(20, 200),
  );
  write(writer, session, lines);
  return { ...session, events };
}

function writeFork(writer: Writer, parent: Session): void {
  const { random } = writer;
  const fork = { id: idOf(random), cwd: parent.cwd, begin: parent.begin + 90_000_000 };
  const replayed = parent.events.slice(0, random.between(1, parent.events.length));
  const task = Math.ceil((fork.begin + 4_000) / 1_000) * 1_000;
  const lines = [
    metaLine(fork, fork.begin, `,"forked_from_id":"${parent.id}"`),
    metaLine(parent, fork.begin + 10, ''),
    contextLine(parent.cwd, models[0], fork.begin + 11),
    ...replayed.map((event, index) => countLine(event, fork.begin + 12 + index)),
    line(
      task,
      'event_msg',
      `{"type":"task_started","turn_id":"t-1","started_at":${task / 1_000},"model_context_window":272000}`,
    ),
  ];
  const total = replayed.at(-1)?.total ?? zero;
  appendTurns(writer, lines, fork.cwd, task + 100, total, random.between(3, 40));
  write(writer, fork, lines);
}

function appendTurns(
  writer: Writer,
  lines: string[],
  cwd: string,
  begin: number,
  from: Counters,
  turns: number,
): readonly Event[] {
  const { random, truth } = writer;
  const events: Event[] = [];
  let model = random.pick(models);
  let [at, total] = [begin, from];
  lines.push(contextLine(cwd, model, at));
  for (let turn = 0; turn < turns; turn++) {
    at += random.between(5, 120) * 1_000;
    if (random.chance(4)) {
      model = random.pick(models);
      lines.push(contextLine(cwd, model, at - 1));
    }
    lines.push(outputLine(writer, at - 500));
    if (random.chance(20))
      lines.push(line(at - 100, 'event_msg', `{"type":"token_count","info":null,"rate_limits":${limits}}`));
    const last = usageOfCall(random, model);
    total = sum(total, last);
    const event = { total, last };
    events.push(event);
    lines.push(countLine(event, at));
    for (let again = random.chance(40) ? random.between(1, 3) : 0; again > 0; again--)
      lines.push(countLine(event, at + again * 700));
    truth.count(at, model, {
      input: last.input - last.cached - last.written,
      cacheRead: last.cached,
      cacheWriteUnknown: last.written,
      output: last.output,
      reasoning: last.reasoning,
    });
  }
  return events;
}

function usageOfCall(random: Random, model: string): Counters {
  const cached = random.between(0, 120_000);
  const written = model === 'gpt-5.6-sol' ? random.between(0, 4_000) : 0;
  const output = random.between(20, 5_000);
  return {
    input: cached + written + random.between(50, 20_000),
    cached,
    written,
    output,
    reasoning: random.between(0, output),
  };
}

function sum(a: Counters, b: Counters): Counters {
  return {
    input: a.input + b.input,
    cached: a.cached + b.cached,
    written: a.written + b.written,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
  };
}

const limits =
  '{"primary":{"used_percent":4.0,"window_minutes":300,"resets_at":1782900000},"secondary":{"used_percent":1.0,"window_minutes":10080,"resets_at":1783400000},"credits":null,"plan_type":"plus"}';

function countLine({ total, last }: Event, at: number): string {
  return line(
    at,
    'event_msg',
    `{"type":"token_count","info":{"total_token_usage":${countersText(total)},"last_token_usage":${countersText(last)},"model_context_window":272000},"rate_limits":${limits}}`,
  );
}

function countersText(counters: Counters): string {
  return (
    `{"input_tokens":${counters.input},"cached_input_tokens":${counters.cached},"output_tokens":${counters.output},` +
    `"reasoning_output_tokens":${counters.reasoning},"total_tokens":${counters.input + counters.output},` +
    `"cache_write_input_tokens":${counters.written}}`
  );
}

function metaLine(
  session: { readonly id: string; readonly cwd: string; readonly begin: number },
  at: number,
  more: string,
): string {
  const began = new Date(session.begin).toISOString();
  return line(
    at,
    'session_meta',
    `{"id":"${session.id}","timestamp":"${began}","cwd":"${session.cwd}","originator":"codex_cli_rs","cli_version":"0.145.0","source":"cli","model_provider":"openai"${more}}`,
  );
}

function contextLine(cwd: string, model: string, at: number): string {
  return line(
    at,
    'turn_context',
    `{"cwd":"${cwd}","approval_policy":"on-request","model":"${model}","effort":"medium","summary":"auto"}`,
  );
}

function outputLine({ random, filler }: Writer, at: number): string {
  const text = filler(random.chance(15) ? random.between(6_000, 30_000) : random.between(200, 3_000));
  return line(
    at,
    'response_item',
    `{"type":"function_call_output","call_id":"call_${random.hex(24)}","output":"${text}"}`,
  );
}

function line(at: number, type: string, payload: string): string {
  return `{"timestamp":"${new Date(at).toISOString()}","type":"${type}","payload":${payload}}\n`;
}

function write(
  { dir, truth }: Writer,
  session: { readonly id: string; readonly begin: number },
  lines: readonly string[],
): void {
  const began = new Date(session.begin).toISOString();
  const [year = '', month = '', day = ''] = began.slice(0, 10).split('-');
  const name = `rollout-${began.slice(0, 19).replaceAll(':', '-')}-${session.id}.jsonl`;
  const path = join(dir, 'sessions', year, month, day, name);
  const content = lines.join('');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  truth.wrote(Buffer.byteLength(content));
}

function idOf(random: Random): string {
  return `019f${random.hex(4)}-${random.hex(4)}-7${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`;
}

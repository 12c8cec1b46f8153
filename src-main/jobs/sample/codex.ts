import { isoAt, type SampleDay, weekOf } from './calendar.ts';
import { type Random, randomOf } from './random.ts';

interface Counters {
  input: number;
  cached: number;
  output: number;
  reasoning: number;
}

const model = 'gpt-5.3-codex';

export interface CodexRollout {
  readonly fileName: string;
  readonly content: string;
}

/** One Codex session a week, resumed on its days: a running total per event, some of them written twice. */
export function codexRollouts(days: readonly SampleDay[]): readonly CodexRollout[] {
  const weeks = Map.groupBy(days, weekOf);
  return [...weeks].map(([monday, daysOfWeek]) => rollout(monday, daysOfWeek));
}

function rollout(monday: string, days: readonly SampleDay[]): CodexRollout {
  const random = randomOf(`codex ${monday}`);
  const id = `019f5a3b-${random.hex(4)}-7${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`;
  const cwd = random.chance(70) ? '/home/sample/cli-tools' : '/home/sample/atlas-api';
  const start = Date.parse(`${monday}T08:00:00Z`);
  const lines = [
    line(start, 'session_meta', metaOf(id, cwd, start)),
    line(start + 1000, 'turn_context', { cwd, model }),
  ];
  const totals: Counters = { input: 0, cached: 0, output: 0, reasoning: 0 };
  for (const day of days) lines.push(...linesOfDay(day, totals));
  return { fileName: `rollout-${monday}T08-00-00-${id}.jsonl`, content: lines.join('') };
}

function metaOf(id: string, cwd: string, start: number): object {
  return {
    id,
    timestamp: isoAt(start),
    cwd,
    originator: 'codex_cli_rs',
    cli_version: '0.145.0',
    source: 'cli',
    model_provider: 'openai',
  };
}

function linesOfDay(day: SampleDay, totals: Counters): readonly string[] {
  const random = randomOf(`codex ${day.date}`);
  const lines: string[] = [];
  let at = day.startMs + random.between(9, 17) * 3_600_000 + random.between(0, 3_599) * 1000;
  for (let turn = Math.round((day.busyPercent * random.between(3, 8)) / 100); turn > 0; turn--) {
    const last = turnOf(random);
    add(totals, last);
    lines.push(line(at, 'event_msg', tokenCount(totals, last)));
    if (random.chance(25)) lines.push(line(at + 1500, 'event_msg', tokenCount(totals, last)));
    at += random.between(40, 600) * 1000;
  }
  return lines;
}

function turnOf(random: Random): Counters {
  const input = random.between(24_000, 110_000);
  const output = random.between(600, 5_200);
  return {
    input,
    cached: Math.floor((input * random.between(55, 92)) / 100),
    output,
    reasoning: Math.floor((output * random.between(20, 70)) / 100),
  };
}

function add(totals: Counters, last: Counters): void {
  totals.input += last.input;
  totals.cached += last.cached;
  totals.output += last.output;
  totals.reasoning += last.reasoning;
}

function tokenCount(totals: Counters, last: Counters): object {
  return {
    type: 'token_count',
    info: {
      total_token_usage: vector(totals),
      last_token_usage: vector(last),
      model_context_window: 272_000,
    },
    rate_limits: null,
  };
}

function vector(counters: Counters): object {
  return {
    input_tokens: counters.input,
    cached_input_tokens: counters.cached,
    output_tokens: counters.output,
    reasoning_output_tokens: counters.reasoning,
    total_tokens: counters.input + counters.output,
  };
}

function line(at: number, type: string, payload: object): string {
  return `${JSON.stringify({ timestamp: isoAt(at), type, payload })}\n`;
}

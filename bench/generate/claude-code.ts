import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Random, randomOf } from '../../src-main/jobs/sample/random.ts';
import type { Tokens } from '../../src-main/platform/record.ts';
import { fillerOf } from './filler.ts';
import { keepTruth, type Truth, type TruthKeeper } from './truth.ts';

const models = [
  { raw: 'claude-opus-4-8', canonical: 'claude-opus-4-8' },
  { raw: 'claude-sonnet-5', canonical: 'claude-sonnet-5' },
  { raw: 'claude-haiku-4-5-20251001', canonical: 'claude-haiku-4-5' },
] as const;
type Model = (typeof models)[number];

const start = Date.UTC(2026, 4, 1);
const days = 180;

interface Session {
  readonly id: string;
  readonly cwd: string;
  readonly folder: string;
  readonly agent: string | null;
}

interface Writer {
  readonly random: Random;
  readonly filler: (length: number) => string;
  readonly truth: TruthKeeper;
  write(path: string, lines: readonly string[]): void;
}

export interface ClaudeCodeOptions {
  /** Stands for `~/.claude`. */
  readonly dir: string;
  readonly megabytes: number;
  readonly seed: string;
}

/**
 * Transcripts as Claude Code writes them: each reply on two to four lines whose output is a placeholder until the
 * last, some never finished; one session in eight resumed under a new id with all earlier lines copied; sub-agents in
 * files of their own.
 */
export function generateClaudeCode({ dir, megabytes, seed }: ClaudeCodeOptions): Truth {
  const random = randomOf(seed);
  const truth = keepTruth();
  const writer: Writer = {
    random,
    filler: fillerOf(random),
    truth,
    write(path, lines) {
      const content = lines.join('');
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      truth.wrote(Buffer.byteLength(content));
    },
  };
  while (truth.bytes < megabytes * 1e6) writeSession(writer, join(dir, 'projects'));
  return truth.result();
}

function writeSession(writer: Writer, projects: string): void {
  const { random } = writer;
  const name = `project-${random.between(1, 24)}`;
  const session = {
    id: uuidOf(random),
    cwd: `/home/dev/${name}`,
    folder: join(projects, `-home-dev-${name}`),
    agent: null,
  };
  const begin = start + random.between(0, days * 24 * 60) * 60_000;
  const lines = linesOfTurns(writer, session, begin, random.between(20, 160), random.pick(models));
  writer.write(join(session.folder, `${session.id}.jsonl`), lines);
  if (random.chance(30)) writeAgent(writer, session, begin);
  if (random.chance(12)) writeResumed(writer, session, lines, begin + 86_400_000);
}

function writeAgent(writer: Writer, session: Session, begin: number): void {
  const agent = writer.random.hex(8);
  const lines = linesOfTurns(writer, { ...session, agent }, begin, writer.random.between(3, 30), models[2]);
  writer.write(join(session.folder, session.id, 'subagents', `agent-${agent}.jsonl`), lines);
}

function writeResumed(writer: Writer, session: Session, earlier: readonly string[], begin: number): void {
  const resumed = { ...session, id: uuidOf(writer.random) };
  const copies = earlier.map((line) => line.replaceAll(session.id, resumed.id));
  const added = linesOfTurns(
    writer,
    resumed,
    begin,
    writer.random.between(2, 20),
    writer.random.pick(models),
  );
  writer.write(join(resumed.folder, `${resumed.id}.jsonl`), [...copies, ...added]);
}

function linesOfTurns(
  writer: Writer,
  session: Session,
  begin: number,
  turns: number,
  model: Model,
): readonly string[] {
  const { random } = writer;
  const lines: string[] = [];
  let at = begin;
  let context = random.between(9_000, 30_000);
  for (let turn = 0; turn < turns; turn++) {
    const written = turn === 0 ? context : random.between(200, 9_000);
    const tokens = {
      input: random.between(1, 60),
      cacheRead: turn === 0 ? 0 : context,
      ...(random.chance(80) ? { cacheWrite1h: written } : { cacheWrite5m: written }),
      output: random.between(40, 4_000),
    };
    lines.push(promptLine(writer, session, at - 1_000), ...replyLines(writer, session, at, model, tokens));
    // Below the long-context threshold of any model, as compaction keeps it.
    context = context > 160_000 ? 40_000 : context + (turn === 0 ? 0 : written);
    at += random.between(15, 300) * 1_000;
  }
  return lines;
}

function replyLines(
  writer: Writer,
  session: Session,
  at: number,
  model: Model,
  tokens: Partial<Tokens>,
): readonly string[] {
  const { random, truth } = writer;
  const message = `msg_01${random.hex(22)}`;
  const request = `req_011${random.hex(21)}`;
  const isCutOff = random.chance(2);
  const count = random.between(2, 4);
  truth.count(at, model.canonical, { ...tokens, output: isCutOff ? 2 : (tokens.output ?? 0) });
  return Array.from({ length: count }, (_, index) => {
    const isLast = index === count - 1;
    const output = isLast && !isCutOff ? (tokens.output ?? 0) : 2;
    const content = `{"type":"text","text":"${writer.filler(random.between(100, 1_500))}"}`;
    return (
      `${head(session, random)},"message":{"model":"${model.raw}","id":"${message}","type":"message","role":"assistant",` +
      `"content":[${content}],"stop_reason":${isLast && !isCutOff ? '"end_turn"' : 'null'},"stop_sequence":null,` +
      `"usage":${usageOf(tokens, output)}},"requestId":"${request}","type":"assistant","uuid":"${uuidOf(random)}",` +
      `"timestamp":"${new Date(at + index * 1_500).toISOString()}"}\n`
    );
  });
}

function usageOf(
  { input = 0, cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0 }: Partial<Tokens>,
  output: number,
): string {
  return (
    `{"input_tokens":${input},"cache_creation_input_tokens":${cacheWrite5m + cacheWrite1h},"cache_read_input_tokens":${cacheRead},` +
    `"cache_creation":{"ephemeral_5m_input_tokens":${cacheWrite5m},"ephemeral_1h_input_tokens":${cacheWrite1h}},` +
    `"output_tokens":${output},"service_tier":"standard","inference_geo":"not_available","speed":"standard"}`
  );
}

function promptLine(writer: Writer, session: Session, at: number): string {
  const { random, filler } = writer;
  const text = filler(random.chance(15) ? random.between(8_000, 40_000) : random.between(200, 4_000));
  return (
    `${head(session, random)},"type":"user","message":{"role":"user","content":[{"tool_use_id":"toolu_${random.hex(24)}",` +
    `"type":"tool_result","content":"${text}"}]},"uuid":"${uuidOf(random)}","timestamp":"${new Date(at).toISOString()}"}\n`
  );
}

function head(session: Session, random: Random): string {
  const agent = session.agent === null ? '' : `,"agentId":"${session.agent}"`;
  return (
    `{"parentUuid":"${uuidOf(random)}","isSidechain":${session.agent !== null},"userType":"external","cwd":"${session.cwd}",` +
    `"sessionId":"${session.id}","version":"2.1.72","gitBranch":"main"${agent}`
  );
}

function uuidOf(random: Random): string {
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`;
}

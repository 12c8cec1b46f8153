import { isoAt, type SampleDay } from './calendar.ts';
import { type Random, randomOf } from './random.ts';

interface Session {
  readonly id: string;
  readonly cwd: string;
  readonly model: string;
}

interface Usage {
  readonly input: number;
  readonly written: number;
  readonly read: number;
  readonly output: number;
}

/** Not a model anybody sells: shows what LLMLab does with a name it has no price for. */
const unpricedModel = 'qwen3.5-coder-next';

const work = [
  { cwd: '/home/sample/atlas-api', model: 'claude-opus-4-8' },
  { cwd: '/home/sample/atlas-api', model: 'claude-sonnet-5' },
  { cwd: '/home/sample/inbox-triage', model: 'claude-sonnet-5' },
  { cwd: '/home/sample/blog-drafts', model: 'claude-haiku-4-5-20251001' },
] as const;

/** A Claude Code transcript: several lines repeat one reply, as the tool writes them; the last one has the final output. */
export function claudeCodeLog(days: readonly SampleDay[]): string {
  return days.flatMap(linesOfDay).join('');
}

function linesOfDay(day: SampleDay): readonly string[] {
  const random = randomOf(`claude-code ${day.date}`);
  const sessions = Math.max(
    random.chance(60) ? 1 : 0,
    Math.round((day.busyPercent * random.between(2, 3)) / 100),
  );
  return Array.from({ length: sessions }, () => linesOfSession(day, random)).flat();
}

function linesOfSession(day: SampleDay, random: Random): readonly string[] {
  const base = random.chance(8) ? { cwd: '/home/sample/cli-tools', model: unpricedModel } : random.pick(work);
  const session = {
    ...base,
    id: `5a3b1e00-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`,
  };
  let at = day.startMs + random.between(8, 20) * 3_600_000 + random.between(0, 3_599) * 1000;
  let context = random.between(14_000, 22_000);
  const lines: string[] = [];
  for (let turn = random.between(4, 9); turn > 0; turn--) {
    const isFirst = lines.length === 0;
    const written = isFirst ? context : random.between(1_200, 9_000);
    const usage = {
      input: random.between(2, 40),
      written,
      read: isFirst ? 0 : context,
      output: random.between(180, 3_200),
    };
    lines.push(...linesOfReply(session, usage, at, random));
    context += isFirst ? 0 : written;
    at += random.between(20, 240) * 1000;
  }
  return lines;
}

function linesOfReply(session: Session, usage: Usage, at: number, random: Random): readonly string[] {
  const messageId = `msg_sample${random.hex(18)}`;
  const requestId = `req_sample${random.hex(16)}`;
  const line = (offsetMs: number, output: number, stopReason: string | null): string =>
    `${JSON.stringify({
      isSidechain: false,
      userType: 'external',
      cwd: session.cwd,
      sessionId: session.id,
      version: '2.1.72',
      gitBranch: 'main',
      type: 'assistant',
      uuid: `sample-${random.hex(12)}`,
      requestId,
      timestamp: isoAt(at + offsetMs),
      message: {
        id: messageId,
        type: 'message',
        role: 'assistant',
        model: session.model,
        content: [],
        stop_reason: stopReason,
        usage: usageOf({ ...usage, output }),
      },
    })}\n`;
  return [line(0, 1, null), line(random.between(2, 20) * 1000, usage.output, 'end_turn')];
}

function usageOf(usage: Usage): object {
  return {
    input_tokens: usage.input,
    cache_creation_input_tokens: usage.written,
    cache_read_input_tokens: usage.read,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: usage.written },
    output_tokens: usage.output,
    service_tier: 'standard',
  };
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Numbers that look random and are the same on every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const firstMs = Date.UTC(2026, 5, 1);
const models = [
  'anthropic/claude-4.5-sonnet-20250929',
  'openai/gpt-5-mini-2025-08-07',
  'google/gemini-2.5-flash',
];

/** What a file of made-up calls comes to, exactly. */
export interface Amount {
  readonly records: number;
  readonly costNanoUsd: number;
}

/** Writes an activity export of OpenRouter with `rows` calls; files of different numbers share none. */
export function writeExport(path: string, number: number, rows: number): Amount {
  const random = seeded(number * 7_919 + rows);
  let costNanoUsd = 0;
  const lines = Array.from({ length: rows }, (_, i) => {
    const at = new Date(firstMs + number * 3_600_000 + Math.floor(random() * 120 * 86_400_000));
    const microUsd = 10 + Math.floor(random() * 90_000);
    costNanoUsd += microUsd * 1_000;
    const created = at.toISOString().replace('T', ' ').slice(0, 23);
    const cost = `0.${String(microUsd).padStart(6, '0')}`;
    const prompt = 20 + Math.floor(random() * 9_000);
    return `gen-${number}-${i},${created},${cost},${prompt},${1 + Math.floor(random() * 3_000)},0,0,${models[i % 3]},false`;
  });
  const header =
    'generation_id,created_at,cost_total,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,cancelled';
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${[header, ...lines].join('\n')}\n`);
  return { records: rows, costNanoUsd };
}

export const loggedModel = 'claude-sonnet-4-5-20250929';
/** Output tokens of every logged call, and no others: its price is then one number. */
export const loggedTokens = 1_000;

/** Lines `from` … `to - 1` of a log of Claude Code: one call each. */
export function logLines(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    return `${JSON.stringify({
      type: 'assistant',
      timestamp: new Date(firstMs + n * 60_000).toISOString(),
      sessionId: `session-${Math.floor(n / 500)}`,
      cwd: `/home/dev/project-${n % 7}`,
      version: '2.1.72',
      uuid: `u-${n}`,
      requestId: `req_${n}`,
      message: {
        id: `msg_${n}`,
        type: 'message',
        role: 'assistant',
        model: loggedModel,
        usage: {
          input_tokens: 0,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: 0,
          output_tokens: loggedTokens,
          service_tier: 'standard',
        },
      },
    })}\n`;
  }).join('');
}

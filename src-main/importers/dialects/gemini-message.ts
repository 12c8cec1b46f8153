import type { ImportedRecord, Tokens } from '../../platform/record.ts';
import { withoutBlanks } from './columns.ts';
import { type FieldReader, type Fields, fieldsOf, textOf } from './json-fields.ts';

export interface GeminiSession {
  readonly id: string;
  readonly project: string | null;
  /** '' where unknown. */
  readonly cwd: string;
  /** Who serves it; the tool's forks have others than Google. */
  readonly provider?: string;
}

/** Whether the start of a chat recording is that of the fork for Qwen models, which kept the older layout. */
export function isQwenRecording(head: string): boolean {
  return /"type":\s*"qwen"|"model":\s*"[^"]*qwen/i.test(head);
}

/**
 * A reply in a chat recording (google-gemini/gemini-cli, chatRecordingTypes.ts, 2026); null for everything else and
 * for a reply whose tokens are not known yet.
 */
export function geminiRecord(
  value: unknown,
  session: GeminiSession,
  fields: FieldReader,
): ImportedRecord | null {
  const message = fieldsOf(value);
  const counted = fieldsOf(message?.tokens);
  const isReply = message?.type === 'gemini' || message?.type === 'qwen';
  if (message === undefined || !isReply || counted === undefined) return null;
  const tokens = geminiTokens(counted, fields);
  if (tokens.input + tokens.cacheRead + tokens.output === 0) return null;
  const id = textOf(message.id);
  if (id === undefined) fields.refuse('the reply has no id');
  return {
    key: `${session.id}:${id}`,
    at: fields.moment(message.timestamp),
    grain: 'instant',
    provider: session.provider ?? 'google',
    model: textOf(message.model) ?? null,
    project: session.project,
    session: session.id,
    requests: 1,
    tokens,
    extras: withoutBlanks({ cwd: session.cwd }),
  };
}

/** Cached tokens are part of the input, tool prompts are not; thoughts are beside the output and billed with it. */
function geminiTokens(counted: Fields, fields: FieldReader): Tokens {
  const input = fields.count(counted, 'input');
  const cacheRead = Math.min(fields.count(counted, 'cached'), input);
  const thoughts = fields.count(counted, 'thoughts');
  return {
    input: input - cacheRead + fields.count(counted, 'tool'),
    cacheRead,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknown: 0,
    output: fields.count(counted, 'output') + thoughts,
    reasoning: thoughts,
  };
}

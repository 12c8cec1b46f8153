import { addTokens, type ImportedRecord, type Tokens } from '../../platform/record.ts';
import { withoutBlanks } from './columns.ts';
import { decimalOfNumber, sumDecimals } from './decimal-number.ts';
import { type FieldReader, type Fields, fieldsOf, textOf } from './json-fields.ts';
import { projectOf } from './project.ts';
import { toolProvider } from './tool-provider.ts';

/** What stands beside a message's own JSON. */
export interface OpencodeMessage {
  readonly id: string;
  readonly session: string | null;
  readonly message: Fields;
  /** Folder of the session, where a database has it. */
  readonly directory: string | undefined;
  /** The session this one was started from as a sub-task. */
  readonly parent: string | undefined;
  /** The message's finished steps, each a call of its own; empty where they are not stored apart. */
  readonly steps: readonly Fields[];
}

/**
 * A reply of a model in opencode's store (anomalyco/opencode, 2025 to v1.4 of 2026). A message's own tokens are those
 * of its last step while its cost is that of all, so the steps count where they are known.
 */
export function opencodeRecord(stored: OpencodeMessage, fields: FieldReader): ImportedRecord | null {
  const { id, session, message, directory, parent, steps } = stored;
  const parts = steps.length > 0 ? steps : [message];
  const tokens = parts.map((part) => opencodeTokens(part, fields)).reduce(addTokens);
  const cost = sumDecimals(parts.map((part) => decimalOfNumber(part.cost) ?? '0'));
  const { input, cacheRead, cacheWriteUnknown, output } = tokens;
  if (input + cacheRead + cacheWriteUnknown + output === 0 && cost === '0') return null;
  const path = fieldsOf(message.path);
  const cwd = directory ?? textOf(path?.cwd) ?? textOf(path?.root);
  const provider = toolProvider(textOf(message.providerID) ?? '');
  if (provider === '') fields.refuse('the message names no provider');
  return {
    key: id,
    at: fields.epochMs(fieldsOf(message.time)?.created),
    grain: 'instant',
    provider,
    model: textOf(message.modelID) ?? null,
    project: projectOf(cwd),
    session,
    requests: parts.length,
    tokens,
    // Zero is what is written under a subscription: it does not mean that the call was free.
    ...(cost === '0' ? { coveredByPlan: true } : { amount: { value: cost, currency: 'USD' } }),
    precedence: steps.length > 0 ? 1 : 0,
    extras: withoutBlanks({
      cwd: cwd ?? '',
      agent: textOf(message.agent) ?? textOf(message.mode) ?? '',
      parent: parent ?? '',
    }),
  };
}

/**
 * A forked session copies its messages under new ids: this is the same for all copies of a finished message, and
 * undefined for one that may still change.
 */
export function opencodeFingerprint({ message }: OpencodeMessage): string | undefined {
  const time = fieldsOf(message.time);
  if (typeof time?.created !== 'number' || typeof time.completed !== 'number') return undefined;
  const { modelID, providerID, tokens, agent, mode } = message;
  return JSON.stringify([time.created, time.completed, modelID, providerID, agent ?? mode, tokens]);
}

/** Cache counts are beside the input. Whether reasoning is inside the output is told by the total, where there is one. */
function opencodeTokens(part: Fields, fields: FieldReader): Tokens {
  const counted = fieldsOf(part.tokens);
  const cache = fieldsOf(counted?.cache);
  const input = fields.count(counted, 'input');
  const cacheRead = fields.count(cache, 'read');
  const cacheWriteUnknown = fields.count(cache, 'write');
  const output = fields.count(counted, 'output');
  const reasoning = fields.count(counted, 'reasoning');
  const beyond = fields.count(counted, 'total') - (input + cacheRead + cacheWriteUnknown + output);
  const isInside = typeof counted?.total === 'number' && beyond === 0;
  return {
    input,
    cacheRead,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknown,
    output: isInside ? output : output + reasoning,
    reasoning: isInside ? Math.min(reasoning, output) : reasoning,
  };
}

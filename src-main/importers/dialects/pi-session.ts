import type { LineReader, LogFile, RowOutcome } from '../../platform/importer.ts';
import type { Json } from '../../platform/json.ts';
import type { ImportedRecord, Tokens } from '../../platform/record.ts';
import { withoutBlanks } from './columns.ts';
import { decimalOfNumber } from './decimal-number.ts';
import { nameWithout } from './documents.ts';
import { firstKeys } from './first-keys.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  notJson,
  openFields,
  parseFields,
  textOf,
} from './json-fields.ts';
import { projectOf } from './project.ts';
import { bucketsBeside, isEmpty } from './token-buckets.ts';
import { toolProvider } from './tool-provider.ts';

/** What the lines of a session have said so far. */
interface Session {
  readonly id: string;
  readonly cwd: string;
  readonly provider: string;
  readonly model: string;
}

/** Lines without one of these state no usage and nothing about those that follow. */
export const piNeedles = ['"usage"', '"session"', '"model_change"'] as const;

/** The tools of the family name a call alike, so a file that is dropped as one tool's and found as another's counts once. */
export const piKeys = 'pi-session';

const notReply: RowOutcome = { kind: 'skip', reason: 'not a reply of the model' };
const noUsage: RowOutcome = { kind: 'skip', reason: 'no tokens' };

/** Routes that are a login to a flat plan and not a key, and who serves them. */
const logins: ReadonlyMap<string, string> = new Map([
  ['github-copilot', 'github-copilot'],
  ['google-antigravity', 'google'],
  ['google-gemini-cli', 'google'],
  ['openai-codex', 'openai'],
]);
const onThisMachine = /^(?:ollama|lm-?studio|llama-?cpp|vllm|local)$/;
const endings: ReadonlyMap<string, string> = new Map([
  ['aborted', 'cancelled'],
  ['error', 'error'],
]);

/** The working directory in the header of a session of the Pi family; null where the text does not start with one. */
export function piHeader(head: string): { readonly cwd: string } | null {
  const keys = firstKeys(head);
  if (!['type', 'id', 'timestamp', 'cwd'].every((name) => keys.has(name))) return null;
  const header = parseFields(head.slice(0, head.search(/\n|$/)));
  return header?.type === 'session' ? { cwd: textOf(header.cwd) ?? '' } : null;
}

/**
 * Reads the session files that Pi, OMP and OpenClaw share (2025 to 2026). Branches and forks copy entries with their
 * ids and times into other files, so a call is known by these and not by the file it stands in.
 */
export function openPiLines(file: LogFile, state: Json | null): LineReader {
  const fields = openFields();
  const fromName = nameWithout(file, /\.jsonl.*$/);
  const unknown: Session = { id: fromName, cwd: '', provider: '', model: '' };
  let session: Session = { ...unknown, ...(state as Partial<Session> | null) };

  function line(text: string): RowOutcome {
    const entry = parseFields(text);
    if (entry === null) return notJson;
    if (entry.type === 'session')
      session = { ...session, id: textOf(entry.id) ?? session.id, cwd: textOf(entry.cwd) ?? session.cwd };
    if (entry.type === 'model_change')
      session = {
        ...session,
        provider: textOf(entry.provider) ?? session.provider,
        model: textOf(entry.modelId) ?? session.model,
      };
    return entry.type === 'message' ? fields.read(() => reply(entry, session, fields)) : notReply;
  }

  return { line, state: () => ({ ...session }) };
}

function reply(entry: Fields, session: Session, fields: FieldReader): RowOutcome {
  const message = fieldsOf(entry.message);
  const usage = fieldsOf(message?.usage);
  if (message?.role !== 'assistant' || usage === undefined) return notReply;
  const tokens = bucketsBeside({
    input: fields.count(usage, 'input'),
    cacheRead: fields.count(usage, 'cacheRead'),
    cacheWrite: fields.count(usage, 'cacheWrite'),
    output: fields.count(usage, 'output'),
  });
  const cost = decimalOfNumber(fieldsOf(usage.cost)?.total);
  if (isEmpty(tokens) && (cost === null || cost === '0')) return noUsage;
  return { kind: 'record', record: record({ entry, message, session, tokens, cost }, fields) };
}

interface Reply {
  readonly entry: Fields;
  readonly message: Fields;
  readonly session: Session;
  readonly tokens: Tokens;
  /** In USD, as the tool worked it out; null where it states none. */
  readonly cost: string | null;
}

function record({ entry, message, session, tokens, cost }: Reply, fields: FieldReader): ImportedRecord {
  const route = toolProvider(textOf(message.provider) ?? session.provider);
  if (route === '') fields.refuse('the message names no provider');
  const at =
    typeof message.timestamp === 'number'
      ? fields.epochMs(message.timestamp)
      : fields.moment(entry.timestamp);
  const callId = textOf(message.responseId);
  const status = endings.get(textOf(message.stopReason) ?? '');
  return {
    key: callId ?? `${textOf(entry.id) ?? `${session.id}:${Object.values(tokens).join(',')}`}:${at}`,
    at,
    grain: 'instant',
    provider: logins.get(route) ?? route,
    model: textOf(message.model) ?? (session.model || null),
    project: projectOf(session.cwd || undefined),
    session: session.id,
    requests: 1,
    tokens,
    ...money(cost, route),
    ...(callId !== undefined && { vendorCallId: callId }),
    ...(status !== undefined && { status }),
    extras: withoutBlanks({ cwd: session.cwd, route: logins.has(route) ? route : '' }),
  };
}

/** Zero is what is written under a subscription: it does not mean that the call was free. */
function money(cost: string | null, route: string): Pick<ImportedRecord, 'amount' | 'coveredByPlan'> {
  const isCovered = logins.has(route) || (cost === '0' && !onThisMachine.test(route));
  return {
    ...(isCovered && { coveredByPlan: true }),
    ...(cost !== null && cost !== '0' && { amount: { value: cost, currency: 'USD' } }),
  };
}

import type { LineReader, LogFile, RowOutcome } from '../../platform/importer.ts';
import type { Json } from '../../platform/json.ts';
import type { ImportedRecord } from '../../platform/record.ts';
import {
  add,
  type Counters,
  codexTokens,
  countersOf,
  isZero,
  larger,
  noCounters,
  rise,
} from './codex-counters.ts';
import { withoutBlanks } from './columns.ts';
import { type Fields, fieldsOf, notJson, openFields, parseFields, textOf } from './json-fields.ts';
import { projectOf } from './project.ts';
import { toolProvider } from './tool-provider.ts';
import { uuidTime } from './uuid-time.ts';

/** What is known of a session so far; JSON, because a file is read in pieces over days. */
interface Session {
  readonly id: string;
  readonly parent: string;
  readonly cwd: string;
  readonly provider: string;
  readonly version: string;
  readonly model: string;
  /** The largest total seen since the counters last started over. */
  readonly high: Counters;
  /** How often they did. */
  readonly resets: number;
  /**
   * `open`: nothing counted yet, so a copy of the parent's history may begin; `inside` such a copy; `over` after it.
   */
  readonly history: 'open' | 'inside' | 'over';
  readonly isStream: boolean;
}

const newSession: Session = {
  id: '',
  parent: '',
  cwd: '',
  provider: 'openai',
  version: '',
  model: '',
  high: noCounters,
  resets: 0,
  history: 'open',
  isStream: false,
};

const notUsage: RowOutcome = { kind: 'skip', reason: 'not a count of tokens' };
const noCount: RowOutcome = { kind: 'skip', reason: 'a notice of rate limits without counters' };
const startsOver: RowOutcome = { kind: 'skip', reason: 'the counters start over' };
const repeated: RowOutcome = { kind: 'duplicate' };

/** Tool output and messages hold the needles by chance; their type stands first and tells without parsing. */
const content = /^\{"timestamp":"[^"]{0,40}","type":"response_item"/;

/**
 * Reads the events of one Codex session. `total_token_usage` is a running total that is sent again with every change
 * of rate limits and after compaction, so only its rises count; `last_token_usage` alone would count those again.
 */
export function openCodexLines(file: LogFile, state: Json | null): LineReader {
  const fields = openFields();
  let session: Session = { ...newSession, ...(state as Partial<Session> | null) };

  function line(text: string): RowOutcome {
    if (content.test(text)) return notUsage;
    const event = parseFields(text);
    if (event === null) return notJson;
    const before = session;
    const outcome = fields.read(() => outcomeOf(event));
    // Counters that cannot be trusted must not move the baseline of those that follow.
    if (outcome.kind === 'refuse') session = before;
    return outcome;
  }

  function outcomeOf(event: Fields): RowOutcome {
    const payload = fieldsOf(event.payload) ?? {};
    switch (event.type) {
      case 'session_meta':
        session = withMeta(session, payload);
        return notUsage;
      case 'turn_context':
        session = { ...session, model: textOf(payload.model) ?? session.model };
        return notUsage;
      case 'thread.started':
        session = { ...session, id: textOf(event.thread_id) ?? '', isStream: true };
        return notUsage;
      case 'turn.completed':
        return turnCompleted(event);
      case 'event_msg':
        return eventMessage(event, payload);
      default:
        return notUsage;
    }
  }

  function eventMessage(event: Fields, payload: Fields): RowOutcome {
    if (payload.type === 'task_started') session = withTask(session, payload.started_at, event.timestamp);
    if (payload.type !== 'token_count') return notUsage;
    const info = fieldsOf(payload.info);
    return info === undefined ? noCount : tokenCount(event, payload, info);
  }

  function tokenCount(event: Fields, payload: Fields, info: Fields): RowOutcome {
    const total = fieldsOf(info.total_token_usage);
    const last = fieldsOf(info.last_token_usage);
    if (total === undefined && last === undefined) return noCount;
    const lastCount = last === undefined ? undefined : countersOf(last, fields);
    const now = total === undefined ? add(session.high, lastCount ?? noCounters) : countersOf(total, fields);
    if (total !== undefined && isZero(now)) {
      session = { ...session, high: noCounters, resets: session.resets + 1 };
      return startsOver;
    }
    const before = baseline(session, now, lastCount);
    const rose = rise(now, before);
    session = { ...session, high: larger(now, before) };
    if (session.history === 'inside' || isZero(rose)) return repeated;
    session = { ...session, history: 'over' };
    const model = textOf(info.model) ?? textOf(payload.model) ?? session.model;
    return { kind: 'record', record: record(rose, fields.moment(event.timestamp), model) };
  }

  /** A turn printed by `codex exec --json`: its own tokens, without a time. */
  function turnCompleted(event: Fields): RowOutcome {
    const usage = fieldsOf(event.usage);
    if (usage === undefined || !session.isStream) return notUsage;
    const turn = countersOf(usage, fields);
    if (isZero(turn)) return notUsage;
    session = { ...session, high: add(session.high, turn) };
    const startedAt = uuidTime(session.id);
    const made = record(turn, startedAt ?? file.modifiedAt, session.model);
    const timeFrom = startedAt === null ? 'file' : 'session';
    // Its sum ends where the turn's last call does in the session's file, which tells the calls apart and stands instead.
    return { kind: 'record', record: { ...made, precedence: 0, extras: { ...made.extras, timeFrom } } };
  }

  function record(counters: Counters, at: number, model: string): ImportedRecord {
    const { id, parent, cwd, provider, version, high, resets } = session;
    const sessionId = id || nameOf(file.relativePath);
    return {
      key: `${sessionId}:${resets}:${high.join(',')}`,
      at,
      grain: 'instant',
      provider,
      model: model || 'gpt-5',
      project: projectOf(cwd || undefined),
      session: sessionId,
      requests: 1,
      tokens: codexTokens(counters),
      precedence: 1,
      extras: { ...withoutBlanks({ cwd, version, parent }), ...(model === '' && { modelAssumed: true }) },
    };
  }

  return { line, state: () => ({ ...session }) };
}

/** The first description of a session is its own; one of its parent says that the parent's history is copied here. */
function withMeta(session: Session, meta: Fields): Session {
  const id = textOf(meta.id) ?? '';
  if (session.id !== '') {
    const isCopy = session.history === 'open' && id !== '' && id === session.parent;
    return isCopy ? { ...session, history: 'inside' } : session;
  }
  const spawn = fieldsOf(fieldsOf(fieldsOf(meta.source)?.subagent)?.thread_spawn);
  return {
    ...session,
    id,
    parent:
      textOf(meta.forked_from_id) ?? textOf(meta.parent_thread_id) ?? textOf(spawn?.parent_thread_id) ?? '',
    cwd: textOf(meta.cwd) ?? '',
    provider: toolProvider(textOf(meta.model_provider) ?? 'openai'),
    version: textOf(meta.cli_version) ?? '',
  };
}

/** Copied history keeps its own starting times; the first task that starts at its line's second is the fork's own. */
function withTask(session: Session, startedAt: unknown, timestamp: unknown): Session {
  if (session.history !== 'inside' || typeof timestamp !== 'string') return session;
  return Math.floor(Date.parse(timestamp) / 1000) === startedAt ? { ...session, history: 'over' } : session;
}

/**
 * What a total rose from. A fork can go on with its parent's counters without copying the history: then its first
 * total exceeds its first call by what the parent had used.
 */
function baseline({ high, parent, history }: Session, total: Counters, last: Counters | undefined): Counters {
  if (parent === '' || history !== 'open' || last === undefined || !isZero(high) || isZero(last)) return high;
  return rise(total, last);
}

/** The session id in a rollout's name, for files without a description of the session. */
function nameOf(relativePath: string): string {
  return /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[^/]*$/.exec(relativePath)?.[1] ?? relativePath;
}

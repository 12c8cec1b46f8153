import type { LineFields, LineReader, LogFile, RowOutcome } from '../../platform/importer.ts';
import type { Json } from '../../platform/json.ts';
import type { ImportedRecord } from '../../platform/record.ts';
import {
  add,
  type Counters,
  codexTokens,
  counterNames,
  countersOf,
  isSame,
  isZero,
  larger,
  noCounters,
  plainCounters,
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

/** What a count of tokens says besides its counters. */
interface Around {
  readonly timestamp: unknown;
  readonly infoModel: unknown;
  readonly payloadModel: unknown;
}

/** What a count of tokens is told by. Other events are rare and read whole. */
export const codexFields = [
  'type',
  'payload.type',
  'timestamp',
  'payload.model',
  'payload.info.model',
  ...['total', 'last'].flatMap((which) =>
    counterNames.map((name) => `payload.info.${which}_token_usage.${name}`),
  ),
];

/** Where the counters stand among those fields. */
const totalAt = codexFields.length - 2 * counterNames.length;
const lastAt = codexFields.length - counterNames.length;

/**
 * Reads the events of one Codex session. `total_token_usage` is a running total that is sent again with every change
 * of rate limits and after compaction, so only its rises count; `last_token_usage` alone would count those again.
 */
export function openCodexLines(file: LogFile, state: Json | null): LineReader {
  const fields = openFields();
  let session: Session = { ...newSession, ...(state as Partial<Session> | null) };
  let described: Described | null = null;

  function line(text: string): RowOutcome {
    if (content.test(text)) return notUsage;
    const event = parseFields(text);
    return event === null ? notJson : take(event);
  }

  function fromFields(given: LineFields): RowOutcome | null {
    const type = given.value(0);
    if (type === 'response_item') return notUsage;
    if (type !== 'event_msg' || given.value(1) !== 'token_count') return null;
    const total = plainCounters(given, totalAt);
    const last = plainCounters(given, lastAt);
    if (total === null || last === null) return take(given.entry());
    const around = { timestamp: given.value(2), payloadModel: given.value(3), infoModel: given.value(4) };
    return guarded(() => counted(total, last, around));
  }

  function take(event: Fields): RowOutcome {
    return guarded(() => outcomeOf(event));
  }

  function guarded(build: () => RowOutcome): RowOutcome {
    const before = session;
    const outcome = fields.read(build);
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
    return counted(total && countersOf(total, fields), last && countersOf(last, fields), {
      timestamp: event.timestamp,
      infoModel: info.model,
      payloadModel: payload.model,
    });
  }

  function counted(total: Counters | undefined, last: Counters | undefined, around: Around): RowOutcome {
    const now = total ?? add(session.high, last ?? noCounters);
    if (total !== undefined && isZero(now)) {
      session = { ...session, high: noCounters, resets: session.resets + 1 };
      return startsOver;
    }
    if (session.history === 'over' && isSame(now, session.high)) return repeated;
    const before = baseline(session, now, last);
    const rose = rise(now, before);
    const isRepeated = session.history === 'inside' || isZero(rose);
    const history = isRepeated ? session.history : 'over';
    session = { ...session, high: larger(now, before), history };
    if (isRepeated) return repeated;
    const model = textOf(around.infoModel) ?? textOf(around.payloadModel) ?? session.model;
    return { kind: 'record', record: record(rose, fields.moment(around.timestamp), model) };
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
    const { high, resets } = session;
    if (!isOf(described, session, model)) described = describe(session, model, file);
    const { shared } = described;
    return {
      ...shared,
      key: `${shared.session}:${resets}:${high[0]},${high[1]},${high[2]},${high[3]},${high[4]}`,
      at,
      tokens: codexTokens(counters),
    };
  }

  return { line, fields: fromFields, state: () => ({ ...session }) };
}

/** What the records of a session share while its model stays the same. */
interface Described extends Pick<Session, 'id' | 'parent' | 'cwd' | 'provider' | 'version'> {
  readonly model: string;
  readonly shared: Omit<ImportedRecord, 'key' | 'at' | 'tokens'>;
}

function isOf(described: Described | null, session: Session, model: string): described is Described {
  return (
    described !== null &&
    described.model === model &&
    described.id === session.id &&
    described.cwd === session.cwd &&
    described.version === session.version &&
    described.parent === session.parent &&
    described.provider === session.provider
  );
}

function describe({ id, parent, cwd, provider, version }: Session, model: string, file: LogFile): Described {
  const shared = {
    grain: 'instant',
    provider,
    model: model || 'gpt-5',
    project: projectOf(cwd || undefined),
    session: id || nameOf(file.relativePath),
    requests: 1,
    precedence: 1,
    extras: { ...withoutBlanks({ cwd, version, parent }), ...(model === '' && { modelAssumed: true }) },
  } as const;
  return { id, parent, cwd, provider, version, model, shared };
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

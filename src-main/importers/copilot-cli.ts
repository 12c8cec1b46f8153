import type {
  LineReader,
  LogEnvironment,
  LogFile,
  LogFileKind,
  LogImporter,
  LogLocation,
  ReadonlyDatabase,
  RowOutcome,
} from '../platform/importer.ts';
import type { Json } from '../platform/json.ts';
import type { ImportedRecord } from '../platform/record.ts';
import { withoutBlanks } from './dialects/columns.ts';
import { copilotShutdown, type Leg, type Totals, totalsFrom } from './dialects/copilot-legs.ts';
import { type Read, whole } from './dialects/documents.ts';
import { type Fields, fieldsOf, notJson, openFields, parseFields, textOf } from './dialects/json-fields.ts';
import { projectOf } from './dialects/project.ts';
import { rowsOf, utcStamp } from './dialects/sqlite-rows.ts';
import { bucketsInside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

const provider = 'github-copilot';

/**
 * Sessions of GitHub's Copilot command line and desktop app (2026). The store has every call; the event log of a
 * session sums it up when it is left, and older builds have nothing else. Calls and sums are numbered within their
 * session and share the numbers, so that of a session in the store its sums give way, whichever is read first: each
 * sum is of one call at least, so there are never more sums than calls.
 */
export const copilotCli = {
  spec: 1,
  kind: 'log',
  id: 'copilot-cli',
  label: 'GitHub Copilot CLI',
  vendor: provider,
  vendorLabel: 'GitHub Copilot',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'plan',
  merge: 'last',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    'Tokens are exact where the session store has them. Sessions that are only in event logs are a lower bound: they are summed up when left, not after a crash, and lose what came before a compaction. What GitHub bills is in its billing report.',
  howToGet: 'Found by itself in ~/.copilot; or drop session-store.db or an events.jsonl.',
  hosts: [],
  settings: [],
  locations,
  fileKind,
  recognises: (head) => /"type":\s*"session\.start"/.test(head) && head.includes('"data"'),
  recognisesDatabase: (db) => db.hasTable('assistant_usage_events'),
  needles: ['session.start', 'session.resume', 'session.shutdown', 'compaction_complete'],
  openLines,
  readDatabase,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const homes = named('COPILOT_HOME');
  const [why, roots] =
    homes.length > 0 ? (['COPILOT_HOME', homes] as const) : (['default', [home('.copilot')]] as const);
  return roots.flatMap((root) =>
    locationsOf(why, join(root, 'session-store.db'), join(root, 'session-state')),
  );
}

function fileKind(relativePath: string): LogFileKind | null {
  if (/(?:^|\/)events\.jsonl$/.test(relativePath)) return 'lines';
  return /(?:^|\/)session-store\.db$/.test(relativePath) ? 'database' : null;
}

interface Session {
  readonly id: string;
  readonly cwd: string;
  readonly repository: string;
}

/** A call or a sum of calls: what they have in common. `order` numbers them within their session. */
function recordIn(
  session: Session,
  order: number,
): Pick<ImportedRecord, 'key' | 'grain' | 'provider' | 'project' | 'session' | 'coveredByPlan'> {
  return {
    key: `${session.id}#${order}`,
    grain: 'instant',
    provider,
    project: projectOf(session.cwd) ?? projectOf(session.repository),
    session: session.id,
    coveredByPlan: true,
  };
}

const columns = [
  'id',
  'session_id',
  'model',
  'input_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'reasoning_tokens',
  'output_tokens',
  'created_at',
  'total_nano_aiu',
  'initiator',
];

function* readDatabase(db: ReadonlyDatabase): Generator<Read> {
  const sessions = new Map<string, Session>();
  const about = { table: 'sessions', columns: ['id', 'cwd', 'repository'] };
  for (const { id, cwd, repository } of rowsOf(db, about)) {
    const name = textOf(id) ?? '';
    sessions.set(name, { id: name, cwd: textOf(cwd) ?? '', repository: textOf(repository) ?? '' });
  }
  const orders = new Map<string, number>();
  const calls = { table: 'assistant_usage_events', columns, asText: ['total_nano_aiu'], orderBy: ['id'] };
  for (const row of rowsOf(db, calls)) {
    const id = textOf(row.session_id) ?? '';
    const session = sessions.get(id) ?? { id, cwd: '', repository: '' };
    const order = orders.get(id) ?? 1;
    const outcome = callOf(row, session, order);
    if (outcome.kind === 'record') orders.set(id, order + 1);
    yield whole(outcome);
  }
}

function callOf(row: Fields, session: Session, order: number): RowOutcome {
  const fields = openFields();
  return fields.read(() => {
    const tokens = bucketsInside({
      input: fields.count(row, 'input_tokens'),
      cacheRead: fields.count(row, 'cache_read_tokens'),
      cacheWrite: fields.count(row, 'cache_write_tokens'),
      output: fields.count(row, 'output_tokens'),
      reasoning: fields.count(row, 'reasoning_tokens'),
    });
    if (isEmpty(tokens)) return { kind: 'skip', reason: 'no tokens' };
    const record: ImportedRecord = {
      ...recordIn(session, order),
      at: utcStamp(fields, row.created_at),
      model: textOf(row.model) ?? null,
      requests: 1,
      tokens,
      precedence: 1,
      extras: withoutBlanks({
        cwd: session.cwd,
        repository: session.repository,
        initiator: textOf(row.initiator) ?? '',
        nanoAiu: textOf(row.total_nano_aiu) ?? '',
      }),
    };
    return { kind: 'record', record };
  });
}

interface State {
  readonly session: Session;
  /** Number of the next sum. */
  readonly order: number;
  /** What the last sum of each model was, as long as counters go on from it. */
  readonly totals: Totals;
}

const notSum: RowOutcome = { kind: 'skip', reason: 'not the sum of a session' };

function openLines(file: LogFile, kept: Json | null): LineReader {
  const fields = openFields();
  let state = stateFrom(kept, file);

  function sumsOf(data: Fields, at: unknown): RowOutcome {
    const { legs, totals } = copilotShutdown(data, state.totals, fields);
    const records = legs.map((leg, i) => legRecord(leg, at, i));
    state = { ...state, totals, order: state.order + records.length };
    return records.length === 0 ? notSum : { kind: 'records', records };
  }

  function legRecord({ model, tokens, requests }: Leg, at: unknown, i: number): ImportedRecord {
    return {
      ...recordIn(state.session, state.order + i),
      at: fields.moment(at),
      model,
      requests,
      tokens,
      extras: withoutBlanks({ cwd: state.session.cwd, kind: 'sum of a session' }),
    };
  }

  return {
    line(text) {
      const entry = parseFields(text);
      if (entry === null) return notJson;
      const data = fieldsOf(entry.data) ?? {};
      const before = state;
      const outcome = fields.read(() => {
        if (entry.type === 'session.shutdown') return sumsOf(data, entry.timestamp);
        if (entry.type === 'session.start' || entry.type === 'session.resume')
          state = { ...state, session: sessionIn(data, state.session) };
        // The counters begin anew with the shortened conversation.
        if (entry.type === 'session.compaction_complete' && data.success !== false)
          state = { ...state, totals: {} };
        return notSum;
      });
      if (outcome.kind === 'refuse') state = before;
      return outcome;
    },
    state: () => ({ session: { ...state.session }, order: state.order, totals: state.totals }),
  };
}

function sessionIn(data: Fields, known: Session): Session {
  const context = fieldsOf(data.context);
  return {
    id: textOf(data.sessionId) ?? known.id,
    cwd: textOf(context?.cwd) ?? known.cwd,
    repository: textOf(context?.repository) ?? known.repository,
  };
}

function stateFrom(kept: Json | null, file: LogFile): State {
  const state = fieldsOf(kept);
  const session = fieldsOf(state?.session);
  return {
    session: {
      id: textOf(session?.id) ?? file.relativePath.replace(/\/?events\.jsonl$/, ''),
      cwd: textOf(session?.cwd) ?? '',
      repository: textOf(session?.repository) ?? '',
    },
    order: typeof state?.order === 'number' ? state.order : 1,
    totals: totalsFrom(state?.totals),
  };
}

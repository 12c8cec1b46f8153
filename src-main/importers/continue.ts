import type {
  LineReader,
  LogEnvironment,
  LogFileKind,
  LogImporter,
  LogLocation,
  ReadonlyDatabase,
  RowOutcome,
} from '../platform/importer.ts';
import type { Json } from '../platform/json.ts';
import { type Read, whole } from './dialects/documents.ts';
import {
  type FieldReader,
  fieldsOf,
  notJson,
  openFields,
  parseFields,
  textOf,
} from './dialects/json-fields.ts';
import { modelVendor } from './dialects/model-vendor.ts';
import { hasColumns, rowsOf, utcStamp } from './dialects/sqlite-rows.ts';
import { bucketsBeside, isEmpty } from './dialects/token-buckets.ts';
import { locationsOf, toolFolders } from './dialects/tool-folders.ts';

/**
 * What Continue keeps of the tokens it saw, twice: in lines and in a database (continuedev/continue, dev data 0.1 and
 * 0.2, 2024 to 2026). Neither gives an event an id, and their times differ by a moment. So an event is told by its
 * hour, model and counts, and by how many the same there were before it in that hour.
 */
export const continueDev = {
  spec: 1,
  kind: 'log',
  id: 'continue',
  label: 'Continue',
  vendor: 'continue',
  vendorLabel: 'Continue',
  anyVendor: true,
  evidence: 'recorded',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'first',
  keyScope: 'global',
  accuracy:
    'Estimates: Continue counts tokens itself, without the cache and without reasoning, so the bill can differ either way.',
  howToGet: 'Found by itself in ~/.continue/dev_data; or drop tokensGenerated.jsonl or devdata.sqlite.',
  hosts: [],
  settings: [],
  locations,
  fileKind,
  recognises: (head) => head.includes('"promptTokens"') && head.includes('"generatedTokens"'),
  recognisesDatabase: (db) =>
    hasColumns(db, 'tokens_generated', 'tokens_generated', 'tokens_prompt', 'model'),
  needles: ['"generatedTokens"'],
  openLines,
  readDatabase,
} as const satisfies LogImporter;

function locations(environment: LogEnvironment): readonly LogLocation[] {
  const { home, join, named } = toolFolders(environment);
  const variable = 'CONTINUE_GLOBAL_DIR';
  const roots = named(variable);
  if (roots.length > 0) return locationsOf(variable, ...roots.map((path) => join(path, 'dev_data')));
  return locationsOf('default', home('.continue', 'dev_data'));
}

function fileKind(relativePath: string): LogFileKind | null {
  if (/(?:^|\/)(?:tokensGenerated|tokens_generated)\.jsonl$/.test(relativePath)) return 'lines';
  return /(?:^|\/)devdata\.sqlite$/.test(relativePath) ? 'database' : null;
}

interface Event {
  readonly at: number;
  readonly model: unknown;
  readonly provider: unknown;
  readonly prompt: number;
  readonly generated: number;
}

const noTokens: RowOutcome = { kind: 'skip', reason: 'no tokens' };

function outcomeOf(event: Event, numberOf: (event: Event) => number): RowOutcome {
  const { at, prompt, generated } = event;
  const tokens = bucketsBeside({ input: prompt, output: generated });
  if (isEmpty(tokens)) return noTokens;
  const model = textOf(event.model) ?? null;
  const record = {
    key: `${hourOf(at)}:${sameness(event)}#${numberOf(event)}`,
    at,
    grain: 'instant' as const,
    provider: modelVendor(textOf(event.provider), model),
    model,
    requests: 1,
    tokens,
    evidence: 'estimated' as const,
  };
  return { kind: 'record', record };
}

const hourMs = 3_600_000;

function hourOf(at: number): number {
  return Math.floor(at / hourMs);
}

function sameness({ model, provider, prompt, generated }: Event): string {
  return JSON.stringify([textOf(provider) ?? '', textOf(model) ?? '', prompt, generated]);
}

interface Numbers {
  numberOf(event: Event): number;
  state(): Json;
}

/** Numbers equal events within their hour. Only the hour at hand is remembered: events come in the order of time. */
function openNumbers(kept: Json | null): Numbers {
  const state = fieldsOf(kept);
  let hour = typeof state?.hour === 'number' ? state.hour : -1;
  let seen = new Map<string, number>(
    Object.entries(fieldsOf(state?.seen) ?? {}).map(([same, count]) => [same, Number(count)]),
  );
  return {
    numberOf(event) {
      const own = hourOf(event.at);
      if (own !== hour) seen = new Map();
      hour = own;
      const same = sameness(event);
      const number = (seen.get(same) ?? 0) + 1;
      seen.set(same, number);
      return number;
    },
    state: () => ({ hour, seen: Object.fromEntries(seen) }),
  };
}

function openLines(_: unknown, kept: Json | null): LineReader {
  const fields = openFields();
  const { numberOf, state } = openNumbers(kept);
  return {
    line(text) {
      const entry = parseFields(text);
      if (entry === null) return notJson;
      const event = () => ({
        at: fields.moment(entry.timestamp),
        model: entry.model,
        provider: entry.provider,
        prompt: fields.count(entry, 'promptTokens'),
        generated: fields.count(entry, 'generatedTokens'),
      });
      return checked(event, numberOf, fields);
    },
    state,
  };
}

/** An event that is refused takes no number, so that those after it keep theirs. */
function checked(build: () => Event, numberOf: Numbers['numberOf'], fields: FieldReader): RowOutcome {
  let event: Event | undefined;
  const problem = fields.read(() => {
    event = build();
    return noTokens;
  });
  return problem.kind === 'refuse' || event === undefined ? problem : outcomeOf(event, numberOf);
}

function* readDatabase(db: ReadonlyDatabase): Generator<Read> {
  const fields = openFields();
  const { numberOf } = openNumbers(null);
  const rows = rowsOf(db, {
    table: 'tokens_generated',
    columns: ['model', 'provider', 'tokens_prompt', 'tokens_generated', 'timestamp'],
    orderBy: ['timestamp', 'id'],
  });
  for (const row of rows) {
    const event = () => ({
      at: utcStamp(fields, row.timestamp),
      model: row.model,
      provider: row.provider,
      prompt: fields.count(row, 'tokens_prompt'),
      generated: fields.count(row, 'tokens_generated'),
    });
    yield whole(checked(event, numberOf, fields));
  }
}

import type { LogFile, RowOutcome } from '../../platform/importer.ts';
import type { Amount, ImportedRecord, Tokens } from '../../platform/record.ts';
import { clineVendor } from './cline-vendor.ts';
import { withoutBlanks } from './columns.ts';
import { decimalOfNumber } from './decimal-number.ts';
import { notADocument, type Read, whole } from './documents.ts';
import {
  type FieldReader,
  type Fields,
  fieldsOf,
  keyText,
  openFields,
  parseFields,
  textOf,
} from './json-fields.ts';
import { unknownProvider } from './model-vendor.ts';
import { projectOf } from './project.ts';
import { bucketsBeside, bucketsInside, isEmpty } from './token-buckets.ts';

/** One entry of a task that states usage, with the JSON inside it read. */
export interface ClineRequest {
  readonly at: unknown;
  readonly kind: string;
  readonly counted: Fields;
  readonly vendor: string | undefined;
  readonly model: string | undefined;
}

export interface ClineRules {
  /** Whether `tokensIn` has the cache in it. */
  readonly holdsCache: (counted: Fields) => boolean;
  /** What tells a task's requests apart: their place among its requests, or their time. */
  readonly keyBy: 'place' | 'time';
  /** The task's folder of work, where a file beside it says so. */
  readonly cwd?: (file: LogFile) => string | undefined;
}

/** Entries that state usage. The second stands for requests a restored checkpoint removed: they were paid all the same. */
const spending = new Set(['api_req_started', 'deleted_api_reqs', 'subagent_usage']);

/**
 * The requests of a task as Cline and its forks keep it (`ui_messages.json`: cline/cline, RooCodeInc/Roo-Code,
 * 2025 to 2026), one outcome for each.
 */
export function* readClineTask(
  entries: readonly Fields[] | null,
  file: LogFile,
  rules: ClineRules,
): Generator<Read> {
  if (entries === null) return yield notADocument;
  const requests = entries.map(requestOf);
  const task = taskOf(entries, requests, file, rules);
  const fields = openFields();
  let place = 0;
  for (const request of requests) {
    if (request === null) continue;
    const outcome = fields.read(() => outcomeOf(request, { ...task, place }, fields));
    if (outcome.kind === 'record') place++;
    yield whole(outcome);
  }
}

/** The objects of a JSON list; null when the text is none. */
export function entriesOf(text: string): readonly Fields[] | null {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.map(fieldsOf).filter((entry) => entry !== undefined) : null;
  } catch {
    return null;
  }
}

function requestOf(entry: Fields): ClineRequest | null {
  const kind = textOf(entry.say) ?? '';
  // Summing up the conversation is a call of its own, of which only the cost is kept.
  const condensed = kind === 'condense_context' ? fieldsOf(entry.contextCondense) : undefined;
  if (condensed === undefined && !spending.has(kind)) return null;
  const info = fieldsOf(entry.modelInfo);
  const counted = condensed ?? parseFields(textOf(entry.text) ?? '') ?? {};
  const model = textOf(info?.modelId) ?? /<model>([^<\n]{1,200})<\/model>/.exec(promptOf(counted))?.[1];
  return { at: entry.ts, kind, counted, vendor: textOf(info?.providerId), model };
}

/** What the tool itself adds to a prompt, in which it names the model and the folder of work. */
function promptOf(counted: Fields): string {
  return textOf(counted.request) ?? '';
}

interface Task {
  readonly id: string;
  /** What tells its requests from those of other tasks. */
  readonly keyId: string;
  readonly cwd: string | undefined;
  /** Told from a copy of its file elsewhere, which knows less of it. */
  readonly isInPlace: boolean;
  readonly rules: ClineRules;
  /** The one model and vendor all requests of the task name; undefined when they name several or none. */
  readonly model: string | undefined;
  readonly vendor: string | undefined;
}

function taskOf(
  entries: readonly Fields[],
  requests: readonly (ClineRequest | null)[],
  file: LogFile,
  rules: ClineRules,
): Task {
  const folder = /[\\/]tasks[\\/]([^\\/]+)[\\/][^\\/]+$/.exec(file.path)?.[1];
  const startedAt = keyText(entries[0]?.ts ?? folder ?? file.relativePath);
  const told = requests.flatMap((request) => request ?? []);
  const cwd = told.flatMap(({ counted }) => cwdPattern.exec(promptOf(counted))?.[1] ?? [])[0];
  return {
    id: folder ?? startedAt,
    // A copy of the file elsewhere is the same task, so where nothing else names it, its first entry does.
    keyId: rules.keyBy === 'time' ? startedAt : (folder ?? startedAt),
    cwd: cwd ?? rules.cwd?.(file),
    isInPlace: folder !== undefined,
    rules,
    model: onlyOne(told.map(({ model }) => model)),
    vendor: onlyOne(told.map(({ vendor }) => vendor)),
  };
}

const cwdPattern = /# Current (?:Working|Workspace) Directory \(([^)\n]{1,1000})\)/;

function onlyOne(names: readonly (string | undefined)[]): string | undefined {
  const all = new Set(names.filter((name) => name !== undefined));
  return all.size === 1 ? [...all][0] : undefined;
}

function outcomeOf(
  request: ClineRequest,
  task: Task & { readonly place: number },
  fields: FieldReader,
): RowOutcome {
  const { counted, kind } = request;
  const tokens = clineTokens(counted, task.rules.holdsCache(counted), fields);
  const amount = costOf(counted.cost, fields);
  if (isEmpty(tokens) && amount === undefined) return { kind: 'skip', reason: 'a request without usage' };
  const { provider, isPlan } = clineVendor(request.vendor ?? task.vendor);
  const at = fields.epochMs(request.at);
  const isByTime = task.rules.keyBy === 'time';
  const record: ImportedRecord = {
    key: `${task.keyId}:${isByTime ? `at ${at}` : task.place}`,
    at,
    grain: 'instant',
    provider: provider || unknownProvider,
    model: request.model ?? task.model ?? null,
    project: projectOf(task.cwd),
    session: task.id,
    requests: 1,
    tokens,
    ...(amount && { amount }),
    ...(isPlan && { coveredByPlan: true }),
    ...(typeof counted.cancelReason === 'string' && { status: 'cancelled' }),
    precedence: isByTime && !task.isInPlace ? 0 : 1,
    extras: withoutBlanks({ cwd: task.cwd ?? '', kind: kind === 'api_req_started' ? '' : kind }),
  };
  return { kind: 'record', record };
}

/** Token counts as this family names them, in a request or in the sums of a task. */
export function clineTokens(counted: Fields, holdsCache: boolean, fields: FieldReader): Tokens {
  const buckets = holdsCache ? bucketsInside : bucketsBeside;
  return buckets({
    input: fields.count(counted, 'tokensIn'),
    output: fields.count(counted, 'tokensOut'),
    cacheRead: fields.count(counted, 'cacheReads'),
    cacheWrite: fields.count(counted, 'cacheWrites'),
  });
}

/** The tool's own estimate in USD; undefined for zero, which stands for subscriptions and unknown prices too. */
export function costOf(value: unknown, fields: FieldReader): Amount | undefined {
  if (value === undefined || value === null || value === 0) return undefined;
  const cost = decimalOfNumber(value);
  if (cost === null) fields.refuse('the cost is not an amount');
  return cost === null || cost === '0' ? undefined : { value: cost, currency: 'USD' };
}

/** Whether the start of a file is that of a task's messages. */
export function isClineTask(head: string): boolean {
  return /^\s*\[\s*\{/.test(head) && /"type":\s*"(?:say|ask)"/.test(head) && /"ts":\s*\d{13}/.test(head);
}

/** Whether it is one of Roo Code's: they state the protocol of each request, or a summing up of the conversation. */
export function isRooTask(head: string): boolean {
  return isClineTask(head) && /"\{\\"apiProtocol\\":|"say":\s*"condense_context"/.test(head);
}

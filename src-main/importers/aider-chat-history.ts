import type { LineReader, LogImporter, RowOutcome } from '../platform/importer.ts';
import type { Json } from '../platform/json.ts';
import type { ImportedRecord } from '../platform/record.ts';
import { fieldsOf, textOf } from './dialects/json-fields.ts';
import { modelVendor } from './dialects/model-vendor.ts';
import { parseMoney, parseQuantity } from './dialects/numbers.ts';
import { bucketsInside, isEmpty } from './dialects/token-buckets.ts';

/**
 * The conversation Aider keeps in each repository, with rounded tokens and costs between the lines. It is the last
 * resort: read only where the user points at it, and as an estimate it counts only on days nothing better is known
 * of the same account, so a message that is in the analytics log too does not count twice.
 */
export const aiderChatHistory = {
  spec: 1,
  kind: 'log',
  id: 'aider-chat-history',
  label: 'Aider chat history',
  vendor: 'aider',
  vendorLabel: 'Aider',
  anyVendor: true,
  evidence: 'estimated',
  coverage: 'tool',
  usage: 'calls',
  accountKind: 'api',
  merge: 'first',
  keyScope: 'global',
  holdsPrompts: true,
  accuracy:
    "Rounded by Aider, costs to a cent. All messages of a session stand at the time it began, read in this machine's time zone. Counts only on days without better records of the same account.",
  howToGet:
    'Drop .aider.chat.history.md, or add the folder of the repository. The analytics log is exact: prefer it.',
  hosts: [],
  settings: [],
  locations: () => [],
  fileKind: (relativePath) => (/(?:^|\/)[^/]*aider[^/]*\.md$/i.test(relativePath) ? 'lines' : null),
  recognises: (head) => /^# aider chat started at \d{4}-\d{2}-\d{2} /m.test(head),
  needles: ['# aider chat', '> Tokens: ', 'odel: '],
  openLines,
} as const satisfies LogImporter;

interface Session {
  /** The heading's time, as written. */
  readonly heading: string;
  readonly model: string | null;
  /** Messages of the session so far. */
  readonly messages: number;
}

const notMessage: RowOutcome = { kind: 'skip', reason: 'not a message’s cost' };

function openLines(_: unknown, kept: Json | null): LineReader {
  let session = sessionFrom(kept);
  return {
    line(text) {
      const line = text.trimEnd();
      const heading = /^# aider chat started at (\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})$/.exec(line)?.[1];
      if (heading !== undefined) session = { heading, model: null, messages: 0 };
      const model = /^> (?:Main model|Model): (\S{1,200})(?: |$)/.exec(line)?.[1];
      if (model !== undefined) session = { ...session, model };
      const report = /^> Tokens: (.+? sent\b.*)$/.exec(line)?.[1];
      if (report === undefined) return notMessage;
      const outcome = messageOf(report, session);
      if (outcome.kind === 'record') session = { ...session, messages: session.messages + 1 };
      return outcome;
    },
    state: () => ({ ...session }),
  };
}

function sessionFrom(kept: Json | null): Session {
  const state = fieldsOf(kept);
  return {
    heading: textOf(state?.heading) ?? '',
    model: textOf(state?.model) ?? null,
    messages: typeof state?.messages === 'number' ? state.messages : 0,
  };
}

function messageOf(report: string, { heading, model, messages }: Session): RowOutcome {
  const at = localTime(heading);
  if (at === null) return { kind: 'refuse', reason: 'the message stands before any heading with a time' };
  const [input, cacheWrite, cacheRead, output] = ['sent', 'cache write', 'cache hit', 'received'].map(
    (word) => countBefore(report, word),
  );
  if (input === null || cacheWrite === null || cacheRead === null || output === null)
    return { kind: 'refuse', reason: 'the tokens are not as Aider writes them' };
  const tokens = bucketsInside({
    input: input ?? 0,
    cacheWrite: cacheWrite ?? 0,
    cacheRead: cacheRead ?? 0,
    output: output ?? 0,
  });
  const cost = costIn(report);
  if (cost === null) return { kind: 'refuse', reason: 'the cost is not as Aider writes it' };
  if (isEmpty(tokens) && cost === undefined) return notMessage;
  const record: ImportedRecord = {
    // The same message of a copied file is the same; the report keeps two repositories apart.
    key: JSON.stringify([heading, messages, report]),
    at,
    grain: 'instant',
    provider: modelVendor(undefined, model),
    model,
    requests: 1,
    tokens,
    ...(cost !== undefined && { amount: { value: cost, currency: 'USD' } }),
  };
  return { kind: 'record', record };
}

/** UTC ms of a wall-clock time, which the file states without a zone: taken in the zone of this machine. */
function localTime(text: string): number | null {
  const [, year, month, day, hour, minute, second] = /^(\d+)-(\d+)-(\d+) (\d+):(\d+):(\d+)$/.exec(text) ?? [];
  if (second === undefined) return null;
  const date = new Date(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const isReal = date.getMonth() === Number(month) - 1 && date.getDate() === Number(day);
  return isReal && date.getTime() >= Date.UTC(2015, 0, 1) ? date.getTime() : null;
}

const factors: Readonly<Record<string, number>> = { '': 0, k: 3, M: 6 };

/** A rounded count (`250`, `3.1k`, `1.2M`); 0 where the part is left out, null where it cannot be read. */
function countBefore(report: string, word: string): number | null {
  const found = new RegExp(`(?:^|, )(\\S+) ${word}(?=[,.]|$)`).exec(report)?.[1];
  if (found === undefined) return 0;
  const [, digits = '', unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)([kM]?)$/.exec(found) ?? [];
  const cell = digits === '' ? undefined : parseQuantity(`${digits}E${factors[unit]}`, '.');
  const count = cell?.kind === 'value' ? Number(cell.value) : Number.NaN;
  return Number.isSafeInteger(count) ? count : null;
}

/** The cost of this message; undefined where Aider knew no price. */
function costIn(report: string): string | null | undefined {
  const found = / Cost: (.*?) message\b/.exec(report)?.[1];
  if (found === undefined) return report.includes(' Cost: ') ? null : undefined;
  const cell = parseMoney(found, '.');
  return cell.kind === 'value' && !cell.value.startsWith('-') ? cell.value : null;
}

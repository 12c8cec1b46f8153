import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { decimalText, multiply, parseDecimal } from '../platform/money.ts';
import { noTokens } from '../platform/record.ts';
import { bucketKey, openColumns, repeatedColumnWarnings, withoutBlanks } from './dialects/columns.ts';
import { openOddRows } from './dialects/odd-rows.ts';
import { openSlashDates } from './dialects/slash-dates.ts';

/** What GitHub charged for a premium request over the monthly quota (docs.github.com, 2025). */
const usdPerRequest = '0.04';

/** Premium request analytics of GitHub, offered until about October 2025: requests and whether they exceed the quota. */
export const copilotAnalytics = {
  spec: 1,
  kind: 'table',
  id: 'copilot-analytics',
  label: 'GitHub Copilot premium requests (before November 2025)',
  vendor: 'github-copilot',
  vendorLabel: 'GitHub Copilot',
  evidence: 'recorded',
  coverage: 'account',
  usage: 'buckets',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    'Requests are GitHub’s premium requests: a call to a large model counts as several. The file states no money; requests over the quota are taken at 0.04 USD, those within it belong to the plan.',
  howToGet: 'A file saved from the premium request analytics on github.com; it is no longer offered there.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    columns.has('timestamp') && columns.has('requests used') && columns.has('exceeds monthly quota'),
  open: openAnalytics,
} as const satisfies TableImporter;

const dayMs = 86_400_000;

function openAnalytics(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = {
    time: columns.at('timestamp'),
    user: columns.at('user'),
    model: columns.at('model'),
    used: columns.at('requests used'),
    exceeds: columns.at('exceeds monthly quota'),
  };
  const dates = openSlashDates(file, at.time);
  const keyOf = bucketKey;
  const odd = openOddRows();

  function usage(): RowOutcome {
    const time = columns.date(at.time, dates);
    if (time.precision === 'month') columns.refuse('Timestamp states a month');
    const used = parseDecimal(columns.quantity(at.used) ?? '');
    const exceeds = columns.text(at.exceeds).toLowerCase();
    if (used === null || used.units < 0n)
      return { kind: 'refuse', reason: `Requests Used "${columns.text(at.used)}" is no number of requests` };
    if (used.units === 0n) return { kind: 'skip', reason: 'no request was used' };
    if (exceeds !== 'true' && exceeds !== 'false')
      columns.refuse('Exceeds Monthly Quota is neither true nor false');
    const requests = used.scale === 0 ? Number(used.units) : 0;
    if (!Number.isSafeInteger(requests)) columns.refuse('Requests Used is too large to count exactly');
    if (used.scale > 0) odd.note('a fraction of a premium request is used: it counts as no request');
    const grain = time.at % dayMs === 0 ? 'day' : 'instant';
    return {
      kind: 'record',
      record: {
        key: keyOf([String(time.at), columns.text(at.user), columns.text(at.model), exceeds]),
        at: time.at,
        grain,
        provider: 'github-copilot',
        model: columns.text(at.model) || null,
        requests,
        tokens: noTokens,
        ...(exceeds === 'true' ? { amount: priceOf(decimalText(used)) } : { coveredByPlan: true }),
        extras: withoutBlanks({ premiumRequests: decimalText(used), user: columns.text(at.user) }),
      },
    };
  }

  return {
    row: (cells) => odd.settle(columns.read(cells, usage)),
    end: () => [...repeatedColumnWarnings(columns), ...odd.warnings()],
  };
}

function priceOf(used: string) {
  const [count, price] = [parseDecimal(used), parseDecimal(usdPerRequest)];
  const value = count && price ? decimalText(multiply(count, price)) : '0';
  return { value, currency: 'USD' };
}

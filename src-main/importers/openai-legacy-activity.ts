import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { noTokens } from '../platform/record.ts';
import { bucketKey, openColumns, repeatedColumnWarnings, withoutBlanks } from './dialects/columns.ts';
import { openDates } from './dialects/dates.ts';

/** Activity export of OpenAI's dashboard before about 2025: buckets of five minutes, no cached tokens, no cost. */
export const openaiLegacyActivity = {
  spec: 1,
  kind: 'table',
  id: 'openai-legacy-activity',
  label: 'OpenAI activity export (before 2025)',
  vendor: 'openai',
  vendorLabel: 'OpenAI',
  evidence: 'recorded',
  coverage: 'account',
  usage: 'buckets',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    'Tokens are exact but cached ones are not told apart, so the cost worked out from them can be too high.',
  howToGet: 'A file saved from the old usage page of platform.openai.com; it is no longer offered there.',
  hosts: [],
  settings: [],
  matches: (columns) => columns.has('n_context_tokens_total') && columns.has('n_generated_tokens_total'),
  open: openActivity,
} as const satisfies TableImporter;

function openActivity(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = {
    time: columns.at('timestamp', 'aggregation_timestamp'),
    model: columns.at('model', 'snapshot_id'),
    requests: columns.at('n_requests'),
    input: columns.at('n_context_tokens_total'),
    output: columns.at('n_generated_tokens_total'),
    organization: columns.at('organization_id'),
    operation: columns.at('operation'),
    kind: columns.at('usage_type'),
    user: columns.at('user'),
  };
  const dates = openDates('epoch-s', 'UTC', file.now);
  const keyOf = bucketKey;

  function bucket(): RowOutcome {
    const requests = columns.count(at.requests);
    const input = columns.count(at.input);
    const output = columns.count(at.output);
    if (requests === 0 && input === 0 && output === 0) return { kind: 'skip', reason: 'an empty bucket' };
    const start = columns.date(at.time, dates).at;
    const dimensions = [at.organization, at.model, at.operation, at.kind, at.user].map(columns.text);
    return {
      kind: 'record',
      record: {
        key: keyOf([String(start), ...dimensions]),
        at: start,
        grain: 'minute',
        provider: 'openai',
        model: columns.text(at.model) || null,
        requests,
        tokens: { ...noTokens, input, output },
        extras: withoutBlanks({ operation: columns.text(at.operation) }),
      },
    };
  }

  return { row: (cells) => columns.read(cells, bucket), end: () => repeatedColumnWarnings(columns) };
}

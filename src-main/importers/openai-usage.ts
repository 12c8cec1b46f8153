import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { noTokens, type PriceFacts } from '../platform/record.ts';
import { bucketKey, cutOf, openColumns, repeatedColumnWarnings, withoutBlanks } from './dialects/columns.ts';
import { openDates } from './dialects/dates.ts';
import { openEmptyBuckets } from './dialects/empty-bucket.ts';
import { grainOfSpan } from './dialects/grain.ts';

const onlyTimes = ['start_time', 'end_time', 'start_time_iso', 'end_time_iso'];

/**
 * Usage export of the OpenAI platform's dashboard (2025 and later), as seen in files of October 2025.
 * `input_tokens` holds the cached tokens and, from 2026, the cache writes; the text, audio and image columns state
 * the same tokens once more.
 */
export const openaiUsage = {
  spec: 1,
  kind: 'table',
  id: 'openai-usage',
  label: 'OpenAI usage export',
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
    'Tokens are exact; the cost is worked out from list prices. Audio and image tokens are priced as text.',
  howToGet: 'platform.openai.com > Usage > Export, "Completions usage" as CSV.',
  hosts: [],
  settings: [],
  matches: (columns) =>
    columns.has('start_time_iso') &&
    ((columns.has('num_model_requests') && columns.has('input_tokens')) ||
      (columns.size === onlyTimes.length && onlyTimes.every((name) => columns.has(name)))),
  open: openUsage,
} as const satisfies TableImporter;

function openUsage(file: TableFile): TableReader {
  const columns = openColumns(file, openEmptyBuckets(file));
  const at = findColumns(columns.at, columns.names);
  const dates = openDates('epoch-s', 'UTC', file.now);
  // A bucket of a day that has begun ends after now: only its start must lie in range.
  const ends = openDates('epoch-s', 'UTC', file.now + 40 * 86_400_000);
  const keyOf = bucketKey;
  const odd = { sums: 0, modal: 0 };
  const cut = cutOf(file, {
    model: at.model,
    project: at.project,
    key: at.apiKey,
    user: at.user,
    tier: at.tier,
  });

  function bucket(): RowOutcome {
    const model = columns.text(at.model);
    const requests = columns.count(at.requests);
    const input = columns.count(at.input);
    const output = columns.count(at.output);
    if (requests === 0 && input === 0 && output === 0) return { kind: 'skip', reason: 'an empty bucket' };
    const start = columns.date(at.start, dates).at;
    const grain = grainOfSpan(start, columns.date(at.end, ends).at);
    const cached = columns.count(at.cached);
    const written = columns.count(at.written);
    if (cached + written > input) columns.refuse('input_cached_tokens and cache writes exceed input_tokens');
    if (at.uncached !== -1 && columns.count(at.uncached) + cached !== input) odd.sums++;
    if (at.modal.some((column) => columns.count(column) > 0)) odd.modal++;
    if (grain === null) return { kind: 'refuse', reason: 'the bucket is no minute, hour, day or month' };
    const dimensions = [at.project, at.user, at.apiKey, at.model, at.batch, at.tier].map(columns.text);
    return {
      kind: 'record',
      record: {
        key: keyOf([String(start), grain, ...dimensions]),
        at: start,
        grain,
        cut: `${cut}, ${grain}s`,
        provider: 'openai',
        model: model || null,
        project: columns.text(at.project) || null,
        requests,
        tokens: {
          ...noTokens,
          input: input - cached - written,
          cacheRead: cached,
          cacheWriteUnknown: written,
          output,
        },
        priceFacts: tierOf(columns.text(at.batch), columns.text(at.tier)),
        extras: withoutBlanks({ apiKeyId: columns.text(at.apiKey), userId: columns.text(at.user) }),
      },
    };
  }

  return {
    row: (cells) => columns.read(cells, bucket),
    end: () => [
      ...repeatedColumnWarnings(columns),
      ...(odd.sums > 0
        ? [`In ${odd.sums} rows cached and uncached tokens do not add up to input_tokens.`]
        : []),
      ...(odd.modal > 0
        ? [`${odd.modal} rows hold audio or image tokens, which are priced as text here.`]
        : []),
    ],
  };
}

function findColumns(at: (...names: string[]) => number, names: readonly string[]) {
  // Newer files break cache writes down further: the shortest name is the whole.
  const writes = names
    .filter((name) => /cache_write.*tokens$/.test(name))
    .sort((a, b) => a.length - b.length);
  return {
    start: at('start_time'),
    end: at('end_time'),
    project: at('project_id'),
    user: at('user_id'),
    apiKey: at('api_key_id'),
    model: at('model'),
    batch: at('batch'),
    tier: at('service_tier'),
    requests: at('num_model_requests'),
    input: at('input_tokens'),
    output: at('output_tokens'),
    cached: at('input_cached_tokens'),
    uncached: at('input_uncached_tokens'),
    written: at(...writes.slice(0, 1)),
    modal: ['input_audio_tokens', 'output_audio_tokens', 'input_image_tokens', 'output_image_tokens'].map(
      (name) => at(name),
    ),
  };
}

function tierOf(batch: string, tier: string): PriceFacts {
  if (batch.toLowerCase() === 'true') return { serviceTier: 'batch' };
  if (tier === '') return {};
  return { serviceTier: tier === 'default' ? 'standard' : tier };
}

import type { RowOutcome, TableFile, TableImporter, TableReader } from '../platform/importer.ts';
import { noTokens, type PriceFacts } from '../platform/record.ts';
import { isLongContext, laterDimensions, openStamps, residency } from './dialects/anthropic-console.ts';
import { bucketKey, openColumns, repeatedColumnWarnings, withoutBlanks } from './dialects/columns.ts';

/**
 * Token export of the Anthropic Console: 11 columns in June 2025, 14 from December 2025; by day, or by hour for
 * one day. The four input columns are disjoint.
 */
export const anthropicUsage = {
  spec: 1,
  kind: 'table',
  id: 'anthropic-usage',
  label: 'Anthropic usage export',
  vendor: 'anthropic',
  vendorLabel: 'Anthropic',
  evidence: 'recorded',
  coverage: 'account',
  usage: 'buckets',
  accountKind: 'api',
  merge: 'last',
  rowsAddUp: true,
  keyScope: 'source',
  accuracy:
    'Tokens are exact and the cost worked out from them is finer than the console’s own, which is in cents.',
  howToGet: 'console.anthropic.com > Usage > Export.',
  hosts: [],
  settings: [],
  matches: (columns) => columns.has('usage_date_utc') && columns.has('usage_input_tokens_no_cache'),
  open: openUsage,
} as const satisfies TableImporter;

function openUsage(file: TableFile): TableReader {
  const columns = openColumns(file);
  const at = findColumns(columns.at);
  const stamps = openStamps(file.now);
  const keyOf = bucketKey;
  const grains = { day: new Set<string>(), hour: new Set<string>() };

  function bucket(): RowOutcome {
    const stamp = columns.date(at.date, stamps);
    const grain = stamp.precision === 'time' ? 'hour' : 'day';
    if (stamp.precision === 'month') columns.refuse('usage_date_utc states a month');
    grains[grain].add(columns.text(at.date).slice(0, 10));
    const tokens = {
      ...noTokens,
      input: columns.count(at.input),
      cacheRead: columns.count(at.read),
      cacheWrite5m: columns.count(at.write5m),
      cacheWrite1h: columns.count(at.write1h),
      output: columns.count(at.output),
    };
    const webSearches = columns.count(at.searches);
    const dimensions = [at.model, at.apiKey, at.workspace, at.type].map(columns.text);
    const later = laterDimensions(columns.text(at.context), columns.text(at.geo), columns.text(at.speed));
    return {
      kind: 'record',
      record: {
        key: keyOf([columns.text(at.date), ...dimensions, ...later]),
        at: stamp.at,
        grain,
        cut: `${grain}s`,
        provider: 'anthropic',
        model: columns.text(at.model) || null,
        project: columns.text(at.workspace) || null,
        requests: 0,
        tokens,
        priceFacts: { ...priceFacts(), ...(webSearches > 0 && { webSearches }) },
        extras: withoutBlanks({ apiKey: columns.text(at.apiKey) }),
      },
    };
  }

  function priceFacts(): PriceFacts {
    const longContext = isLongContext(columns.text(at.context));
    const geo = residency(columns.text(at.geo));
    const speed = columns.text(at.speed);
    const serviceTier = columns.text(at.type);
    return {
      ...(serviceTier !== '' && { serviceTier }),
      ...(longContext !== undefined && { longContext }),
      ...(geo !== undefined && { geo }),
      ...(speed !== '' && { speed }),
    };
  }

  return {
    row: (cells) => columns.read(cells, bucket),
    end: () => [...repeatedColumnWarnings(columns), ...bothGrains(grains)],
  };
}

function bothGrains({
  day,
  hour,
}: {
  day: ReadonlySet<string>;
  hour: ReadonlySet<string>;
}): readonly string[] {
  const both = [...day].filter((date) => hour.has(date));
  if (both.length === 0) return [];
  return [
    `This file holds ${both[0]} both by day and by hour${both.length > 1 ? ', and other dates too' : ''}: that usage counts twice.`,
  ];
}

function findColumns(at: (...names: string[]) => number) {
  return {
    date: at('usage_date_utc'),
    model: at('model_version'),
    apiKey: at('api_key'),
    workspace: at('workspace'),
    type: at('usage_type'),
    context: at('context_window'),
    geo: at('inference_geo'),
    speed: at('speed'),
    input: at('usage_input_tokens_no_cache'),
    write5m: at('usage_input_tokens_cache_write_5m'),
    write1h: at('usage_input_tokens_cache_write_1h'),
    read: at('usage_input_tokens_cache_read'),
    output: at('usage_output_tokens'),
    searches: at('web_search_count'),
  };
}

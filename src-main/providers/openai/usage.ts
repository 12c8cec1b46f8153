import { AppError } from '../../platform/error.ts';
import type { CostPage, CostReport, CostRequest, ProviderContext } from '../../platform/provider.ts';
import { type ImportedRecord, noTokens, type PriceFacts, type Tokens } from '../../platform/record.ts';
import { bucketKey } from '../dialects/days.ts';
import { countOf, type Fields, textOf } from '../dialects/json.ts';
import { type BucketPage, bucketsOf, projectNames } from './admin.ts';

/** What OpenAI counted, by day, model, project, key and tier (`GET /organization/usage/…`); priced from list prices. */
export const usageReport: CostReport = {
  id: 'usage',
  label: 'Usage',
  evidence: 'recorded',
  coverage: 'account',
  usage: 'buckets',
  needs: ['adminKey'],
  windowDays: 31,
  lookBackDays: 365,
  trailingDays: 3,
  everyMinutes: 30,
  accuracy:
    'Tokens are exact and minutes old; their cost is worked out from list prices. Audio and image tokens are priced as text; images, seconds of audio, storage and sessions are in the costs only.',
  read,
};

const tierDimensions = ['project_id', 'api_key_id', 'model', 'batch', 'service_tier'];

interface Part {
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly recordOf: (result: Fields) => Counted | null;
}

interface Counted {
  readonly requests: number;
  readonly tokens: Tokens;
  readonly webSearches?: number;
}

/**
 * Read one after the other, each to its last page. What counts no tokens and no searches is left to the costs report: it
 * would stand here as usage that is free.
 */
const parts: readonly Part[] = [
  { name: 'completions', dimensions: tierDimensions, recordOf: completion },
  { name: 'decisions', dimensions: tierDimensions, recordOf: completion },
  { name: 'embeddings', dimensions: ['project_id', 'api_key_id', 'model'], recordOf: completion },
  { name: 'web_search_calls', dimensions: ['project_id', 'api_key_id', 'model'], recordOf: searches },
];

/** The cursor is the part, and OpenAI's own page in it: `completions page_…`. */
async function read(request: CostRequest, context: ProviderContext): Promise<CostPage> {
  const [name = '', page = ''] = (request.cursor ?? parts[0]?.name ?? '').split(' ');
  const at = parts.findIndex((part) => part.name === name);
  const part = parts[at];
  if (part === undefined)
    throw new AppError('BAD_INPUT', 'The reading cannot go on where it stopped. Start it again.');
  const { buckets, next } = await partPage(part, { ...request, cursor: page === '' ? null : page }, context);
  const found = buckets.flatMap(({ at: day, results }) =>
    day < request.from || day >= request.to
      ? []
      : results.flatMap((result) => recordOf(part, result, day) ?? []),
  );
  const hasProjects = found.some(({ project }) => project !== null);
  const names = hasProjects ? await projectNames(context) : new Map<string, string>();
  const records = found.map((record) => ({
    ...record,
    project: record.project ? (names.get(record.project) ?? record.project) : null,
  }));
  const following = parts[at + 1]?.name ?? null;
  return { records, problems: [], cursor: next === null ? following : `${name} ${next}`, asOf: null };
}

/** Older organisations and own bases do not have every part: one that is not there used nothing. */
async function partPage(part: Part, request: CostRequest, context: ProviderContext): Promise<BucketPage> {
  const query = { limit: 31, 'group_by[]': [...part.dimensions] };
  const path = `/organization/usage/${part.name}`;
  try {
    return await bucketsOf(context, path, request, query, {
      notEnabled: 'Its spend is in the costs report.',
    });
  } catch (error) {
    const isMissing = error instanceof AppError && error.code === 'NOT_ENABLED';
    if (!isMissing || part === parts[0]) throw error;
    return { buckets: [], next: null };
  }
}

function recordOf(part: Part, result: Fields, at: number): ImportedRecord | null {
  const counted = part.recordOf(result);
  if (counted === null) return null;
  const facts: PriceFacts = {
    ...tierOf(result),
    ...(counted.webSearches !== undefined && { webSearches: counted.webSearches }),
  };
  const apiKey = textOf(result.api_key_id);
  return {
    key: bucketKey([part.name, at, ...part.dimensions.map((name) => dimension(result[name]))]),
    at,
    grain: 'day',
    provider: 'openai',
    model: textOf(result.model),
    project: textOf(result.project_id),
    requests: counted.requests,
    tokens: counted.tokens,
    ...(Object.keys(facts).length > 0 && { priceFacts: facts }),
    extras: { of: part.name, ...(apiKey !== null && { apiKeyId: apiKey }) },
  };
}

function dimension(value: unknown): string | boolean | null {
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

/** `input_tokens` holds cached tokens and cache writes (table 0.1 of the facts); null for a row that counts nothing. */
function completion(result: Fields): Counted | null {
  const count = (name: string): number => countOf(result[name]) ?? 0;
  const [input, output, requests] = [
    count('input_tokens'),
    count('output_tokens'),
    count('num_model_requests'),
  ];
  if (input + output + requests === 0) return null;
  const cacheRead = Math.min(input, count('input_cached_tokens'));
  const cacheWriteUnknown = Math.min(input - cacheRead, count('input_cache_write_tokens'));
  const tokens = {
    ...noTokens,
    input: input - cacheRead - cacheWriteUnknown,
    cacheRead,
    cacheWriteUnknown,
    output,
  };
  return { requests, tokens };
}

/** The tokens and requests of searches are among the completions: only the searches are new. */
function searches(result: Fields): Counted | null {
  const webSearches = countOf(result.num_requests) ?? 0;
  return webSearches === 0 ? null : { requests: 0, tokens: noTokens, webSearches };
}

function tierOf({ batch, service_tier }: Fields): PriceFacts {
  if (batch === true || batch === 'true') return { serviceTier: 'batch' };
  const tier = textOf(service_tier);
  if (tier === null) return {};
  return { serviceTier: tier === 'default' ? 'standard' : tier };
}

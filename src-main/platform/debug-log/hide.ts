import { redactText } from '../redact.ts';

/** Whether texts (prompts, replies, names) are kept or only their lengths. Keys are never kept. */
export type TextLevel = 'redacted' | 'with-text';

/** What a debug log must never hold: the secrets of the connection, in the spellings they travel in. */
export function secretSpellings(secrets: readonly string[]): readonly string[] {
  const spellings = secrets
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
      Buffer.from(secret).toString('hex'),
    ]);
  // A longer spelling first: it may hold a shorter one.
  return [...new Set(spellings)].sort((a, b) => b.length - a.length);
}

export function withoutSecrets(text: string, spellings: readonly string[]): string {
  return redactText(withoutThese(text, spellings));
}

function withoutThese(text: string, spellings: readonly string[]): string {
  return spellings.reduce((left, secret) => left.replaceAll(secret, '[redacted]'), text);
}

/** Fields of vendors' JSON whose words tell how a call went and nothing of what was said. */
const plainFields = new Set([
  ...[
    'id',
    'model',
    'object',
    'owned_by',
    'type',
    'role',
    'code',
    'status',
    'finish_reason',
    'stop_reason',
    'finishReason',
  ],
  ...['service_tier', 'currency', 'param', 'modality', 'evidence', 'unit', 'granularity', 'bucket_width'],
  ...['modelVersion', 'cost_type', 'token_type', 'speed', 'inference_geo', 'amount', 'value', 'cost', 'date'],
  ...['starting_at', 'ending_at', 'total_balance', 'availableBalance', 'next_page', 'has_more'],
]);

const longestPlain = 100;

function hidden(value: unknown, field: string): unknown {
  if (typeof value === 'string')
    return plainFields.has(field) && value.length <= longestPlain ? value : `‹${value.length} characters›`;
  if (Array.isArray(value)) return value.map((item) => hidden(item, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hidden(item, name)]));
}

function hiddenJson(text: string): string | null {
  try {
    return JSON.stringify(hidden(JSON.parse(text), ''));
  } catch {
    return null;
  }
}

/** A body as it may be shown: JSON and event streams keep their shape and numbers, anything else its length. */
export function shownBody(text: string, level: TextLevel): string {
  if (level === 'with-text' || text === '') return text;
  const json = hiddenJson(text);
  if (json !== null) return json;
  if (!/^(data|event|id|:)/m.test(text)) return `‹${text.length} characters›`;
  return text
    .split('\n')
    .map((line) => {
      const data = /^data:\s?(.*)$/.exec(line)?.[1];
      if (data === undefined || data === '[DONE]') return /^(event:|data:|\s*$)/.test(line) ? line : '‹line›';
      return `data: ${hiddenJson(data) ?? `‹${data.length} characters›`}`;
    })
    .join('\n');
}

const shownHeader =
  /^(accept|connection|keep-alive|transfer-encoding|vary|cache-control|content-type|content-length|retry-after(-ms)?|date|server|user-agent|anthropic-(version|beta)|openai-(version|processing-ms)|(x-)?request-id|x-ratelimit-.*|anthropic-ratelimit-.*|x-litellm-(version|call-id|response-cost|model-id)|apim-request-id|x-ms-(region|ratelimit-.*)|x-amzn-requestid)$/i;

/** Headers by name; of those that may hold a key, that they were sent. */
export function shownHeaders(headers: Headers): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [name, shownHeader.test(name) ? value : '[hidden]']),
  );
}

/** Numbers, times and words of a vendor's own: nothing a key or a person's text could be. */
const shownQuery = /^(\d[\dTZ.:+-]{0,30}|[a-z_]{1,24})$/;

/** A URL without login and fragment; of its query, values that say nothing of anybody. */
export function shownUrl(url: URL, spellings: readonly string[]): string {
  const query = [...url.searchParams].map(
    ([name, value]) => `${encodeURIComponent(name)}=${shownQuery.test(value) ? value : '…'}`,
  );
  return withoutThese(
    `${url.origin}${url.pathname}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    spellings,
  );
}

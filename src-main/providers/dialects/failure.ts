import { AppError } from '../../platform/error.ts';
import { redactText } from '../../platform/redact.ts';
import { fieldsOf, listOf, parseJson, rowsOf, textOf } from './json.ts';
import { retryAfterMs } from './retry-after.ts';

/** A refusal as it came over the wire. */
export interface Refusal {
  /** The vendor's name, as the user knows it. */
  readonly label: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** What was sent in secret: never quoted back, whatever it looks like. */
  readonly secrets: readonly string[];
  /** What 404 means at an address that is only there for some accounts, and what to do. */
  readonly notEnabled?: string | undefined;
  readonly now: number;
}

const maxQuote = 300;

/** Codes that mean money, not pace: asking again cannot help. */
const billingCode =
  /insufficient_quota|credit_balance|spend_limit|budget_exceeded|billing_error|billing_not_active|billing_hard_limit|not_enough_balance|insufficient_(balance|credit|funds)|payment_required/i;
const billingText =
  /credit balance|insufficient (balance|credit|quota|funds)|specified api usage limits|budget has been exceeded|no credits|out of credits|used all available credits/i;
const keyCode = /api_key_invalid|invalid_api_key|authentication_error|incorrect api key|invalid api key/i;
const scopeText =
  /missing scopes?|insufficient permissions?|insufficient_scope|does not have (the )?(permission|access)/i;
const lengthCode = /context_length_exceeded|string_above_max_length/i;
const lengthText =
  /maximum context length|context (length|window) .*exceed|exceeds? .*context (length|window)|prompt is too long|input is too long|too many tokens|exceeds the maximum number of tokens/i;

/** A refusal as the AppError the user sees. The vendor's own words are quoted, without secrets. */
export function failureOf(refusal: Refusal): AppError {
  const { label, status, headers, now } = refusal;
  const body = lenient(refusal.body);
  const words = quoteOf(refusal, body);
  const said = words === '' ? '' : ` It said: "${words}"${/[.!?…]$/.test(words) ? '' : '.'}`;
  const retry = retryAfterMs(headers, body, now);
  const requestId = headers.get('x-request-id') ?? headers.get('request-id');
  const data = { status, ...(requestId !== null && { requestId: redactText(requestId).slice(0, 100) }) };
  const timed = retry === null ? data : { ...data, retryAfterMs: retry };
  const text = `${codesOf(body).join(' ')}\n${wordsOf(body, refusal.body)}`;
  switch (kindOf(status, text, refusal.notEnabled !== undefined)) {
    case 'key':
      return new AppError(
        'INVALID_KEY',
        `${label} does not accept the key (${status}).${said} Check it, or make a new one.`,
        { data },
      );
    case 'scope':
      return new AppError(
        'INSUFFICIENT_SCOPE',
        `The key is good, but ${label} does not let it do this (${status}).${said} Use a key with the right permission.`,
        { data },
      );
    case 'gated':
      return new AppError(
        'NOT_ENABLED',
        `${label} does not offer this to your account (${status}). ${refusal.notEnabled ?? ''}${said}`,
        { data },
      );
    case 'money':
      return new AppError(
        'OUT_OF_CREDIT',
        `${label} refuses because credit or a spending limit is used up (${status}).${said} Add credit or raise the limit there; trying again does not help.`,
        { data },
      );
    case 'pace':
      return new AppError(
        'RATE_LIMITED',
        `${label} says this is too fast (${status}).${said} ${retry === null ? 'Try again later.' : `Try again in ${seconds(retry)}.`}`,
        { data: timed },
      );
    case 'load':
      return new AppError(
        'OVERLOADED',
        `${label} has trouble of its own (${status}).${said} Try again later.`,
        { data: timed },
      );
    case 'length':
      return new AppError(
        'CONTEXT_TOO_LONG',
        `The prompt is longer than the model takes (${status}).${said} Shorten it, or use a model with a larger context.`,
        { data },
      );
    case 'missing':
      return new AppError(
        'BAD_INPUT',
        `${label} knows no such model or address (${status}).${said} Check the model and the base URL.`,
        { data },
      );
    case 'input':
      return new AppError('BAD_INPUT', `${label} refused the request (${status}).${said}`, { data });
    case 'odd':
      return new AppError(
        'BAD_RESPONSE',
        `${label} answered with ${status}, which was not expected.${said} Check the base URL.`,
        { data },
      );
  }
}

type Kind = 'key' | 'scope' | 'gated' | 'money' | 'pace' | 'load' | 'length' | 'missing' | 'input' | 'odd';

function kindOf(status: number, text: string, isGated: boolean): Kind {
  if (status === 402) return 'money';
  if ([400, 403, 413, 429].includes(status) && (billingCode.test(text) || billingText.test(text)))
    return 'money';
  if (status === 401) return scopeText.test(text) ? 'scope' : 'key';
  if ((status === 400 || status === 403) && keyCode.test(text)) return 'key';
  if (status === 403) return 'scope';
  if (status === 404 || status === 410) return isGated ? 'gated' : 'missing';
  if (status === 429) return 'pace';
  // Groq's "flex capacity exceeded"; Cohere means content it blocks.
  if (status === 498) return /invalid token|blocked/i.test(text) ? 'input' : 'load';
  if (status === 408 || status === 425 || status >= 500) return 'load';
  if ([400, 413, 422].includes(status) && (lengthCode.test(text) || lengthText.test(text))) return 'length';
  return status >= 400 ? 'input' : 'odd';
}

/** A reply that is not what the vendor documents. */
export function badResponse(label: string, what: string, cause?: unknown): AppError {
  return new AppError(
    'BAD_RESPONSE',
    `${label} answered with something LLMLab cannot read: ${what}. Nothing was taken from it; try again later.`,
    cause === undefined ? {} : { cause },
  );
}

/** Text a vendor sent, safe to show and to keep: without secrets, on one line, at most 300 characters. */
export function quoted(text: string, secrets: readonly string[] = []): string {
  const hidden = secrets
    .filter((secret) => secret.length >= 6)
    .reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text);
  const line = redactText(hidden.slice(0, 4 * maxQuote))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > maxQuote ? `${line.slice(0, maxQuote - 1)}…` : line;
}

function lenient(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

function quoteOf({ body: text, secrets }: Refusal, body: unknown): string {
  const words = wordsOf(body, text);
  // A page of a proxy in between says nothing to a user.
  return /^\s*</.test(words) ? '' : quoted(words, secrets);
}

/**
 * The vendor's message wherever it keeps it: `error.message`, `message`, `error`, `detail`, `title`, FastAPI's
 * `detail[].msg`; otherwise the whole text.
 */
export function wordsOf(body: unknown, text: string): string {
  const top = fieldsOf(Array.isArray(body) ? body[0] : body);
  const inner = fieldsOf(top.error);
  const found = [
    inner.message,
    top.message,
    top.error,
    top.detail,
    top.error_description,
    top.reason,
    top.title,
  ];
  const first = found.map(textOf).find((words) => words !== null);
  if (first !== undefined && first !== null) return first;
  const details = rowsOf(top.detail).flatMap(({ msg }) => textOf(msg) ?? []);
  return details.length > 0 ? details.join('; ') : text;
}

/** Every code, type, reason and status named in an error body, however deep. */
export function codesOf(body: unknown, depth = 0): string[] {
  if (depth > 4) return [];
  if (Array.isArray(body))
    return listOf(body)
      .slice(0, 20)
      .flatMap((item) => codesOf(item, depth + 1));
  return Object.entries(fieldsOf(body)).flatMap(([name, value]) => {
    if (typeof value === 'object') return codesOf(value, depth + 1);
    return typeof value === 'string' && /^(code|type|reason|status|error_code|error_type|error)$/.test(name)
      ? [value]
      : [];
  });
}

function seconds(ms: number): string {
  return ms < 120_000 ? `${Math.max(1, Math.ceil(ms / 1000))} s` : `${Math.ceil(ms / 60_000)} min`;
}

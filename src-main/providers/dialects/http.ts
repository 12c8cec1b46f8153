import { AppError } from '../../platform/error.ts';
import type { Json } from '../../platform/json.ts';
import type { ProviderContext } from '../../platform/provider.ts';
import { badResponse, failureOf } from './failure.ts';
import { parseJson } from './json.ts';

const mib = 1024 * 1024;
const maxReplyBytes = 32 * mib;
const maxErrorBytes = mib / 16;
const usualTimeoutMs = 60_000;

/** A value of a query: a list is sent as `name[]=a&name[]=b` where its name ends in `[]`, else as `name=a&name=b`. */
export type QueryValue = string | number | boolean | null | undefined | readonly string[];

export interface ApiOptions {
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Body, as JSON. */
  readonly json?: Json;
  /** Body, as a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** The address is only there for some accounts: what to say and to do on 404. */
  readonly notEnabled?: string;
  readonly timeoutMs?: number;
}

export interface ApiReply {
  readonly json: unknown;
  readonly headers: Headers;
}

/** One vendor's JSON over HTTP. `path` is a whole URL, or comes after the context's base. */
export interface Api {
  get(context: ProviderContext, path: string, options?: ApiOptions): Promise<ApiReply>;
  post(context: ProviderContext, path: string, options?: ApiOptions): Promise<ApiReply>;
  /** For a reply of the wrong shape. */
  bad(what: string): AppError;
}

export interface ApiSpec {
  /** The vendor's name, as the user knows it. */
  readonly label: string;
  /** Headers of every request: the credential, versions. */
  readonly headers: (context: ProviderContext) => Promise<Readonly<Record<string, string>>>;
}

/**
 * Opens a vendor's API. Its methods throw AppError with the vendor codes: see `failureOf` for refusals; NETWORK for cut, unreachable and slow
 * connections, CANCELLED where the context's signal says so, BAD_RESPONSE for what is no JSON.
 */
export function openApi({ label, headers }: ApiSpec): Api {
  const send = async (method: string, context: ProviderContext, path: string, options: ApiOptions) => {
    const url = urlOf(context.baseUrl, path, options.query ?? {});
    const sent = { accept: 'application/json', ...(await headers(context)), ...options.headers };
    const signal = AbortSignal.any([
      context.signal,
      AbortSignal.timeout(options.timeoutMs ?? usualTimeoutMs),
    ]);
    const request = { label, notEnabled: options.notEnabled, context };
    const response = await sendChecked(request, url, { method, signal, ...bodyOf(sent, options) });
    return { json: await readJson(request, response), headers: response.headers };
  };
  return {
    get: (context, path, options = {}) => send('GET', context, path, options),
    post: (context, path, options = {}) => send('POST', context, path, options),
    bad: (what) => badResponse(label, what),
  };
}

export interface Checked {
  readonly label: string;
  readonly context: Pick<ProviderContext, 'fetch' | 'signal' | 'clock'>;
  readonly notEnabled?: string | undefined;
}

/** Sends one request and hands back the answer where it is a good one; throws AppError otherwise. */
export async function sendChecked(
  { label, context, notEnabled }: Checked,
  input: string | URL | Request,
  init: RequestInit,
): Promise<Response> {
  let response: Response;
  try {
    response = await context.fetch(input, { redirect: 'manual', ...init });
  } catch (error) {
    throw connectionFailure(label, error, context.signal);
  }
  if (response.ok) return response;
  const body = await readText(response, maxErrorBytes).catch(() => '');
  throw failureOf({
    label,
    status: response.status,
    headers: response.headers,
    body,
    secrets: secretsOf(new Headers(init.headers)),
    notEnabled,
    now: context.clock.now(),
  });
}

/** What went wrong on the way: an AppError stays what it is, an aborted request is CANCELLED, the rest is NETWORK. */
export function connectionFailure(label: string, error: unknown, signal: AbortSignal): AppError {
  const known = appErrorIn(error);
  if (known !== null) return known;
  const isTimeout = nameOf(error) === 'TimeoutError' || nameOf(signal.reason) === 'TimeoutError';
  if (signal.aborted && !isTimeout)
    return new AppError('CANCELLED', `The request to ${label} was cancelled.`, { cause: error });
  const what = isTimeout ? 'did not answer in time' : reasonOf(error);
  return new AppError('NETWORK', `${label} ${what}. Check the connection and try again.`, { cause: error });
}

/** The AppError among an error and its causes: libraries wrap what a fetch throws. */
export function appErrorIn(error: unknown): AppError | null {
  for (let depth = 0, at = error; depth < 6 && at instanceof Error; depth++, at = at.cause)
    if (at instanceof AppError) return at;
  return null;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [/ENOTFOUND|EAI_AGAIN/, 'could not be found: its name does not resolve'],
  [/ECONNREFUSED/, 'refused the connection: nothing listens there'],
  [/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/i, 'has a certificate this machine does not trust'],
  [/TIMEOUT|ETIMEDOUT/i, 'did not answer in time'],
];

function reasonOf(error: unknown): string {
  for (let depth = 0, at = error; depth < 6 && at instanceof Error; depth++, at = at.cause) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : at.message;
    const found = reasons.find(([shape]) => shape.test(code));
    if (found !== undefined) return found[1];
  }
  return 'cut the connection or could not be reached';
}

async function readJson(request: Checked, response: Response): Promise<unknown> {
  return jsonOf(request.label, await readBody(request, response));
}

/** The body of a good answer, at most 32 MiB of it. Throws NETWORK where it is cut, BAD_RESPONSE where it is larger. */
export async function readBody(request: Checked, response: Response): Promise<string> {
  try {
    return await readText(response, maxReplyBytes);
  } catch (error) {
    if (error instanceof RangeError) throw badResponse(request.label, error.message);
    throw connectionFailure(request.label, error, request.context.signal);
  }
}

/** A body as JSON: an object, a list, or null where it is empty. Throws BAD_RESPONSE. */
export function jsonOf(label: string, text: string): unknown {
  if (text.trim() === '') return null;
  const found = parsed(label, text);
  // No vendor answers with a bare word or number; read on, it would pass as an object without anything in it.
  if (typeof found !== 'object') throw badResponse(label, 'it is no object and no list');
  return found;
}

function parsed(label: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw badResponse(label, 'it is no JSON, or only a part of it', error);
  }
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > maxBytes) throw new RangeError(`it is larger than ${Math.ceil(maxBytes / mib)} MiB`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function bodyOf(headers: Readonly<Record<string, string>>, { json, form }: ApiOptions): RequestInit {
  if (json !== undefined)
    return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(json) };
  if (form !== undefined) return { headers: { ...headers }, body: new URLSearchParams(form) };
  return { headers };
}

function urlOf(base: string, path: string, query: Readonly<Record<string, QueryValue>>): URL {
  const url = new URL(/^https?:/.test(path) ? path : `${base}${path}`);
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(item));
  }
  return url;
}

const plainHeaders = /^(accept|content-|user-agent|anthropic-|openai-|http-referer|x-title|x-openrouter)/;

/** What was sent to prove who asks: the values of headers that are not known to be harmless, without their scheme. */
export function secretsOf(headers: Headers): string[] {
  return [...headers]
    .filter(([name]) => !plainHeaders.test(name))
    .map(([, value]) => value.replace(/^(bearer|basic|token)\s+/i, ''));
}

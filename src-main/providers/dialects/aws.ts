import { AppError } from '../../platform/error.ts';
import type { Json } from '../../platform/json.ts';
import type { ProviderContext } from '../../platform/provider.ts';
import { requireSecret } from './credentials.ts';
import { badResponse, failureOf } from './failure.ts';
import { connectionFailure } from './http.ts';
import { fieldsOf, parseJson, textOf } from './json.ts';
import { type AwsCredentials, signedHeaders } from './sigv4.ts';

const timeoutMs = 60_000;

export interface AwsCall {
  readonly url: string;
  /** `ce`, `sts`, `bedrock` …: what the signature is for. */
  readonly service: string;
  readonly region: string;
  /** Posted as AWS JSON to that operation; a GET where there is none. */
  readonly target?: string;
  readonly json?: Json;
  readonly form?: Readonly<Record<string, string>>;
  /** What to do where AWS says that the service is not switched on. */
  readonly notEnabled?: string;
}

export async function awsCredentials(context: ProviderContext): Promise<AwsCredentials> {
  return {
    accessKeyId: await requireSecret(context, 'accessKeyId', 'access key id'),
    secretAccessKey: await requireSecret(context, 'secretAccessKey', 'secret access key'),
    sessionToken: (await context.secret('sessionToken'))?.trim() || null,
  };
}

/** One signed request to AWS and what it answers: JSON, or the text of XML where a form was sent. Throws AppError with the vendor codes. */
export async function callAws(context: ProviderContext, call: AwsCall): Promise<unknown> {
  const credentials = await awsCredentials(context);
  const body =
    call.json !== undefined ? JSON.stringify(call.json) : call.form && String(new URLSearchParams(call.form));
  const headers = {
    accept: 'application/json',
    ...(call.target !== undefined && {
      'x-amz-target': call.target,
      'content-type': 'application/x-amz-json-1.1',
    }),
    ...(call.form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
  };
  const method = body === undefined ? 'GET' : 'POST';
  const { url, service, region } = call;
  const request = { method, url, headers, service, region, at: context.clock.now() } as const;
  const signed = await signedHeaders({ ...request, ...(body !== undefined && { body }) }, credentials);
  return answerOf(
    context,
    call,
    { method, headers: signed, ...(body !== undefined && { body }) },
    credentials,
  );
}

async function answerOf(
  context: ProviderContext,
  { url, form, notEnabled }: AwsCall,
  init: RequestInit,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
): Promise<unknown> {
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(timeoutMs)]);
  const { response, text } = await context
    .fetch(url, { redirect: 'manual', ...init, signal })
    .then(async (answer) => ({ response: answer, text: await answer.text() }))
    .catch((error: unknown) => {
      throw connectionFailure('AWS', error, context.signal);
    });
  if (!response.ok)
    throw failureOf({
      label: 'AWS',
      status: statusMeant(response.status, text),
      headers: response.headers,
      body: text,
      secrets: [accessKeyId, secretAccessKey, sessionToken ?? ''],
      notEnabled,
      now: context.clock.now(),
    });
  // Services that take forms answer with XML where they do not heed what is accepted.
  if (form !== undefined && text.startsWith('<')) return text;
  try {
    return parseJson(text);
  } catch (error) {
    throw badResponse('AWS', 'it is no JSON, or only a part of it', error);
  }
}

const meanings: readonly (readonly [RegExp, number])[] = [
  [
    /ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken|AuthFailure/,
    401,
  ],
  [/AccessDenied|UnauthorizedOperation|NotAuthorized/, 403],
  [/Throttling|TooManyRequests|LimitExceeded/, 429],
  [/DataUnavailable|OptInRequired/, 404],
];

/** AWS answers most refusals with 400 and names them in `__type`: the status another vendor would have sent. */
function statusMeant(status: number, text: string): number {
  const name = status >= 500 ? '' : `${typeIn(text)} ${text.startsWith('<') ? text.slice(0, 2000) : ''}`;
  return meanings.find(([shape]) => shape.test(name))?.[1] ?? status;
}

function typeIn(text: string): string {
  try {
    const body = fieldsOf(parseJson(text));
    const error = fieldsOf(body.Error);
    return textOf(body.__type) ?? textOf(error.Code) ?? textOf(body.code) ?? textOf(body.message) ?? '';
  } catch {
    return '';
  }
}

/** A region's name, which becomes part of a host. Throws BAD_INPUT on anything else. */
export function regionOf(context: ProviderContext): string {
  const region = context.fields.region?.trim().toLowerCase() || 'us-east-1';
  if (/^[a-z]{2,4}(?:-[a-z]+)+-\d$/.test(region)) return region;
  throw new AppError('BAD_INPUT', `"${region.slice(0, 40)}" is no region of AWS. Write it like us-east-1.`);
}

import { AppError } from '../../../platform/error.ts';
import type { ProviderContext } from '../../../platform/provider.ts';
import { badResponse, codesOf, failureOf, quoted, wordsOf } from '../failure.ts';
import { appErrorIn, connectionFailure } from '../http.ts';
import { fieldsOf } from '../json.ts';

interface Where extends Pick<ProviderContext, 'signal' | 'clock'> {
  /** What was sent in secret: never quoted back. */
  readonly secrets?: readonly string[];
}

const wrongUse = /^AI_(UnsupportedFunctionality|InvalidPrompt|InvalidArgument|NoSuchModel)/;
const lostConnection =
  /terminated|ended without a finish reason|ECONNRESET|UND_ERR|socket|other side closed|aborted|cannot connect/i;

/**
 * What the SDK threw, as the AppError the user sees. Refusals are AppErrors already: the fetch it is given throws them,
 * and the SDK passes them on or wraps them.
 */
export function troubleOf(label: string, error: unknown, { signal, secrets = [] }: Where): AppError {
  const known = appErrorIn(error);
  if (known !== null) return known;
  if (signal.aborted) return connectionFailure(label, error, signal);
  const causes = causesOf(error);
  if (causes.some(({ message, name }) => lostConnection.test(message) || name === 'TimeoutError'))
    return connectionFailure(label, error, signal);
  const misuse = causes.find(({ name }) => wrongUse.test(name));
  if (misuse !== undefined)
    return new AppError(
      'BAD_INPUT',
      `${label} cannot do this: ${quoted(misuse.message, secrets)}. Nothing was sent.`,
      {
        cause: error,
      },
    );
  return badResponse(label, 'the reply is not in its documented form', error);
}

function causesOf(error: unknown): readonly Error[] {
  const found: Error[] = [];
  for (let at = error; at instanceof Error && found.length < 6; at = at.cause) found.push(at);
  return found;
}

const statuses: readonly (readonly [RegExp, number])[] = [
  [/overloaded/i, 529],
  [/rate_limit|too_many_requests|resource_exhausted/i, 429],
  [/insufficient_quota|billing|credit/i, 402],
  [/authentication|api_key/i, 401],
  [/invalid_request|bad_request|content_filter/i, 400],
];

/** Trouble a vendor states within a stream, after it had answered with 200. */
export function troubleInStream(label: string, error: unknown, where: Where): AppError {
  if (error instanceof Error && Object.keys(fieldsOf(fieldsOf(error).data)).length === 0)
    return troubleOf(label, error, where);
  const stated = error instanceof Error ? fieldsOf(error).data : error;
  const body = typeof stated === 'string' ? { error: { message: stated } } : { error: fieldsOf(stated) };
  const inner = fieldsOf(fieldsOf(stated).error);
  const code = [inner.code, fieldsOf(stated).code].find((value) => typeof value === 'number' && value >= 400);
  const named = statuses.find(([shape]) => shape.test(`${codesOf(body).join(' ')} ${wordsOf(body, '')}`));
  return failureOf({
    label,
    status: typeof code === 'number' ? code : (named?.[1] ?? 500),
    headers: new Headers(),
    body: JSON.stringify(Object.keys(inner).length > 0 ? { error: inner } : body),
    secrets: where.secrets ?? [],
    now: where.clock.now(),
  });
}

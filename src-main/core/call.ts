import {
  contract,
  type RouteInput,
  type RouteName,
  type RouteOutput,
} from '../../src-preload/contract/index.ts';
import type { Failure, Result } from '../../src-preload/contract/result.ts';
import type { HandlerContext } from '../handlers/context.ts';
import { handlers } from '../handlers/index.ts';
import { AppError } from '../platform/error.ts';
import type { Log } from '../platform/ports.ts';
import { storeError } from '../store/database.ts';

/** Who calls: hosts decide trust by frame and origin, or by token, Host and Origin. */
export interface Caller {
  readonly trusted: boolean;
  /** For the log: `window`, `web`, `cli`. */
  readonly label: string;
}

export type Call = <R extends RouteName>(
  route: R,
  input: RouteInput<R>,
  caller: Caller,
) => Promise<Result<RouteOutput<R>>>;

function fail(
  code: Failure['error']['code'],
  message: string,
  data?: Readonly<Record<string, unknown>>,
): Failure {
  return { ok: false, error: { code, message, ...(data === undefined ? {} : { data: { ...data } }) } };
}

function toFailure(thrown: unknown, route: string, log: Log): Failure {
  const error = storeError(thrown);
  if (error instanceof AppError && error.code !== 'INTERNAL')
    return fail(error.code, error.message, error.data);
  log.error('call failed', {
    route,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
  return fail(
    'INTERNAL',
    'Something went wrong inside LLMLab. Nothing was half-written; the log in the data folder has the details.',
  );
}

/** First issue of a refused input, with the field it is about. */
function inputProblem(issues: readonly { path: readonly PropertyKey[]; message: string }[]): string {
  const [issue] = issues;
  const where = issue?.path.length ? `${issue.path.join('.')}: ` : '';
  return `${where}${issue?.message ?? 'not valid'}`;
}

/**
 * The one way in: trust first, then the shape of the input, then the handler. Never rejects. `readsBeside` says why nothing
 * may be changed, null where it may.
 */
export function createCall(context: HandlerContext, readsBeside: () => AppError | null): Call {
  return async (route, input, caller) => {
    if (!caller.trusted) return fail('FORBIDDEN', 'This caller may not use LLMLab.');
    if (!Object.hasOwn(contract, route))
      return fail('NOT_FOUND', `There is no route ${String(route).slice(0, 100)}.`);
    const parsed = contract[route].input.safeParse(input);
    if (!parsed.success)
      return fail('BAD_INPUT', inputProblem(parsed.error.issues), { issues: parsed.error.issues });
    try {
      const locked = contract[route].effect === 'write' ? readsBeside() : null;
      if (locked !== null) throw locked;
      // The handler map is typed route by route; here the route is a variable, so its parameter cannot be narrowed.
      const handler = handlers[route] as (input: unknown, context: HandlerContext) => unknown;
      return { ok: true, data: (await handler(parsed.data, context)) as RouteOutput<typeof route> };
    } catch (error) {
      return toFailure(error, route, context.ports.log);
    }
  };
}

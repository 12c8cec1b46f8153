import { appErrorIn } from '../http.ts';
import { fieldsOf, parseJson } from '../json.ts';

/**
 * A fetch for servers that may not know of `stream_options`: one that refuses a request because of it is asked again
 * without, and its stream then ends without usage.
 */
export function withoutStreamOptions(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    try {
      return await fetch(input, init);
    } catch (error) {
      const known = appErrorIn(error);
      const body = init?.body;
      if (known?.code !== 'BAD_INPUT' || !/stream_options|include_usage/.test(known.message)) throw error;
      if (typeof body !== 'string') throw error;
      const { stream_options: _, ...rest } = fieldsOf(parseJson(body));
      return fetch(input, { ...init, body: JSON.stringify(rest) });
    }
  };
}

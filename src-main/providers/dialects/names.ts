import { AppError } from '../../platform/error.ts';
import type { ProviderContext } from '../../platform/provider.ts';
import type { Api, QueryValue } from './http.ts';
import { type Fields, fieldsOf, rowsOf, textOf } from './json.ts';

const most = 10_000;

/**
 * Names of projects or workspaces by id, from a list that is paged by the last id and holds the archived ones, too.
 * None where the key may not list them: spend is then shown by id.
 */
export async function namesById(
  api: Api,
  context: ProviderContext,
  { path, after }: { readonly path: string; readonly after: 'after' | 'after_id' },
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  let last: string | null = null;
  do {
    const page = await listed(api, context, {
      path,
      query: { limit: 100, include_archived: true, [after]: last },
    });
    for (const { id, name } of rowsOf(page.data)) names.set(String(id), textOf(name) ?? String(id));
    last = page.has_more === true ? textOf(page.last_id) : null;
  } while (last !== null && names.size < most);
  return names;
}

async function listed(
  api: Api,
  context: ProviderContext,
  { path, query }: { readonly path: string; readonly query: Readonly<Record<string, QueryValue>> },
): Promise<Fields> {
  try {
    return fieldsOf((await api.get(context, path, { query })).json);
  } catch (error) {
    if (error instanceof AppError && ['INSUFFICIENT_SCOPE', 'BAD_INPUT', 'INVALID_KEY'].includes(error.code))
      return {};
    throw error;
  }
}

import { AppError } from '../../platform/error.ts';
import type { ProviderContext } from '../../platform/provider.ts';
import { hasSecret } from '../dialects/check.ts';
import { bearer } from '../dialects/credentials.ts';
import { openApi } from '../dialects/http.ts';
import { type Fields, fieldsOf, textOf } from '../dialects/json.ts';

export const api = openApi({ label: 'xAI', headers: bearer('apiKey', 'API key') });
export const management = openApi({ label: 'xAI', headers: bearer('managementKey', 'management key') });
export const teams = 'https://management-api.x.ai/v1/billing/teams';

/** What xAI says of the API key. Where that address is gone, a list of models shows that the key is good. */
export async function keyFacts(context: ProviderContext): Promise<Fields> {
  const facts = await api.get(context, '/api-key').catch(async (error: unknown) => {
    if (!isMissing(error)) throw error;
    await api.get(context, '/models');
    return { json: {} };
  });
  return fieldsOf(facts.json);
}

export function isMissing(error: unknown): boolean {
  return error instanceof AppError && error.data?.status === 404;
}

/** The team as stated, else as its API key says. */
export async function teamOf(context: ProviderContext): Promise<string> {
  const stated = context.fields.teamId?.trim() ?? '';
  if (stated !== '') return encodeURIComponent(stated);
  const known = (await hasSecret(context, 'apiKey')) ? textOf((await keyFacts(context)).team_id) : null;
  if (known !== null) return encodeURIComponent(known);
  throw new AppError(
    'BAD_INPUT',
    'xAI needs the team id for billing: copy it from the address of console.x.ai.',
  );
}

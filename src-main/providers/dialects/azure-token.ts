import { AppError } from '../../platform/error.ts';
import type { ProviderContext } from '../../platform/provider.ts';
import { requireSecret } from './credentials.ts';
import { openApi } from './http.ts';
import { fieldsOf, textOf } from './json.ts';

export const azureLoginHost = 'https://login.microsoftonline.com';
const oauth = openApi({ label: 'Microsoft Entra', headers: async () => ({}) });
const tokens = new WeakMap<ProviderContext, Promise<string>>();

/** An access token of an app registration for Azure's management API, one per piece of work. Throws INVALID_KEY. */
export function azureToken(context: ProviderContext): Promise<string> {
  const known = tokens.get(context);
  if (known !== undefined) return known;
  const asked = exchange(context);
  tokens.set(context, asked);
  asked.catch(() => tokens.delete(context));
  return asked;
}

async function exchange(context: ProviderContext): Promise<string> {
  const { tenantId = '', clientId = '' } = context.fields;
  if (tenantId.trim() === '' || clientId.trim() === '')
    throw new AppError(
      'BAD_INPUT',
      'Azure needs the tenant id and the client id of the app registration for costs.',
    );
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId.trim(),
    client_secret: await requireSecret(context, 'clientSecret', 'client secret'),
    scope: 'https://management.azure.com/.default',
  };
  const url = `${azureLoginHost}/${encodeURIComponent(tenantId.trim())}/oauth2/v2.0/token`;
  const { json } = await oauth.post(context, url, { form }).catch((error: unknown) => {
    // Entra says invalid_client, unauthorized_client or an unknown tenant with 400 or 401.
    if (error instanceof AppError && [400, 401].includes(Number(error.data?.status)))
      throw new AppError(
        'INVALID_KEY',
        `Microsoft Entra does not accept the app registration. ${withoutSecret(error.message, form.client_secret)} Check the tenant id, the client id and whether the secret has expired.`,
        { cause: error },
      );
    throw error;
  });
  const token = textOf(fieldsOf(json).access_token);
  if (token === null) throw oauth.bad('the access token is missing');
  return token;
}

/** The secret went in the body, which nothing else looks at. */
function withoutSecret(message: string, secret: string): string {
  return message.replaceAll(secret, '[redacted]');
}

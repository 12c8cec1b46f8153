import { createPrivateKey, sign } from 'node:crypto';
import { AppError } from '../../platform/error.ts';
import type { ProviderContext } from '../../platform/provider.ts';
import { openApi } from './http.ts';
import { fieldsOf, parseJson, textOf } from './json.ts';

/** Where a service account's signature is exchanged for a token. The one in the file is not used: it could be anywhere. */
export const googleTokenHost = 'https://oauth2.googleapis.com';
const audience = `${googleTokenHost}/token`;
const scopes =
  'https://www.googleapis.com/auth/bigquery.readonly https://www.googleapis.com/auth/cloud-platform';
const lifetimeSeconds = 3600;

export interface ServiceAccount {
  readonly email: string;
  readonly privateKey: string;
  readonly privateKeyId: string | null;
  readonly project: string;
}

/** The service account in a connection's secret of that name. Throws NO_KEY or BAD_INPUT. */
export async function serviceAccountOf(context: ProviderContext, name: string): Promise<ServiceAccount> {
  const text = (await context.secret(name))?.trim() ?? '';
  if (text === '')
    throw new AppError(
      'NO_KEY',
      'This connection has no service account. Add its JSON key file on the Providers page, then try again.',
    );
  const account = fieldsIn(text);
  const [email, privateKey] = [textOf(account.client_email), textOf(account.private_key)];
  const project = textOf(account.project_id);
  if (email === null || privateKey === null || project === null)
    throw new AppError(
      'BAD_INPUT',
      'The service account is not the JSON key file Google hands out: client_email, private_key or project_id is missing. Make a new key under IAM > Service accounts > Keys.',
    );
  return { email, privateKey, privateKeyId: textOf(account.private_key_id), project };
}

function fieldsIn(text: string) {
  try {
    return fieldsOf(parseJson(text));
  } catch {
    // The parser's own words would quote the key.
    return {};
  }
}

/** A signed statement of who asks, good for an hour (RFC 7523, RS256). `at` is UTC ms. Throws BAD_INPUT on a broken key. */
export function signedAssertion({ email, privateKey, privateKeyId }: ServiceAccount, at: number): string {
  const issuedAt = Math.floor(at / 1000);
  const header = { alg: 'RS256', typ: 'JWT', ...(privateKeyId !== null && { kid: privateKeyId }) };
  const claims = { iss: email, scope: scopes, aud: audience, iat: issuedAt, exp: issuedAt + lifetimeSeconds };
  const content = [header, claims].map((part) => base64url(JSON.stringify(part))).join('.');
  try {
    const signature = sign('RSA-SHA256', Buffer.from(content), createPrivateKey(privateKey));
    return `${content}.${signature.toString('base64url')}`;
  } catch {
    throw new AppError(
      'BAD_INPUT',
      'The private key in the service account cannot be read. Paste the whole JSON file as Google made it.',
    );
  }
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

const tokens = new WeakMap<ProviderContext, Promise<string>>();
const oauth = openApi({ label: 'Google', headers: async () => ({}) });

/** An access token for a service account, one per piece of work. Throws INVALID_KEY where Google does not take the key. */
export function googleToken(context: ProviderContext, name: string): Promise<string> {
  const known = tokens.get(context);
  if (known !== undefined) return known;
  const asked = exchange(context, name);
  tokens.set(context, asked);
  asked.catch(() => tokens.delete(context));
  return asked;
}

async function exchange(context: ProviderContext, name: string): Promise<string> {
  const assertion = signedAssertion(await serviceAccountOf(context, name), context.clock.now());
  const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
  const { json } = await oauth.post(context, audience, { form }).catch((error: unknown) => {
    if (error instanceof AppError && error.data?.status === 400)
      throw new AppError(
        'INVALID_KEY',
        'Google does not accept the service account (invalid_grant). The key may be deleted, or the clock of this machine may be wrong: check both.',
        { cause: error },
      );
    throw error;
  });
  const token = textOf(fieldsOf(json).access_token);
  if (token === null) throw oauth.bad('the access token is missing');
  return token;
}

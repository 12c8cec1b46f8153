import { AppError } from '../../platform/error.ts';
import type { ProviderContext } from '../../platform/provider.ts';

/** A secret of the connection. Throws NO_KEY with the field's label where it has none. */
export async function requireSecret(context: ProviderContext, name: string, label: string): Promise<string> {
  const secret = await context.secret(name);
  if (secret !== null && secret.trim() !== '') return secret.trim();
  throw new AppError(
    'NO_KEY',
    `This connection has no ${label}. Add it on the Providers page, then try again.`,
  );
}

/** `Authorization: Bearer …` from a secret of the connection. */
export function bearer(name: string, label: string) {
  return async (context: ProviderContext): Promise<Readonly<Record<string, string>>> => ({
    authorization: `Bearer ${await requireSecret(context, name, label)}`,
  });
}

/** A header of its own that holds a secret: `x-api-key`, `api-key`. */
export function secretHeader(header: string, name: string, label: string) {
  return async (context: ProviderContext): Promise<Readonly<Record<string, string>>> => ({
    [header]: await requireSecret(context, name, label),
  });
}

import type { ProviderContext } from '../../platform/provider.ts';

/** `Authorization: Bearer …` where the connection has a key of that name; nothing where the server asks for none. */
export function optionalBearer(name: string) {
  return async (context: ProviderContext): Promise<Readonly<Record<string, string>>> => {
    const key = (await context.secret(name))?.trim() ?? '';
    return key === '' ? {} : { authorization: `Bearer ${key}` };
  };
}

import type { ProviderContext } from '../../platform/provider.ts';

export function isAnthropic({ fields }: Pick<ProviderContext, 'fields'>): boolean {
  return fields.wire === 'anthropic';
}

/** What proves who asks, as the wire wants it, and the header the user added. */
export async function headersOf(context: ProviderContext): Promise<Readonly<Record<string, string>>> {
  const text = async (name: string) => (await context.secret(name))?.trim() ?? '';
  const [key, value] = [await text('apiKey'), await text('headerSecret')];
  const name = context.fields.headerName?.trim().toLowerCase() ?? '';
  const proof = isAnthropic(context) ? { 'x-api-key': key } : { authorization: `Bearer ${key}` };
  return {
    ...(isAnthropic(context) && { 'anthropic-version': '2023-06-01' }),
    ...(key !== '' && proof),
    ...(name !== '' && value !== '' && { [name]: value }),
  };
}

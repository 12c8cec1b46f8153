import type { CredentialField, ProviderInfo } from '../../../src-preload/contract/connections.ts';

/** A vendor for tests: one optional key for calls, one for the bill. */
export function providerOf(given: Partial<ProviderInfo> = {}): ProviderInfo {
  return {
    ...{ id: 'acme', label: 'Acme', vendor: 'acme', kind: 'vendor', docUrl: 'https://docs.example.com/' },
    ...{ keyUrl: 'https://keys.example.com/', accountKind: 'api', baseUrl: 'https://api.example.com/v1' },
    ...{ hasOwnBase: false, offers: ['calls', 'costs', 'models'], missing: [], connections: 0 },
    fields: [
      fieldOf({ name: 'apiKey', label: 'API key', neededFor: ['calls', 'models'] }),
      fieldOf({ name: 'adminKey', label: 'Admin key', neededFor: ['costs'] }),
    ],
    reports: [reportInfoOf()],
    ...given,
  };
}

export function fieldOf(given: Partial<CredentialField> = {}): CredentialField {
  return {
    ...{
      name: 'apiKey',
      label: 'API key',
      kind: 'text',
      secret: true,
      required: false,
      help: 'Made in the console.',
    },
    ...{ prefix: null, choices: [], neededFor: [], onlyWhen: null, ...given },
  };
}

export function reportInfoOf(
  given: Partial<ProviderInfo['reports'][number]> = {},
): ProviderInfo['reports'][number] {
  return {
    ...{
      id: 'costs',
      label: 'Costs',
      evidence: 'billed',
      needs: ['adminKey'],
      everyMinutes: 60,
      lookBackDays: 90,
    },
    ...{ accuracy: 'Within a few hours.', ...given },
  };
}

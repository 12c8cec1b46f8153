import type { CredentialField } from '../../platform/provider.ts';

type Known = Omit<CredentialField, 'kind' | 'secret' | 'neededFor' | 'required' | 'name' | 'label'>;

/** A key kept in the vault. Without `neededFor` everything needs it. */
export function secretField(
  about: Known &
    Partial<Pick<CredentialField, 'required' | 'neededFor'>> &
    Pick<CredentialField, 'name' | 'label'>,
): CredentialField {
  return { required: true, neededFor: [], ...about, kind: 'text', secret: true };
}

/** The one key of a vendor that has one kind of key. */
export function apiKeyField(
  about: Known & Partial<Pick<CredentialField, 'label' | 'required' | 'neededFor'>>,
): CredentialField {
  return secretField({ name: 'apiKey', label: 'API key', ...about });
}

/** Something that is no secret and may be left out. */
export function textField(
  about: Omit<CredentialField, 'kind' | 'secret' | 'required'> & Partial<Pick<CredentialField, 'required'>>,
): CredentialField {
  return { required: false, ...about, kind: 'text', secret: false };
}

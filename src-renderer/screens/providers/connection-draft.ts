import type {
  Connection,
  ConnectionDraft,
  CredentialField,
  ProviderInfo,
} from '../../../src-preload/contract/connections.ts';
import type { DraftRead } from '../../ui/draft-resolver.ts';

/** What the form holds, all as typed: the names below and one per credential field under `fieldKey`. */
export type FormDraft = Record<string, string>;

/** Where a credential field stands in the draft: a vendor may have a field called `name`. */
export const fieldKey = (name: string) => `field:${name}`;

/** The account the core chooses for a new connection: the one imported files of its vendor belong to, or a new one. */
export const usualAccount = 'usual';

/** A draft for a further connection, or of one that is there: secrets never come back, so they are blank. */
export function draftOf(provider: ProviderInfo, connection: Connection | null): FormDraft {
  return {
    name: connection?.name ?? '',
    account: connection ? String(connection.accountId) : usualAccount,
    baseUrl: connection?.baseUrl ?? '',
    isLocal: (connection?.isLocal ?? isUsuallyLocal(provider)) ? 'yes' : '',
    requestsPerMinute: connection?.requestsPerMinute?.toString() ?? '',
    tokensPerMinute: connection?.tokensPerMinute?.toString() ?? '',
    ...Object.fromEntries(
      provider.fields.map((field) => [
        fieldKey(field.name),
        field.secret ? '' : (connection?.fields[field.name] ?? ''),
      ]),
    ),
  };
}

/** Servers on one's own machine, and gateways that run there unless another address is given. */
function isUsuallyLocal({ kind, baseUrl }: ProviderInfo): boolean {
  return kind === 'local' || baseUrl?.startsWith('http://') === true;
}

/** What a draft amounts to for `connections.save` and `connections.test`, or a sentence per field that is wrong. */
export function readDraft(
  provider: ProviderInfo,
  connection: Connection | null,
): (draft: FormDraft) => DraftRead<FormDraft, ConnectionDraft> {
  return (draft) => {
    const problems = {
      ...nameProblem(draft),
      ...baseProblem(provider, draft),
      ...limitProblem('requestsPerMinute', draft),
      ...limitProblem('tokensPerMinute', draft),
      ...fieldProblems(provider, connection, draft),
    };
    if (Object.keys(problems).length > 0) return { problems };
    return { value: draftValue(provider, connection, draft) };
  };
}

function draftValue(
  provider: ProviderInfo,
  connection: Connection | null,
  draft: FormDraft,
): ConnectionDraft {
  const name = textIn(draft, 'name');
  const account = draft.account ?? usualAccount;
  const isAsked = isAskedFor(draft);
  // what is no longer asked for is taken away like an emptied field
  const typed = (secret: boolean) =>
    provider.fields
      .filter((field) => field.secret === secret)
      .map((field) => [field.name, isAsked(field) ? textIn(draft, fieldKey(field.name)) : ''] as const);
  return {
    ...(connection && { id: connection.id }),
    provider: provider.id,
    ...(name !== '' && { name }),
    ...(account !== usualAccount && { accountId: Number(account) }),
    ...(provider.hasOwnBase && {
      ...{ baseUrl: textIn(draft, 'baseUrl') || null, isLocal: draft.isLocal === 'yes' },
    }),
    // an emptied text field is taken away; a blank secret stays as it is
    fields: Object.fromEntries(
      typed(false).filter(([field, text]) => text !== '' || connection?.fields[field]),
    ),
    secrets: Object.fromEntries(typed(true).filter(([, text]) => text !== '')),
    requestsPerMinute: numberIn(draft, 'requestsPerMinute'),
    tokensPerMinute: numberIn(draft, 'tokensPerMinute'),
  };
}

function nameProblem(draft: FormDraft): FormDraft {
  return textIn(draft, 'name').length > 100 ? { name: 'At most 100 characters.' } : {};
}

function baseProblem({ hasOwnBase, baseUrl }: ProviderInfo, draft: FormDraft): FormDraft {
  const text = textIn(draft, 'baseUrl');
  if (!hasOwnBase) return {};
  if (text === '') return baseUrl === null ? { baseUrl: 'Give the address of the server.' } : {};
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    return { baseUrl: 'An address such as https://llm.example.com/v1.' };
  if (url.username !== '' || url.password !== '')
    return { baseUrl: 'Leave user and password out of the address.' };
  return url.protocol === 'http:' && draft.isLocal !== 'yes'
    ? { baseUrl: 'Plain http is for servers on your own machine or network only: say so below.' }
    : {};
}

function limitProblem(key: 'requestsPerMinute' | 'tokensPerMinute', draft: FormDraft): FormDraft {
  const text = textIn(draft, key).replaceAll(',', '');
  return text === '' || /^[1-9]\d{0,12}$/.test(text)
    ? {}
    : { [key]: 'A whole number from 1, or blank for none.' };
}

function fieldProblems(provider: ProviderInfo, connection: Connection | null, draft: FormDraft): FormDraft {
  const kept = new Set(connection?.secrets.map((secret) => secret.field));
  const problems: FormDraft = {};
  for (const field of provider.fields.filter(isAskedFor(draft))) {
    const text = textIn(draft, fieldKey(field.name));
    if (text === '' && field.required && !kept.has(field.name))
      problems[fieldKey(field.name)] = `${field.label} is needed.`;
    else if (text === '' && kept.has(field.name) && isElsewhere(provider, connection, draft))
      problems[fieldKey(field.name)] = 'It was saved for the other address. Type it again for this one.';
    else if (text !== '' && field.kind === 'json' && !isJson(text))
      problems[fieldKey(field.name)] = 'This is not valid JSON. Paste the whole file, from { to }.';
    else if (text !== '' && field.kind === 'number' && !/^-?\d+(\.\d+)?$/.test(text))
      problems[fieldKey(field.name)] = 'A number with a decimal point.';
  }
  return { ...keyless(provider, kept, draft), ...problems };
}

/** Whether a field is asked for, by what the others say. */
export function isAskedFor(draft: FormDraft): (field: Pick<CredentialField, 'onlyWhen'>) => boolean {
  return ({ onlyWhen }) => onlyWhen === null || textIn(draft, fieldKey(onlyWhen.field)) === onlyWhen.is;
}

/** A vendor of whose keys each is optional wants one of them all the same; clouds may do without, and local servers. */
export function wantsAnyKey({ kind, fields }: Pick<ProviderInfo, 'kind' | 'fields'>): boolean {
  return (
    kind === 'vendor' && fields.some((field) => field.secret) && fields.every((field) => !field.required)
  );
}

function keyless(provider: ProviderInfo, kept: ReadonlySet<string>, draft: FormDraft): FormDraft {
  const secrets = provider.fields.filter((field) => field.secret);
  const isGiven = secrets.some(({ name }) => kept.has(name) || textIn(draft, fieldKey(name)) !== '');
  const first = secrets[0];
  if (!wantsAnyKey(provider) || isGiven || !first) return {};
  return {
    [fieldKey(first.name)]:
      secrets.length === 1 ? `${first.label} is needed.` : 'Give at least one of the keys.',
  };
}

/** Whether the base now typed is another origin than the one the kept keys were saved for. */
function isElsewhere(provider: ProviderInfo, connection: Connection | null, draft: FormDraft): boolean {
  const before = URL.parse(connection?.baseUrl ?? provider.baseUrl ?? '')?.origin;
  const now = URL.parse(textIn(draft, 'baseUrl') || (provider.baseUrl ?? ''))?.origin;
  return provider.hasOwnBase && before !== now;
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

function textIn(draft: FormDraft, key: string): string {
  return (draft[key] ?? '').trim();
}

function numberIn(draft: FormDraft, key: string): number | null {
  const text = textIn(draft, key).replaceAll(',', '');
  return text === '' ? null : Number(text);
}

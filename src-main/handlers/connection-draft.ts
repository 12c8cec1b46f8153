import type { RouteParsed } from '../../src-preload/contract/index.ts';
import type { ConnectionInput } from '../jobs/connections.ts';
import { type Access, originOf } from '../jobs/vendors/access.ts';
import { readBase } from '../jobs/vendors/base-url.ts';
import { ownerOf } from '../jobs/vendors/create-vendors.ts';
import { AppError } from '../platform/error.ts';
import type { CredentialField, Provider } from '../platform/provider.ts';
import { type ConnectionRow, connectionById, plainFields } from '../store/connections.ts';
import type { HandlerContext } from './context.ts';

export type Draft = RouteParsed<'connections.save'>;

/** A draft together with what is kept already: all that saving or testing it takes. */
export interface ReadDraft {
  readonly old: ConnectionRow | undefined;
  readonly provider: Provider;
  readonly input: ConnectionInput;
  /** Typed now, by field. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Fields whose kept secret is to be forgotten. */
  readonly dropped: readonly string[];
  readonly origin: string;
  readonly access: Access;
}

export function providerOf(context: HandlerContext, id: string): Provider {
  const provider = context.providers.find((one) => one.id === id);
  if (provider === undefined)
    throw new AppError('NOT_FOUND', `LLMLab knows no vendor "${id}". \`llmlab providers\` lists them.`);
  return provider;
}

/** Checks a draft against the fields its provider declares. Throws BAD_INPUT with the field it is about. */
export function readDraft(draft: Draft, context: HandlerContext): ReadDraft {
  const old = oldOf(draft, context);
  const provider = providerOf(context, draft.provider);
  const own = { provider, ...baseOf(draft, old, provider) };
  const origin = originOf(own);
  const fields = fieldsOf(draft, old, provider);
  const { secrets, dropped } = secretsOf(draft, provider);
  const kept = keptSecrets(context, old, [...secrets.keys(), ...dropped], origin);
  checkRequired(
    provider,
    fields,
    (name) => (fields[name] ?? '') !== '' || secrets.has(name) || kept.has(name),
  );
  const { id, label, vendor, accountKind } = provider;
  return {
    ...{ old, provider, secrets, dropped, origin },
    input: {
      ...{ id: draft.id, provider: { id, label, vendor, accountKind }, name: draft.name },
      ...{ accountId: draft.accountId, baseUrl: own.baseUrl, isLocal: own.isLocal, fields },
      requestsPerMinute:
        draft.requestsPerMinute ?? ifLeftOut(draft.requestsPerMinute, old?.requests_per_minute),
      tokensPerMinute: draft.tokensPerMinute ?? ifLeftOut(draft.tokensPerMinute, old?.tokens_per_minute),
    },
    access: {
      ...{ ...own, name: draft.name ?? old?.name ?? label, fields },
      async secret(name) {
        const typed = secrets.get(name);
        if (typed !== undefined || !kept.has(name) || old === undefined) return typed ?? null;
        return context.vault.get({ owner: ownerOf(old.id), field: name }, origin);
      },
    },
  };
}

/** What is left out stays as it was; null takes it away. */
function ifLeftOut(given: number | null | undefined, before: number | null | undefined): number | null {
  return given === undefined ? (before ?? null) : null;
}

function oldOf(draft: Draft, context: HandlerContext): ConnectionRow | undefined {
  if (draft.id === undefined) return undefined;
  const old = connectionById(context.db(), draft.id);
  if (old === undefined) throw new AppError('NOT_FOUND', 'That connection is gone.');
  if (old.provider !== draft.provider)
    throw new AppError('BAD_INPUT', 'A connection stays with its vendor. Add another one instead.');
  return old;
}

function baseOf(draft: Draft, old: ConnectionRow | undefined, provider: Provider) {
  if (draft.baseUrl === undefined && draft.isLocal === undefined && old !== undefined)
    return { baseUrl: old.base_url, isLocal: old.is_local === 1 };
  const text = draft.baseUrl === undefined ? (old?.base_url ?? null) : draft.baseUrl;
  const base = readBase(provider, text, draft.isLocal);
  if (base.baseUrl === null && provider.baseUrl === null && provider.hasOwnBase)
    throw new AppError('BAD_INPUT', `Type the address of your ${provider.label}.`, {
      data: { field: 'baseUrl' },
    });
  return base;
}

function wrong(field: CredentialField, message: string): AppError {
  return new AppError('BAD_INPUT', message, { data: { field: field.name } });
}

function fieldOf(provider: Provider, name: string): CredentialField {
  const field = provider.fields.find((one) => one.name === name);
  if (field !== undefined) return field;
  const names = provider.fields.map((one) => one.name).join(', ');
  throw new AppError('BAD_INPUT', `${provider.label} has no field "${name}". It has ${names || 'none'}.`, {
    data: { field: name },
  });
}

function fieldsOf(draft: Draft, old: ConnectionRow | undefined, provider: Provider): Record<string, string> {
  const before = old === undefined ? {} : plainFields(old);
  const given = Object.entries(draft.fields).map(([name, text]) => {
    const field = fieldOf(provider, name);
    if (field.secret)
      throw wrong(field, `${field.label} is a secret: it goes to the vault, never into a plain field.`);
    return [name, checked(field, text.trim())] as const;
  });
  const all = { ...before, ...Object.fromEntries(given) };
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== ''));
}

function checked(field: CredentialField, text: string): string {
  if (text === '') return text;
  const { kind, label, choices = [] } = field;
  if (kind === 'number' && !/^\d+(\.\d+)?$/.test(text)) throw wrong(field, `${label} is a number.`);
  if (kind === 'url' && !/^https?:\/\//.test(text))
    throw wrong(field, `${label} is an address: it begins with https://.`);
  if (kind === 'choice' && !choices.some(({ value }) => value === text))
    throw wrong(field, `${label} is one of ${choices.map(({ value }) => value).join(', ')}.`);
  if (kind === 'json') checkJson(field, text);
  return text;
}

function checkJson(field: CredentialField, text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw wrong(field, `${field.label} is a JSON document, pasted as a whole.`);
  }
}

function secretsOf(draft: Draft, provider: Provider) {
  const secrets = new Map<string, string>();
  const dropped: string[] = [];
  for (const [name, value] of Object.entries(draft.secrets)) {
    const field = fieldOf(provider, name);
    if (!field.secret) throw wrong(field, `${field.label} is no secret: give it as a plain field.`);
    const text = value.trim();
    if (text === '') dropped.push(name);
    else secrets.set(name, checked(field, text));
  }
  return { secrets, dropped };
}

/** The secrets that stay as they are. They stay with their origin, so another one needs them typed again. */
function keptSecrets(
  context: HandlerContext,
  old: ConnectionRow | undefined,
  replaced: readonly string[],
  origin: string,
): ReadonlySet<string> {
  if (old === undefined) return new Set();
  const owner = ownerOf(old.id);
  const kept = context.vault.hints().filter((hint) => hint.owner === owner && !replaced.includes(hint.field));
  const elsewhere = kept.find((hint) => hint.origin !== origin);
  if (elsewhere !== undefined)
    throw new AppError(
      'BAD_INPUT',
      `The key ending in ${elsewhere.endsWith} was saved for ${elsewhere.origin} and goes nowhere else. Type it again to use it with ${origin}.`,
      { data: { field: elsewhere.field, needs: 'secret' } },
    );
  return new Set(kept.map(({ field }) => field));
}

function checkRequired(
  provider: Provider,
  fields: Readonly<Record<string, string>>,
  has: (name: string) => boolean,
): void {
  const missing = provider.fields.find(
    ({ name, required, onlyWhen }) =>
      required && !has(name) && (onlyWhen === undefined || fields[onlyWhen.field] === onlyWhen.is),
  );
  if (missing !== undefined) throw wrong(missing, `${missing.label} is missing. ${missing.help}`);
}

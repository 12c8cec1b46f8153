import { ExternalLink } from 'lucide-react';
import type { Connection, ProviderInfo } from '../../../src-preload/contract/connections.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { AccountChoice } from './account-choice.tsx';
import { BaseFields } from './base-fields.tsx';
import { isAskedFor, wantsAnyKey } from './connection-draft.ts';
import { CredentialInput } from './credential-input.tsx';
import { fieldGroups } from './field-groups.ts';
import { MissingList } from './missing-list.tsx';
import type { ConnectionFormState } from './use-connection-form.ts';

interface ConnectionFormProps {
  readonly provider: ProviderInfo;
  /** null adds one. */
  readonly connection: Connection | null;
  readonly form: ConnectionFormState;
}

/** What a vendor declares it needs, by what each field unlocks; then name, account and limits. */
export function ConnectionForm({ provider, connection, form }: ConnectionFormProps) {
  const { errors } = form.formState;
  const isElsewhere = hasUsualAddress(provider);
  return (
    <div className="flex flex-col gap-5">
      {provider.hasOwnBase && !isElsewhere && <BaseFields provider={provider} form={form} />}
      {fieldGroups(provider).map((group) => (
        <section key={group.key} aria-label={group.title} className="flex flex-col gap-3">
          <div>
            <h3>{group.title}</h3>
            {group.brings !== '' && <p className="text-sm text-text-2">{group.brings}</p>}
          </div>
          <div className="grid grid-cols-2 items-start gap-3 tight:grid-cols-1">
            {group.fields.filter(isAskedFor(form.watch())).map((field) => (
              <CredentialInput
                key={field.name}
                field={field}
                isAlone={wantsAnyKey(provider)}
                kept={connection?.secrets.find((secret) => secret.field === field.name) ?? null}
                form={form}
              />
            ))}
          </div>
        </section>
      ))}
      <Links provider={provider} />
      <div className="grid grid-cols-2 gap-3 tight:grid-cols-1">
        <Field label="Name" hint="How lists call it." error={errors.name?.message}>
          {(ids) => <Input {...ids} {...form.register('name')} placeholder={provider.label} />}
        </Field>
        <AccountChoice provider={provider} isNew={connection === null} form={form} />
      </div>
      {provider.hasOwnBase && isElsewhere && (
        <Disclosure
          label="Another address"
          className="rounded-lg border"
          startsOpen={form.getValues('baseUrl') !== ''}
        >
          <div className="px-3 pb-3">
            <BaseFields provider={provider} form={form} />
          </div>
        </Disclosure>
      )}
      <Disclosure label="Limits" className="rounded-lg border" startsOpen={hasLimits(connection)}>
        <div className="grid grid-cols-2 gap-3 px-3 pb-3 tight:grid-cols-1">
          {(['requestsPerMinute', 'tokensPerMinute'] as const).map((key) => (
            <Field
              key={key}
              label={key === 'requestsPerMinute' ? 'Requests per minute' : 'Tokens per minute'}
              hint="Calls above it wait instead of failing. Blank: what the vendor’s headers say."
              error={errors[key]?.message}
            >
              {(ids) => <Input {...ids} {...form.register(key)} inputMode="numeric" className="tnum" />}
            </Field>
          ))}
        </div>
      </Disclosure>
      <MissingList missing={provider.missing} label={provider.label} />
    </div>
  );
}

/** A vendor on the web is at its own address for nearly everybody: the key comes first, and has the focus. */
function hasUsualAddress({ baseUrl }: ProviderInfo): boolean {
  return baseUrl?.startsWith('https:') === true;
}

function hasLimits(connection: Connection | null): boolean {
  return (
    connection !== null && (connection.requestsPerMinute !== null || connection.tokensPerMinute !== null)
  );
}

function Links({ provider: { keyUrl, docUrl, label } }: { readonly provider: ProviderInfo }) {
  const look = 'inline-flex items-center gap-1 rounded-sm font-medium text-accent-text hover:underline';
  return (
    <p className="-mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {keyUrl !== null && (
        <a href={keyUrl} target="_blank" rel="noreferrer" className={look}>
          Make a key at {hostOf(keyUrl)}
          <ExternalLink aria-hidden className="size-3" />
        </a>
      )}
      <a href={docUrl} target="_blank" rel="noreferrer" className={look}>
        {label}’s documentation
        <ExternalLink aria-hidden className="size-3" />
      </a>
    </p>
  );
}

function hostOf(url: string): string {
  return URL.parse(url)?.host.replace(/^www\./, '') ?? url;
}

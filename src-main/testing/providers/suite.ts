import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'vitest';
import type { AppError } from '../../platform/error.ts';
import type { CostRequest, Provider, ProviderContext } from '../../platform/provider.ts';
import { type ContextOptions, providerContext } from '../provider-context.ts';
import { answerWith, on, type Recorded } from '../vendors/answers.ts';
import { type FakeReply, type FakeVendor, startFakeVendor } from '../vendors/fake-vendor.ts';
import { november } from '../vendors/open-provider.ts';

/** A provider, what its vendor answers, and what it is asked with. */
export interface Suite {
  readonly provider: Provider;
  readonly recorded: Recorded;
  readonly settings: ContextOptions;
}

export interface Opened {
  readonly vendor: FakeVendor;
  readonly context: ProviderContext;
}

export const days: CostRequest = november(17, 20);
export const amount = /^-?\d+(\.\d+)?$/;

/** A key that looks like no vendor's: only knowing it hides it. */
const secretOf = (name: string): string => `never-shown-${name}`;

export function settingsOf(provider: Provider, recorded: Recorded): ContextOptions {
  // A fixture's `context` is written for this.
  const asked = (recorded.context ?? {}) as ContextOptions;
  const secrets = provider.fields.flatMap(({ name, secret, kind }) =>
    secret ? [[name, kind === 'json' ? serviceAccount() : secretOf(name)] as const] : [],
  );
  return {
    ...(provider.baseUrl !== null && { baseUrl: provider.baseUrl }),
    ...asked,
    secrets: { ...Object.fromEntries(secrets), ...asked.secrets },
  };
}

function serviceAccount(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return JSON.stringify({
    type: 'service_account',
    project_id: 'acme',
    client_email: 'llmlab@acme.example',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  });
}

export async function opened<T>(
  { recorded, settings }: Suite,
  use: (opened: Opened) => Promise<T>,
  more: ContextOptions = {},
): Promise<T> {
  await using vendor = await startFakeVendor();
  answerWith(vendor, recorded);
  // Awaited here: the vendor goes when this function returns.
  return await use({ vendor, context: providerContext(vendor, { ...settings, ...more }) });
}

/** Every request answered alike. */
export function answerAll(vendor: FakeVendor, reply: FakeReply): void {
  for (const method of ['GET', 'POST']) on(vendor, `${method} *`, reply);
}

/** What a refusal is, whichever request meets it first. */
export const refusals: readonly (readonly [string, FakeReply, readonly string[]])[] = [
  ['401', { status: 401, json: { error: { message: 'no such key' } } }, ['INVALID_KEY']],
  [
    '403',
    { status: 403, json: { error: { message: 'not for you' } } },
    ['INSUFFICIENT_SCOPE', 'NOT_ENABLED'],
  ],
  ['402', { status: 402, json: {} }, ['OUT_OF_CREDIT']],
  ['404', { status: 404, json: {} }, ['NOT_ENABLED', 'BAD_INPUT', 'INVALID_KEY']],
  ['429', { status: 429, headers: { 'retry-after': '7' }, json: {} }, ['RATE_LIMITED']],
  ['a used up quota', { status: 429, json: { error: { code: 'insufficient_quota' } } }, ['OUT_OF_CREDIT']],
  ['500', { status: 500, text: 'oops' }, ['OVERLOADED']],
  ['529', { status: 529, json: {} }, ['OVERLOADED']],
  ['a page of HTML', { text: '<html>' }, ['BAD_RESPONSE']],
  ['half a JSON text', { text: '{"data":[{"id":"x"},' }, ['BAD_RESPONSE']],
  ['JSON of another shape', { json: 7 }, ['BAD_RESPONSE']],
  ['a cut', { chunks: ['{"data":'], headers: { 'content-length': '900' }, isCut: true }, ['NETWORK']],
];

export async function failure(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    // Checked by its code, which only AppErrors have.
    return error as AppError;
  }
  return expect.fail('it did not fail');
}

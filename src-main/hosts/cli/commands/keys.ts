import { readFileSync } from 'node:fs';
import type {
  Connection,
  ConnectionCheck,
  CredentialField,
  ProviderInfo,
} from '../../../../src-preload/contract/connections.ts';
import { AppError } from '../../../platform/error.ts';
import type { Outcome, Run } from '../command.ts';
import { exitCodes, UsageError } from '../failure.ts';
import { readPairs } from '../options.ts';
import type { Ask } from '../session.ts';
import { suggestion } from '../suggestion.ts';
import { plain, table } from '../text.ts';
import { findConnection, findConnections } from './find-connection.ts';

interface SetOptions {
  readonly field?: readonly string[];
  readonly secret?: string;
  readonly name?: string;
  readonly account?: string;
  readonly baseUrl?: string;
  readonly local?: boolean;
}

/**
 * `llmlab keys set PROVIDER`: the key is typed unseen, or comes from standard input; never as an argument, where every
 * program on the machine could read it.
 */
export async function setKey(run: Run, options: SetOptions, id: string): Outcome {
  const fields = Object.assign({}, ...(options.field ?? []).map((pair) => readPairs(pair, '--field')));
  const connection = await run.withCore(async ({ ask }) => {
    const provider = await providerNamed(ask, id);
    const old = await changedBy(ask, provider, options.name);
    const secrets = await readSecrets(run, provider, { only: options.secret, old });
    if (old === null && Object.keys(secrets).length === 0) refuseKeyless(provider);
    const { id: saved } = await ask('connections.save', {
      provider: provider.id,
      ...{ fields, secrets },
      ...(old === null ? {} : { id: old.id }),
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(options.account === undefined ? {} : { accountId: await accountNamed(ask, options.account) }),
      ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
      ...(options.local === undefined ? {} : { isLocal: options.local }),
    });
    const { connections } = await ask('connections.list', {});
    return connections.find((one) => one.id === saved);
  });
  if (connection === undefined) throw new AppError('NOT_FOUND', 'The connection was removed meanwhile.');
  run.print({ connection }, () => savedWords(connection));
  if (connection.secrets.every(({ isSessionOnly }) => !isSessionOnly)) {
    run.hint(`Check it with llmlab keys test "${plain(connection.name)}", read with llmlab sync.`);
    return undefined;
  }
  run.io.tell(
    'Nothing on this machine can protect the key, so it is forgotten now that the command ends. Set a passphrase with llmlab vault passphrase, then set the key again.',
  );
  return exitCodes.nothing;
}

/** A new connection to a vendor on the web is of no use without any key; a server of one's own may want none. */
function refuseKeyless({ label, kind, fields }: ProviderInfo): void {
  const keys = fields.filter(({ secret }) => secret).map((field) => field.label);
  if (kind !== 'vendor' || keys.length === 0) return;
  throw new UsageError(
    `Nothing was saved: ${label} needs a key (${keys.join(' or ')}). Type it in a terminal, or send it through standard input: llmlab keys set … < key.txt`,
  );
}

function savedWords({ name, account, secrets }: Connection): string {
  const kept = secrets.map(({ field, endsWith }) => `${field} ending in …${endsWith}`).join(', ');
  return `${plain(name)} is connected and reports to ${plain(account)}${kept === '' ? '' : ` (${kept})`}.`;
}

async function providerNamed(ask: Ask, id: string): Promise<ProviderInfo> {
  const { providers } = await ask('providers.list', {});
  const wanted = id.toLowerCase();
  const provider = providers.find((one) => one.id === wanted || one.label.toLowerCase() === wanted);
  if (provider !== undefined) return provider;
  const ids = providers.map((one) => one.id);
  throw new UsageError(`There is no provider ${id}.${suggestion(id, ids)} There are ${ids.join(', ')}.`);
}

/** The connection a key is set for: the one of that name, or the vendor's only one; null for a new one. */
async function changedBy(
  ask: Ask,
  provider: ProviderInfo,
  name: string | undefined,
): Promise<Connection | null> {
  const { connections } = await ask('connections.list', {});
  const own = connections.filter((one) => one.provider === provider.id);
  if (name !== undefined) return own.find((one) => one.name.toLowerCase() === name.toLowerCase()) ?? null;
  const [one = null] = own;
  if (own.length <= 1) return one;
  throw new UsageError(
    `${provider.label} has several connections. Say which with --name: ${own.map((each) => `"${each.name}"`).join(', ')}, or a new name.`,
  );
}

async function accountNamed(ask: Ask, name: string): Promise<number> {
  const { accounts } = await ask('accounts.list', {});
  const account = accounts.find((one) => one.name === name);
  if (account !== undefined) return account.id;
  throw new AppError('NOT_FOUND', `There is no account ${name}. Make it with llmlab accounts add "${name}".`);
}

interface Wanted {
  /** The one field that is asked for. */
  readonly only: string | undefined;
  readonly old: Connection | null;
}

/** Asks for every secret the provider has, an empty answer leaving an optional one out; input that is piped is one secret. */
async function readSecrets(
  run: Run,
  provider: ProviderInfo,
  { only, old }: Wanted,
): Promise<Record<string, string>> {
  const all = provider.fields.filter(({ secret }) => secret);
  const wanted = only === undefined ? all : all.filter(({ name }) => name === only);
  if (only !== undefined && wanted.length === 0)
    throw new UsageError(
      `${provider.label} has no secret "${only}". It has ${all.map(({ name }) => name).join(', ') || 'none'}.`,
    );
  const secrets: Record<string, string> = {};
  for (const field of wanted) {
    const answer = await run.io.askHidden(questionOf(field, old));
    if (answer === null) return piped(wanted, old);
    if (answer.trim() !== '') secrets[field.name] = answer.trim();
  }
  return secrets;
}

function questionOf({ name, label, prefix, required }: CredentialField, old: Connection | null): string {
  const kept = old?.secrets.find(({ field }) => field === name);
  const hint = prefix === null ? '' : `, begins with ${prefix}`;
  const skip = kept === undefined ? 'Enter leaves it out' : `Enter keeps …${kept.endsWith}`;
  return `${label} (not shown${hint}${required && kept === undefined ? '' : `; ${skip}`}): `;
}

/** The whole of standard input is one secret: the one that is named, begins like it, is needed, or serves calls. */
function piped(wanted: readonly CredentialField[], old: Connection | null): Record<string, string> {
  const text = readFileSync(0, 'utf8').trim();
  const field =
    wanted.find(({ prefix }) => prefix !== null && text.startsWith(prefix)) ??
    wanted.find(({ required }) => required) ??
    wanted.find(({ neededFor }) => neededFor.includes('calls')) ??
    wanted[0];
  if (field === undefined) return {};
  if (text !== '') return { [field.name]: text };
  if (old !== null || !field.required) return {};
  throw new UsageError(
    `Type the ${field.label} in a terminal, or send it through standard input: llmlab keys set … < key.txt`,
  );
}

/** `llmlab keys list`: which keys are kept, by how they end, and which the environment offers. */
export async function listKeys(run: Run): Outcome {
  const [{ connections }, { offers }] = await run.withCore(({ ask }) =>
    Promise.all([ask('connections.list', {}), ask('connections.offers', {})]),
  );
  run.print({ connections, offers }, () => {
    if (connections.length === 0) return 'No keys yet. Add one with llmlab keys set PROVIDER.';
    const rows = connections.flatMap((connection) =>
      connection.secrets.length === 0
        ? [{ connection, field: '-', endsWith: '' }]
        : connection.secrets.map(({ field, endsWith }) => ({ connection, field, endsWith })),
    );
    return table(
      [
        { title: 'Connection', cell: ({ connection }) => connection.name },
        { title: 'Provider', cell: ({ connection }) => connection.provider },
        { title: 'Account', cell: ({ connection }) => connection.account },
        { title: 'Key', cell: ({ field }) => field },
        { title: 'Ends in', cell: ({ endsWith }) => (endsWith === '' ? '-' : `…${endsWith}`) },
      ],
      rows,
    );
  });
  for (const { provider, variable } of offers)
    run.hint(`${variable} holds a key of ${provider}. To keep it: llmlab keys adopt ${provider} ${variable}`);
  return undefined;
}

/** `llmlab keys adopt PROVIDER VARIABLE`: keeps what an environment variable holds. */
export async function adoptKey(run: Run, _options: object, provider: string, variable: string): Outcome {
  const { id } = await run.withCore(({ ask }) => ask('connections.adopt', { provider, variable }));
  run.print({ id }, () => `The key in ${plain(variable)} is kept for ${plain(provider)}.`);
  return undefined;
}

/** `llmlab keys remove PROVIDER`: forgets a connection with its keys; the ledger keeps what it brought. */
export async function removeKey(run: Run, _options: object, which: string): Outcome {
  const connection = await run.withCore(async ({ ask }) => {
    const found = await findConnection(ask, which);
    await ask('connections.remove', { id: found.id });
    return found;
  });
  run.print(
    { removed: { id: connection.id, name: connection.name } },
    () => `${plain(connection.name)} and its keys are forgotten. What it brought stays in the ledger.`,
  );
  return undefined;
}

/** How the test of one connection ended. */
export interface Tested {
  readonly connectionId: number;
  readonly connection: string;
  readonly provider: string;
  readonly checks: readonly ConnectionCheck[];
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly ms: number | null;
}

/** `llmlab keys test PROVIDER`: asks the vendor what the key may do. Exit code 1 where something failed. */
export async function testKeys(run: Run, _options: object, which: string): Outcome {
  const results = await run.withCore(async ({ ask }) => testAll(ask, await findConnections(ask, which)));
  return printTested(run, results);
}

/** Tests side by side: one vendor that does not answer keeps no other waiting. */
export function testAll(ask: Ask, connections: readonly Connection[]): Promise<readonly Tested[]> {
  return Promise.all(
    connections.map(async ({ id, name, provider }) => {
      const about = { connectionId: id, connection: name, provider };
      try {
        return { ...about, ...(await ask('connections.test', { id })), error: null };
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'VAULT_LOCKED') throw error;
        const { code, message } = error;
        return { ...about, checks: [], ms: null, error: { code, message } };
      }
    }),
  );
}

export function printTested(run: Run, results: readonly Tested[]): number | undefined {
  run.print({ results }, () => results.map(testedWords).join('\n'));
  const isBad = ({ checks, error }: Tested): boolean =>
    error !== null || checks.some(({ state }) => state === 'failed');
  return results.some(isBad) ? exitCodes.nothing : undefined;
}

function testedWords({ connection, checks, error, ms }: Tested): string {
  const head = ms === null ? plain(connection) : `${plain(connection)} (${ms} ms)`;
  if (error !== null) return `${head}\n  failed: ${plain(error.message)}`;
  if (checks.length === 0) return `${head}\n  nothing to test: no key is kept for it`;
  return [
    head,
    ...checks.map(({ capability, state, message }) => `  ${capability}: ${state}. ${plain(message)}`),
  ].join('\n');
}

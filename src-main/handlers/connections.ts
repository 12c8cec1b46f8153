import { ownerOf } from '../jobs/vendors/create-vendors.ts';
import { environmentOffers } from '../jobs/vendors/environment-offers.ts';
import { AppError } from '../platform/error.ts';
import type { Check } from '../platform/provider.ts';
import { type ConnectionRow, connectionById, listConnections } from '../store/connections.ts';
import { type Draft, providerOf, type ReadDraft, readDraft } from './connection-draft.ts';
import { toConnections } from './connection-output.ts';
import type { HandlerContext, Handlers, Namespace } from './context.ts';

function existing(context: HandlerContext, id: number): ConnectionRow {
  const row = connectionById(context.db(), id);
  if (row === undefined) throw new AppError('NOT_FOUND', 'That connection is gone.');
  return row;
}

/** Nothing is saved of a connection whose key cannot be: a locked vault is found out before. */
async function checkVault({ secrets, dropped }: ReadDraft, { vault }: HandlerContext): Promise<void> {
  if (secrets.size + dropped.length === 0) return;
  const { isLocked, trouble } = await vault.state();
  if (!isLocked) return;
  throw new AppError(
    'VAULT_LOCKED',
    `The vault is locked, so the key cannot be saved. ${trouble ?? 'Unlock it first, then save again.'}`,
  );
}

async function putSecrets(read: ReadDraft, id: number, context: HandlerContext): Promise<void> {
  const { vault, audit } = context;
  const owner = ownerOf(id);
  const { name } = existing(context, id);
  // After an older ledger was restored, a number can be given again whose keys are still kept.
  const isLeft = read.old === undefined && vault.hints().some((hint) => hint.owner === owner);
  if (isLeft) await vault.remove(owner);
  for (const field of read.dropped) {
    await vault.remove(owner, field);
    await audit.record('key.removed', name, { field });
  }
  for (const [field, value] of read.secrets) {
    // Written down first: a key that cannot be is not saved.
    await audit.record('key.saved', name, { field, origin: read.origin });
    try {
      await vault.put({ owner, field }, value, read.origin);
    } catch (error) {
      await audit.record('key.not-saved', name, { field });
      throw error;
    }
  }
}

/** Names what was added or is different now, without any secret. */
async function noteSaved(old: ConnectionRow | undefined, id: number, context: HandlerContext): Promise<void> {
  const row = existing(context, id);
  const { provider, name, account_id: accountId, base_url: baseUrl, is_local: isLocal, fields } = row;
  const facts = { name, accountId, baseUrl, isLocal: isLocal === 1, fields };
  if (old === undefined) return context.audit.record('connection.added', name, { provider, ...facts });
  const before = { name: old.name, accountId: old.account_id, baseUrl: old.base_url };
  const all = { ...before, isLocal: old.is_local === 1, fields: old.fields };
  const changed = Object.entries(facts).filter(([fact, value]) => all[fact as keyof typeof all] !== value);
  if (changed.length > 0) await context.audit.record('connection.changed', name, Object.fromEntries(changed));
}

async function save(draft: Draft, context: HandlerContext): Promise<number> {
  const read = readDraft(draft, context);
  await checkVault(read, context);
  const id = await context.run('saveConnection', read.input, { kind: 'sync', title: 'Saving a connection' });
  await noteSaved(read.old, id, context);
  try {
    await putSecrets(read, id, context);
  } catch (error) {
    // A new one without its key is of no use, and would be in the way of the next try.
    if (read.old === undefined) await remove(id, context);
    throw error;
  }
  context.emit({ kind: 'connections.changed' });
  context.emit({ kind: 'ledger.changed' });
  context.sync.look();
  return id;
}

async function remove(id: number, context: HandlerContext): Promise<void> {
  const { name, provider } = existing(context, id);
  await context.run('dropConnection', { id }, { kind: 'sync', title: 'Removing a connection' });
  try {
    await context.vault.remove(ownerOf(id));
  } finally {
    await context.audit.record('connection.removed', name, { provider });
  }
  context.emit({ kind: 'connections.changed' });
}

type Tried = { readonly checks: Check[]; readonly ms: number };

/** Asks the vendor what the credentials may do; a provider that cannot be asked says so. */
async function test(read: ReadDraft, context: HandlerContext): Promise<Tried> {
  const startedAt = performance.now();
  const checks = await context.vendors.tryOut(
    read.access,
    undefined,
    async ({ provider, context: vendor }) =>
      provider.validate === undefined
        ? [
            {
              capability: 'calls' as const,
              state: 'unknown' as const,
              message: `${provider.label} has no request that costs nothing and tells whether a key is good.`,
            },
          ]
        : [...(await provider.validate(vendor))],
  );
  return { checks, ms: Math.round(performance.now() - startedAt) };
}

async function testSaved(id: number, context: HandlerContext): Promise<Tried> {
  const { provider } = existing(context, id);
  const tried = await test(readDraft({ id, provider, fields: {}, secrets: {} }, context), context);
  const checks = JSON.stringify(tried.checks);
  await context.run('noteChecks', { id, checks }, { kind: 'sync', title: 'Saving a test', isQuiet: true });
  context.emit({ kind: 'connections.changed' });
  return tried;
}

/** Saves what an environment variable holds as the key of a new connection, with what its other variables say. */
async function adopt(
  input: { provider: string; variable: string },
  context: HandlerContext,
): Promise<number> {
  const provider = providerOf(context, input.provider);
  const { env } = context.ports.environment;
  const isWanted = (names: readonly string[] = []) => names.includes(input.variable);
  const field = provider.fields.find((one) => one.secret && isWanted(one.env));
  const value = env[input.variable]?.trim() ?? '';
  if (field === undefined || value === '')
    throw new AppError('NOT_FOUND', `There is no key of ${provider.label} in ${input.variable}.`);
  const others = provider.fields.flatMap((one) => {
    const text = one.secret ? undefined : one.env?.map((name) => env[name]?.trim()).find(Boolean);
    return text === undefined ? [] : [[one.name, text] as const];
  });
  const draft = {
    provider: provider.id,
    fields: Object.fromEntries(others),
    secrets: { [field.name]: value },
  };
  return save(draft, context);
}

export const connectionsHandlers: Handlers<Namespace<'connections'>> = {
  'connections.list': (_, context) => ({
    connections: toConnections(context, listConnections(context.db())),
    isPaused: context.sync.isPaused(),
  }),
  'connections.save': async (draft, context) => ({ id: await save(draft, context) }),
  'connections.remove': async ({ id }, context) => {
    existing(context, id);
    await remove(id, context);
    return {};
  },
  'connections.test': (input, context) =>
    'id' in input ? testSaved(input.id, context) : test(readDraft(input.draft, context), context),
  'connections.offers': (_, context) => ({ offers: environmentOffers(context) }),
  'connections.adopt': async (input, context) => ({ id: await adopt(input, context) }),
  'connections.pause': async ({ id, paused }, context) => {
    await context.run(
      'setPaused',
      { id, paused },
      { kind: 'sync', title: paused ? 'Pausing sync' : 'Resuming sync' },
    );
    const subject = id === null ? 'all connections' : existing(context, id).name;
    await context.audit.record(paused ? 'sync.paused' : 'sync.resumed', subject);
    context.emit({ kind: 'connections.changed' });
    context.sync.look();
    return {};
  },
  'connections.setInterval': async (input, context) => {
    await context.run('setSyncInterval', input, { kind: 'sync', title: 'Saving an interval' });
    const { report, everyMinutes } = input;
    await context.audit.record('sync.interval', existing(context, input.id).name, { report, everyMinutes });
    context.emit({ kind: 'connections.changed' });
    return {};
  },
};

import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileRef } from '../../src-preload/contract/imports.ts';
import type { VaultStatus } from '../../src-preload/contract/vault.ts';
import { originOf } from '../jobs/vendors/access.ts';
import { ownerOf } from '../jobs/vendors/create-vendors.ts';
import { AppError } from '../platform/error.ts';
import { listConnections } from '../store/connections.ts';
import type { HandlerContext, Handlers, Namespace } from './context.ts';
import { explain } from './vault-words.ts';

async function statusOf({ vault, ports }: HandlerContext): Promise<VaultStatus> {
  const state = await vault.state();
  return {
    ...state,
    slots: [...state.slots],
    explanation: explain(state, ports.environment.platform),
    asksCurrent: state.protection === 'passphrase' && state.slots.includes('passphrase'),
  };
}

/** After keys became reachable, or stopped being so: what waits for them goes on. */
async function changed(context: HandlerContext): Promise<VaultStatus> {
  context.emit({ kind: 'connections.changed' });
  context.sync.look();
  return statusOf(context);
}

async function exportKeys(passphrase: string, { vault, ports, exports, audit }: HandlerContext) {
  const { text, keys } = await vault.exportTo(passphrase);
  if (keys === 0) throw new AppError('NOT_FOUND', 'There are no keys to export.');
  await audit.record('vault.exported', 'vault', { keys });
  const exportId = randomUUID();
  const dir = join(ports.dataDir, 'exports');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, exportId);
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  const day = new Date(ports.clock.now()).toISOString().slice(0, 10);
  const file = {
    ...{ exportId, fileName: `llmlab-keys-${day}.json`, mime: 'application/json' },
    bytes: Buffer.byteLength(text),
  };
  exports.set(exportId, { ...file, path, rows: keys });
  return { ...file, keys };
}

const maxImportBytes = 16 * 1024 * 1024;

function textOf(file: FileRef, { uploads, dropUpload }: HandlerContext): string {
  const path = 'path' in file ? file.path : uploads.get(file.uploadId)?.path;
  if (path === undefined) throw new AppError('NOT_FOUND', 'That upload is gone. Choose the file again.');
  try {
    if (statSync(path).size > maxImportBytes)
      throw new AppError('FILE_TOO_LARGE', 'This is no file of keys: it is too large. Nothing was changed.');
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('FILE_UNREADABLE', `${path} could not be read. Nothing was changed.`, {
      cause: error,
    });
  } finally {
    if ('uploadId' in file) dropUpload(file.uploadId);
  }
}

/** Keys of connections this ledger has, for the origin they are used with: an id means something else in another ledger. */
function ownedKeys({ db, providers }: HandlerContext) {
  const origins = new Map(
    listConnections(db()).flatMap(({ id, provider: providerId, base_url: baseUrl }) => {
      const provider = providers.find((one) => one.id === providerId);
      return provider === undefined ? [] : [[ownerOf(id), originOf({ provider, baseUrl })] as const];
    }),
  );
  return ({ owner, origin }: { owner: string; origin: string }) => origins.get(owner) === origin;
}

export const vaultHandlers: Handlers<Namespace<'vault'>> = {
  'vault.status': (_, context) => statusOf(context),
  'vault.unlock': async ({ passphrase }, context) => {
    await context.vault.unlock(passphrase);
    context.sync.look();
    return changed(context);
  },
  'vault.lock': async (_, context) => {
    // What is still to be sealed needs the key.
    await context.audit.settled();
    context.vault.lock();
    return changed(context);
  },
  'vault.setPassphrase': async ({ current, next }, context) => {
    await context.vault.setPassphrase({ current, next });
    await context.audit.record(next === null ? 'vault.passphrase-removed' : 'vault.passphrase-set', 'vault');
    return changed(context);
  },
  'vault.rotate': async ({ passphrase }, context) => {
    await context.vault.rotate(passphrase);
    await context.audit.record('vault.rotated', 'vault');
    return changed(context);
  },
  'vault.export': ({ passphrase }, context) => exportKeys(passphrase, context),
  'vault.import': async ({ file, passphrase }, context) => {
    const text = textOf(file, context);
    const counts = await context.vault.importFrom(text, passphrase, ownedKeys(context));
    await context.audit.record('vault.imported', 'vault', counts);
    await changed(context);
    return counts;
  },
};

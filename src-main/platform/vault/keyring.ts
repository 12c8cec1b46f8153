import { createHash, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { AsyncEntry } from '@napi-rs/keyring';
import { AppError } from '../error.ts';
import type { Environment } from '../ports.ts';
import { decrypt, encrypt, newKey } from './cipher.ts';
import { busPath, type ServiceState, secretServiceState } from './dbus.ts';
import type { KeySlot } from './vault.ts';

export interface KeyringOptions {
  readonly dataDir: string;
  readonly environment: Pick<Environment, 'platform' | 'env'>;
  /** How long the system may take, a question to the user included. */
  readonly timeoutMs?: number;
}

const service = 'LLMLab';

/**
 * The system's keyring: Keychain, Windows Credential Manager, or the Secret Service (GNOME Keyring, KWallet). It keeps 32
 * random bytes, made once and never replaced; those encrypt the data key, so that a new data key changes the file alone.
 */
export function keyringSlot({ dataDir, environment, timeoutMs = 20_000 }: KeyringOptions): KeySlot {
  const ownAccount = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 32);
  const keyring = createKeyring(environment, timeoutMs);
  return {
    kind: 'keyring',
    async probe() {
      const account = `probe-${randomBytes(8).toString('hex')}`;
      try {
        // Looking at the settings must not make the system ask for a password; saving a key may.
        if (await keyring.isLocked()) return { ok: true };
        await keyring.set(account, account);
        const kept = await keyring.get(account);
        await keyring.remove(account);
        return kept === account ? { ok: true } : { ok: false, why: 'The system’s keyring keeps nothing.' };
      } catch (error) {
        return { ok: false, why: error instanceof Error ? error.message : String(error) };
      }
    },
    async wrap(key) {
      const kept = await keyring.get(ownAccount);
      if (kept === null) await keyring.set(ownAccount, newKey().toString('base64'));
      const outer = kept ?? (await keyring.get(ownAccount));
      if (outer === null) throw new AppError('VAULT_LOCKED', 'The system’s keyring kept nothing.');
      const { nonce, data } = encrypt(Buffer.from(outer, 'base64'), key, ownAccount);
      return [ownAccount, nonce, data].join(':');
    },
    async unwrap(text) {
      // The folder may have been moved since: the account is the one it was wrapped under.
      const [account = '', nonce = '', data = ''] = text.split(':');
      const outer = await keyring.get(account);
      if (outer === null)
        throw new AppError(
          'VAULT_LOCKED',
          'The system’s keyring does not know these keys: they were saved on another computer or by another user.',
        );
      const key = decrypt(Buffer.from(outer, 'base64'), { nonce, data }, account);
      if (key === null)
        throw new AppError('VAULT_LOCKED', 'What the system’s keyring keeps does not open these keys.');
      return { key, isStale: false };
    },
  };
}

interface Keyring {
  /** Whether it would ask the user for a password first. */
  isLocked(): Promise<boolean>;
  get(account: string): Promise<string | null>;
  set(account: string, value: string): Promise<void>;
  remove(account: string): Promise<void>;
}

/** How long a keyring that did not answer, or whose question the user closed, is not asked again. */
const pauseMs = 15_000;

function createKeyring(environment: KeyringOptions['environment'], timeoutMs: number): Keyring {
  let paused: { readonly until: number; readonly why: unknown } | null = null;
  const careful = async <T>(work: () => Promise<T>): Promise<T> => {
    if (paused !== null && performance.now() < paused.until) throw paused.why;
    try {
      return await work();
    } catch (error) {
      const why =
        error instanceof AppError ? error : new AppError('VAULT_LOCKED', refusal(error), { cause: error });
      if (isSilent(why) || isDismissed(error)) paused = { until: performance.now() + pauseMs, why };
      throw why;
    }
  };
  const inTime = <T>(account: string, work: (entry: AsyncEntry) => Promise<T>): Promise<T> =>
    careful(async () => {
      await checkBus(environment);
      return within(timeoutMs, () => work(entryFor(account)));
    });
  return {
    isLocked: () => careful(async () => (await checkBus(environment)) === 'locked'),
    get: (account) => inTime(account, (entry) => entry.getPassword()),
    set: (account, value) => inTime(account, (entry) => entry.setPassword(value)),
    remove: async (account) => void (await inTime(account, (entry) => entry.deletePassword())),
  };
}

function refusal(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  // What the library says of a Secret Service without an unlocked collection (2.1.2, measured with gnome-keyring 42).
  return /no result found|is locked|dismissed/i.test(said)
    ? 'The system’s keyring is locked, or has nowhere to keep a key. Unlock it, then try again.'
    : `The system’s keyring cannot be used: ${said.slice(0, 200).replace(/\.$/, '')}.`;
}

function entryFor(account: string): AsyncEntry {
  // The library is loaded by the first key, not by the start.
  const { AsyncEntry: Entry } = createRequire(import.meta.url)(
    '@napi-rs/keyring',
  ) as typeof import('@napi-rs/keyring');
  // Its other Linux store, the kernel's, forgets everything at the next start of the machine.
  return new Entry(service, account, { linux: { store: 'secret-service' } });
}

/** Throws where there is no keyring to ask; elsewhere than on Linux nothing has to be found out. */
async function checkBus({ platform, env }: KeyringOptions['environment']): Promise<ServiceState> {
  if (platform !== 'linux') return 'answers';
  const address = env.DBUS_SESSION_BUS_ADDRESS;
  if (!address) throw new AppError('VAULT_LOCKED', 'This session has no keyring (no D-Bus session bus).');
  const path = busPath(address);
  // Another kind of address cannot be asked here: the library tries it.
  const state = path === null ? 'answers' : await secretServiceState(path, 5_000);
  if (state === 'silent') throw silent();
  return state;
}

const silentMessage = 'The system’s keyring does not answer (no Secret Service on D-Bus).';
const silent = (): AppError => new AppError('VAULT_LOCKED', silentMessage);
const isDismissed = (error: unknown): boolean => error instanceof Error && /dismissed/i.test(error.message);
const isSilent = (error: unknown): boolean => error instanceof AppError && error.message === silentMessage;

async function within<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silent()), timeoutMs);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

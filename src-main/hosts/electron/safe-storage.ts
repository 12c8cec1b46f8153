import type { SafeStorage } from 'electron';
import { AppError } from '../../platform/error.ts';
import type { Environment } from '../../platform/ports.ts';
import type { KeySlot } from '../../platform/vault/vault.ts';

/** The part of Electron's safeStorage that stays: 46 removes the synchronous calls. */
export type SafeStorageAsync = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'
>;

export interface SafeStorageOptions {
  readonly safeStorage: SafeStorageAsync;
  readonly platform: Environment['platform'];
  /** A store that asks the user something may take this long. */
  readonly timeoutMs?: number;
}

/**
 * On Linux "available" also covers a key that is the same on every machine; the first bytes of what was encrypted tell
 * which key it was (Chromium's os_crypt: `v10` hard-coded, `v11` Secret Service or KWallet, `v12` portal).
 */
const protectedPrefixes = ['v11', 'v12'];

const unprotected =
  'The desktop has no keyring that Electron knows, so its store would use a key that is the same on every computer. LLMLab does not use it.';

/** Electron's own store: the Keychain, DPAPI, or a Linux desktop's keyring. */
export function safeStorageSlot({ safeStorage, platform, timeoutMs = 20_000 }: SafeStorageOptions): KeySlot {
  const inTime = <T>(work: () => Promise<T>): Promise<T> => within(timeoutMs, work);
  const encrypt = async (key: Uint8Array): Promise<Buffer> => {
    const bytes = await inTime(() => safeStorage.encryptStringAsync(Buffer.from(key).toString('base64')));
    const prefix = bytes.subarray(0, 3).toString('latin1');
    if (platform === 'linux' && !protectedPrefixes.includes(prefix))
      throw new AppError('VAULT_LOCKED', unprotected);
    return bytes;
  };
  return {
    kind: 'safe-storage',
    async probe() {
      try {
        if (!(await inTime(() => safeStorage.isAsyncEncryptionAvailable())))
          return { ok: false, why: 'The system offers the desktop app no store for keys.' };
        await encrypt(Buffer.from('probe'));
        return { ok: true };
      } catch (error) {
        return { ok: false, why: error instanceof Error ? error.message : String(error) };
      }
    },
    wrap: async (key) => (await encrypt(key)).toString('base64'),
    async unwrap(text) {
      const bytes = Buffer.from(text, 'base64');
      const { result, shouldReEncrypt } = await inTime(() => safeStorage.decryptStringAsync(bytes));
      return { key: Buffer.from(result, 'base64'), isStale: shouldReEncrypt };
    },
  };
}

async function within<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('VAULT_LOCKED', 'The desktop app’s own store for keys does not answer.')),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    throw error instanceof AppError ? error : refused(error);
  } finally {
    clearTimeout(timer);
  }
}

function refused(error: unknown): AppError {
  const said = error instanceof Error ? error.message : String(error);
  const message = /temporarily unavailable/i.test(said)
    ? 'The desktop app’s own store for keys is busy. Try again in a moment.'
    : 'The desktop app’s own store for keys does not open them: another user, another computer or a new installation saved them.';
  return new AppError('VAULT_LOCKED', message, { cause: error });
}

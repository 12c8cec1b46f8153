import type { Environment } from '../platform/ports.ts';
import type { VaultState } from '../platform/vault/vault.ts';

type Platform = Environment['platform'];

const stores: Readonly<Record<Platform, string>> = {
  darwin: 'The Keychain',
  win32: 'Windows (Credential Manager, DPAPI)',
  linux: 'The system’s keyring (Secret Service)',
};

/** Who is kept out, and who is not. */
const limits: Readonly<Record<Platform, string>> = {
  darwin: 'Other users of this Mac cannot read them, and other programs only if you let them.',
  win32: 'Other users of this computer cannot read them; programs that you start yourself could.',
  linux:
    'Other users of this computer cannot read them; programs that you start yourself could while the keyring is unlocked.',
};

/** What protects the keys, what that means and what would be better: a few sentences. */
export function explain({ protection, isLocked, slots, keys }: VaultState, platform: Platform): string {
  switch (protection) {
    case 'session':
      return isLocked
        ? 'The keys cannot be opened.'
        : 'Nothing on this computer protects keys, so they are kept in memory and forgotten when LLMLab ends. Set a passphrase to keep them.';
    case 'passphrase':
      return 'Your passphrase protects the keys. LLMLab asks for it once after each start, and nobody can recover it: without it the keys have to be typed again.';
    case 'keyring':
    case 'safe-storage': {
      const spare = slots.includes('passphrase') ? ' Your passphrase opens them too.' : '';
      const what = keys === 0 && slots.length === 0 ? 'will protect the keys you add' : 'protects the keys';
      return `${stores[platform]} ${what}. ${limits[platform]}${spare}`;
    }
  }
}

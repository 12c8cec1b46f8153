import type { VaultStatus } from '../../../../src-preload/contract/vault.ts';
import type { Tone } from '../../../ui/badge.tsx';

interface Protection {
  readonly label: string;
  readonly tone: Tone;
}

const labels: Readonly<Record<VaultStatus['protection'], string>> = {
  'safe-storage': 'Protected by the system',
  keyring: 'Protected by the keyring',
  passphrase: 'Protected by a passphrase',
  session: 'This session only',
};

/** The state of the vault in a few words. */
export function protectionOf({
  protection,
  isLocked,
  trouble,
}: Pick<VaultStatus, 'protection' | 'isLocked' | 'trouble'>): Protection {
  if (isLocked) return { label: 'Locked', tone: trouble === null ? 'warn' : 'over' };
  return { label: labels[protection], tone: protection === 'session' ? 'warn' : 'good' };
}

import { createVault } from '../../platform/vault/create-vault.ts';
import type { KeySlot, Vault } from '../../platform/vault/vault.ts';

export interface TestVaultOptions {
  readonly dataDir: string;
  readonly keySlots?: readonly KeySlot[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly now?: () => number;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A vault whose passphrase is cheap to try: what a start of LLMLab on this folder has. */
export function startTestVault({ dataDir, keySlots = [], env = {}, now }: TestVaultOptions): Vault {
  const clock = { now: now ?? (() => Date.UTC(2026, 10, 28)) };
  return createVault({ dataDir, keySlots, env, clock, log: quiet, scryptCost: 2 ** 14 });
}

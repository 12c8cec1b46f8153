import { writeSync } from 'node:fs';
import { testKeySlot } from './key-slot.ts';
import { startTestVault } from './test-vault.ts';

/** What a process that is going to be killed is started with. */
export interface VaultOrders {
  readonly dataDir: string;
  /** What its keyring keeps, hex: other processes have the same. */
  readonly keyringKey: string;
  readonly passphrases: readonly [string, string];
}

/** Renews the vault's protection over and over: data key, passphrase, data key … and says before each that it begins. */
async function run({ dataDir, keyringKey, passphrases }: VaultOrders): Promise<void> {
  const keySlots = [testKeySlot('keyring', Buffer.from(keyringKey, 'hex'))];
  const vault = startTestVault({ dataDir, keySlots });
  await vault.state();
  let current = 0;
  // Which of the two it is now is not known after a kill: it is made known first.
  await vault.setPassphrase({ next: passphrases[0] });
  for (;;) {
    writeSync(1, 'begin\n');
    await vault.rotate(passphrases[current]);
    current = 1 - current;
    await vault.setPassphrase({ next: passphrases[current] ?? null });
  }
}

// The orders come from the test that starts this process.
await run(JSON.parse(process.argv[2] ?? '{}') as VaultOrders);

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seeded } from '../../testing/faults/made-up.ts';
import { tempDir } from '../../testing/temp-dir.ts';
import { testKeySlot } from '../../testing/vault/key-slot.ts';
import type { VaultOrders } from '../../testing/vault/killed-vault.ts';
import { startTestVault } from '../../testing/vault/test-vault.ts';

/** T2.5; LLMLAB_VAULT_KILLS sets how many. */
const kills = Number(process.env.LLMLAB_VAULT_KILLS ?? 30);
const child = join(import.meta.dirname, '../../testing/vault/killed-vault.ts');
const origin = 'https://api.example.com';
const owners = Array.from({ length: 4 }, (_, i) => `connection:${i}`);
const madeUpKey = (owner: string): string => ['fake', 'key', 'for', owner].join('-');

/** Starts a process that renews the vault, and kills it some time after it began. */
function renewAndDie(orders: VaultOrders, afterMs: number): Promise<void> {
  const started = spawn(process.execPath, [child, JSON.stringify(orders)], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [isKilled, errors] = [false, ''];
  started.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  started.stdout.once('data', () =>
    setTimeout(() => {
      isKilled = true;
      started.kill('SIGKILL');
    }, afterMs),
  );
  return new Promise((resolve, reject) => {
    started.once('close', (code) =>
      isKilled ? resolve() : reject(new Error(`ended by itself (${code}): ${errors}`)),
    );
  });
}

test(`killed ${kills} times while its protection is renewed, a vault keeps a way in and every key`, async () => {
  using dir = tempDir();
  const orders: VaultOrders = {
    dataDir: dir.path,
    keyringKey: randomBytes(32).toString('hex'),
    passphrases: ['the first phrase', 'the other phrase'],
  };
  const keyring = () => [testKeySlot('keyring', Buffer.from(orders.keyringKey, 'hex'))];
  const vault = startTestVault({ dataDir: dir.path, keySlots: keyring() });
  for (const owner of owners) await vault.put({ owner, field: 'apiKey' }, madeUpKey(owner), origin);
  await vault.setPassphrase({ next: orders.passphrases[0] });

  const random = seeded(25);
  for (let i = 0; i < kills; i++) {
    await renewAndDie(orders, random() * 90);
    const byKeyring = startTestVault({ dataDir: dir.path, keySlots: keyring() });
    expect(await byKeyring.state(), `kill ${i}`).toMatchObject({
      isLocked: false,
      trouble: null,
      keys: owners.length,
    });
    for (const owner of owners)
      expect(await byKeyring.get({ owner, field: 'apiKey' }, origin)).toBe(madeUpKey(owner));
    const byPassphrase = startTestVault({ dataDir: dir.path });
    const opened = await Promise.allSettled(orders.passphrases.map((one) => byPassphrase.unlock(one)));
    expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }
  // What was cut short is cleared away by the next write.
  await startTestVault({ dataDir: dir.path, keySlots: keyring() })
    .rotate(orders.passphrases[0])
    .catch(() => undefined);
  await startTestVault({ dataDir: dir.path, keySlots: keyring() }).remove(owners[0] ?? '');
  expect(readdirSync(dir.path)).toEqual(['vault.json']);
}, 600_000);

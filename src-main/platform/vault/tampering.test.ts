import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../testing/temp-dir.ts';
import { testKeySlot } from '../../testing/vault/key-slot.ts';
import { startTestVault } from '../../testing/vault/test-vault.ts';
import { AppError } from '../error.ts';
import { encrypt, newKey, sha256 } from './cipher.ts';
import { parseVault, type VaultContent } from './file.ts';

const origin = 'https://api.example.com';
const nameOf = (i: number) => ({ owner: `connection:${i}`, field: 'apiKey' });
const madeUpKey = (i: number): string =>
  ['fake', 'key', 'for', 'tests', String(i).padStart(4, '0')].join('-');

/** A vault of about 2 KiB: a keyring's way in, a passphrase's, and three keys. */
async function makeVault(dataDir: string) {
  const keySlots = [testKeySlot()];
  const vault = startTestVault({ dataDir, keySlots });
  for (const i of [1, 2, 3]) await vault.put(nameOf(i), madeUpKey(i), origin);
  await vault.setPassphrase({ next: 'a long enough phrase' });
  const path = join(dataDir, 'vault.json');
  return { keySlots, path, bytes: readFileSync(path) };
}

const refusal = (bytes: Buffer): string => {
  try {
    parseVault(bytes);
    return 'accepted';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

test('T2.2: every flipped bit and every truncation is refused, and the file is left as it is', async () => {
  using dir = tempDir();
  const { keySlots, path, bytes } = await makeVault(dir.path);
  expect(bytes.length).toBeGreaterThan(1_500);
  const refusals = new Map<string, number>();
  const note = (changed: Buffer): void => {
    const code = refusal(changed);
    refusals.set(code, (refusals.get(code) ?? 0) + 1);
  };
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8((changed[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
    note(changed);
  }
  for (let length = 0; length < bytes.length; length++) note(bytes.subarray(0, length));
  // A version's digit can flip to a newer one's.
  expect([...refusals.keys()].filter((code) => code !== 'UNSUPPORTED')).toEqual(['VAULT_DAMAGED']);
  expect([...refusals.values()].reduce((sum, one) => sum + one)).toBe(bytes.length * 9);

  for (const at of [0, 40, bytes.length >> 1, bytes.length - 3]) {
    const changed = Buffer.concat([bytes.subarray(0, at), Buffer.from('~'), bytes.subarray(at + 1)]);
    writeFileSync(path, changed);
    const vault = startTestVault({ dataDir: dir.path, keySlots });
    await expect(vault.get(nameOf(1), origin)).rejects.toMatchObject({ code: 'VAULT_DAMAGED' });
    await expect(vault.put(nameOf(4), madeUpKey(4), origin)).rejects.toMatchObject({ code: 'VAULT_DAMAGED' });
    await expect(vault.rotate()).rejects.toMatchObject({ code: 'VAULT_DAMAGED' });
    expect(await vault.state()).toMatchObject({
      isLocked: true,
      trouble: expect.stringContaining('vault.json'),
    });
    expect(readFileSync(path).equals(changed)).toBe(true);
  }
  writeFileSync(path, bytes);
  expect(await startTestVault({ dataDir: dir.path, keySlots }).get(nameOf(1), origin)).toBe(madeUpKey(1));
  expect(readdirSync(dir.path)).toEqual(['vault.json']);
});

/** What someone without the key can do who knows the format: everything but the MAC. */
function forged(bytes: Buffer, change: (content: VaultContent) => VaultContent): string {
  const { content, mac } = parseVault(bytes);
  const next = change(content);
  return `${JSON.stringify({ ...next, sum: sha256(JSON.stringify(next) + mac), mac }, null, 2)}\n`;
}

type Change = (content: VaultContent) => VaultContent;
const withRecords =
  (change: (records: VaultContent['records']) => VaultContent['records']): Change =>
  (content) => ({ ...content, records: change(content.records) });

test.each<[string, Change]>([
  [
    'swapped ciphertexts',
    withRecords(([seal, a, b, ...rest]) => {
      if (!seal || !a || !b) return [];
      const [forA, forB] = [
        { nonce: b.nonce, data: b.data },
        { nonce: a.nonce, data: a.data },
      ];
      return [seal, { ...a, ...forA }, { ...b, ...forB }, ...rest];
    }),
  ],
  ['a removed record', withRecords((records) => records.slice(0, -1))],
  ['records in another order', withRecords((records) => records.toReversed())],
  ['a record twice', withRecords((records) => [...records, ...records.slice(-1)])],
  [
    'another origin',
    withRecords((records) => records.map((one) => ({ ...one, origin: 'https://evil.example' }))),
  ],
  [
    'a removed way in',
    (content) => ({ ...content, slots: content.slots.filter(({ kind }) => kind === 'keyring') }),
  ],
  ['an older date', (content) => ({ ...content, rotatedAt: 1 })],
])('a well-formed file with %s is refused', async (_, change) => {
  using dir = tempDir();
  const { keySlots, path, bytes } = await makeVault(dir.path);
  const text = forged(bytes, change);
  writeFileSync(path, text);
  const vault = startTestVault({ dataDir: dir.path, keySlots });
  for (const place of [origin, 'https://evil.example'])
    for (const i of [1, 2, 3]) {
      const answer = vault.get(nameOf(i), place);
      // Bound to another place, or gone from the file: no key either way.
      const outcome = await answer.catch((error: AppError) => error.code);
      expect(['VAULT_DAMAGED', 'FORBIDDEN', null]).toContain(outcome);
    }
  await expect(vault.put(nameOf(4), madeUpKey(4), origin)).rejects.toMatchObject({ code: 'VAULT_DAMAGED' });
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('a ciphertext opens only beside what it was made beside', () => {
  const key = newKey();
  const made = encrypt(key, Buffer.from('x'), 'record 1');
  expect(made.nonce).not.toBe(encrypt(key, Buffer.from('x'), 'record 1').nonce);
});

/** LLMLAB_NONCES sets how many are looked at; a million takes some ten seconds. */
const nonces = Number(process.env.LLMLAB_NONCES ?? 50_000);

test(`no nonce comes twice in ${nonces} writes`, () => {
  const key = newKey();
  const seen = new Set<string>();
  for (let i = 0; i < nonces; i++) seen.add(encrypt(key, Buffer.from('secret'), 'record').nonce);
  expect(seen.size).toBe(nonces);
}, 120_000);

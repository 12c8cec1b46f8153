import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** As on a Linux desktop: its keyring's key, or with `STAND_IN_STORE=unprotected` the one that every computer has. */
const isUnprotected = process.env.STAND_IN_STORE === 'unprotected';
const prefix = Buffer.from(isUnprotected ? 'v10' : 'v11');
const key = createHash('sha256')
  .update(`the key of ${isUnprotected ? 'everyone' : process.env.HOME}`)
  .digest();

export const safeStorage = {
  isAsyncEncryptionAvailable: async () => true,
  async encryptStringAsync(text: string): Promise<Buffer> {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([prefix, nonce, cipher.getAuthTag(), data]);
  },
  async decryptStringAsync(bytes: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(3, 15));
    decipher.setAuthTag(bytes.subarray(15, 31));
    const result = Buffer.concat([decipher.update(bytes.subarray(31)), decipher.final()]).toString('utf8');
    return { result, shouldReEncrypt: false };
  },
};

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';

/** AES-256-GCM: the nonce, and the ciphertext with its 16-byte tag at the end, both base64. */
export interface Ciphertext {
  readonly nonce: string;
  readonly data: string;
}

/** How a passphrase becomes a key; kept beside what it protects. */
export interface Kdf {
  readonly name: 'scrypt';
  readonly n: number;
  readonly r: number;
  readonly p: number;
  /** Base64, 16 bytes. */
  readonly salt: string;
}

const tagBytes = 16;

export const newKey = (): Buffer => randomBytes(32);

/** Encrypts under a nonce of its own; `bound` is what it must stand beside to be decrypted again. */
export function encrypt(key: Uint8Array, plain: Uint8Array, bound: string): Ciphertext {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(bound));
  const data = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { nonce: nonce.toString('base64'), data: data.toString('base64') };
}

/** The plain bytes; null where key, ciphertext or what it is bound to is another than when it was encrypted. */
export function decrypt(key: Uint8Array, { nonce, data }: Ciphertext, bound: string): Buffer | null {
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length < tagBytes) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(bound));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]);
  } catch {
    return null;
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** HMAC-SHA256 as hex, under a key that serves this purpose alone. */
export function macOf(key: Uint8Array, purpose: string, text: string): string {
  const derived = Buffer.from(hkdfSync('sha256', key, '', `llmlab ${purpose}`, 32));
  return createHmac('sha256', derived).update(text).digest('hex');
}

export function isSameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** 128 MiB and a quarter of a second for each guess; scrypt, because Electron's OpenSSL has no Argon2. */
export const usualCost = 2 ** 17;

export const newKdf = (n: number): Kdf => ({
  name: 'scrypt',
  n,
  r: 8,
  p: 1,
  salt: randomBytes(16).toString('base64'),
});

export function keyFromPassphrase(passphrase: string, { n, r, p, salt }: Kdf): Promise<Buffer> {
  const options = { N: n, r, p, maxmem: 256 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    // The same passphrase may be typed as different code points on another system.
    scrypt(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), 32, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

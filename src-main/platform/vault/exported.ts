import { z } from 'zod';
import { AppError } from '../error.ts';
import { decrypt, encrypt, keyFromPassphrase, newKdf } from './cipher.ts';
import { kdf } from './file.ts';

const exportFormat = 'llmlab-keys';
const bound = JSON.stringify([exportFormat, 1]);

const exported = z.strictObject({
  format: z.literal(exportFormat),
  version: z.literal(1),
  kdf,
  nonce: z.base64(),
  data: z.base64(),
});

const secret = z.strictObject({
  owner: z.string(),
  field: z.string(),
  origin: z.string(),
  value: z.string(),
});
/** One secret in the clear: lives in memory only, between opening one vault or file and closing another. */
export type PlainSecret = z.infer<typeof secret>;

/** Secrets as a text that only the passphrase opens. */
export async function sealSecrets(
  secrets: readonly PlainSecret[],
  passphrase: string,
  cost: number,
): Promise<string> {
  const own = newKdf(cost);
  const key = await keyFromPassphrase(passphrase, own);
  const sealed = encrypt(key, Buffer.from(JSON.stringify(secrets)), bound + JSON.stringify(own));
  return `${JSON.stringify({ format: exportFormat, version: 1, kdf: own, ...sealed }, null, 2)}\n`;
}

/** Throws BAD_INPUT where the text is no export of keys, or the passphrase does not open it. */
export async function unsealSecrets(text: string, passphrase: string): Promise<PlainSecret[]> {
  const parsed = exported.safeParse(jsonIn(text));
  if (!parsed.success)
    throw new AppError(
      'BAD_INPUT',
      'This is no file of keys exported by LLMLab, or it is damaged. Nothing was changed.',
    );
  const key = await keyFromPassphrase(passphrase, parsed.data.kdf);
  const plain = decrypt(key, parsed.data, bound + JSON.stringify(parsed.data.kdf));
  if (plain === null)
    throw new AppError(
      'BAD_INPUT',
      'That passphrase does not open the file, or the file is damaged. Nothing was changed.',
    );
  return z.array(secret).parse(JSON.parse(plain.toString('utf8')));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

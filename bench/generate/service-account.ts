import { generateKeyPairSync } from 'node:crypto';

let made: string | null = null;

/** A service account's document with a key of its own: signs like a real one, and opens nothing. */
export function serviceAccount(): string {
  if (made !== null) return made;
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  made = JSON.stringify({
    type: 'service_account',
    project_id: 'made-up',
    client_email: 'nobody@made-up.iam.gserviceaccount.com',
    private_key: privateKey,
    token_uri: 'https://oauth2.googleapis.com/token',
  });
  return made;
}

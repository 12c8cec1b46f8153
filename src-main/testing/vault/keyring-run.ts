import { execFileSync } from 'node:child_process';
import { createVault } from '../../platform/vault/create-vault.ts';
import { keyringSlot } from '../../platform/vault/keyring.ts';

/** What was seen of a vault on the machine's own keyring, step by step. */
export type KeyringSteps = Readonly<Record<string, unknown>>;

const name = { owner: 'connection:1', field: 'apiKey' };
const origin = 'https://api.example.com';
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

function start(dataDir: string) {
  const environment = { platform: 'linux' as const, env: process.env };
  const keySlots = [keyringSlot({ dataDir, environment })];
  return createVault({
    dataDir,
    keySlots,
    env: {},
    clock: { now: Date.now },
    log: quiet,
    scryptCost: 2 ** 14,
  });
}

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (answer) => answer ?? 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : String(error)),
  );

/** Locks the login collection, as logging out of it does. */
function lockKeyring(): void {
  const service = [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.secrets',
    '/org/freedesktop/secrets',
  ];
  const collection = 'array:objpath:/org/freedesktop/secrets/collection/login';
  execFileSync('dbus-send', [...service, 'org.freedesktop.Secret.Service.Lock', collection]);
}

/** Run inside `dbus-run-session` by the test, with the data folder and a made-up key; prints what it saw as JSON. */
async function run(dataDir: string, key: string): Promise<KeyringSteps> {
  const first = start(dataDir);
  const before = await first.state();
  await first.put(name, key, origin);
  const seen: Record<string, unknown> = { before: before.protection };
  seen.saved = first.hints()[0]?.isSessionOnly;
  if (before.protection !== 'keyring') return seen;
  const later = start(dataDir);
  seen.readAfterRestart = (await later.get(name, origin)) === key;
  await later.rotate();
  seen.readAfterRotation = (await start(dataDir).get(name, origin)) === key;
  const fromSecretTool = execFileSync('secret-tool', ['search', '--all', 'service', 'LLMLab'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  }).toString();
  seen.keyInKeyring = fromSecretTool.includes(key);
  lockKeyring();
  const locked = start(dataDir);
  seen.lockedGet = await codeOf(locked.get(name, origin));
  seen.lockedPut = await codeOf(locked.put(name, key, origin));
  seen.lockedState = (await locked.state()).isLocked;
  // A first look at a locked keyring asks for no password: it is only said what would protect.
  seen.lockedProbe = (await start(`${dataDir}-other`).state()).protection;
  // One that was open goes on: the keyring is asked once.
  seen.openGet = (await later.get(name, origin)) === key;
  return seen;
}

const [dataDir = '', key = ''] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await run(dataDir, key))}\n`);
process.exit(0);

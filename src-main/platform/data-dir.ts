import { posix, resolve, win32 } from 'node:path';
import type { Environment } from './ports.ts';

/**
 * The folder everything is kept in: the one asked for, else `LLMLAB_DATA_DIR`, else the place the system's
 * conventions give: `$XDG_DATA_HOME/llmlab`, `~/Library/Application Support/LLMLab`, `%APPDATA%\LLMLab`.
 */
export function dataDirOf(environment: Omit<Environment, 'zone'>, asked?: string): string {
  const named = asked || environment.env.LLMLAB_DATA_DIR;
  return named ? resolve(named) : conventional(environment);
}

function conventional({ platform, home, env }: Omit<Environment, 'zone'>): string {
  switch (platform) {
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', 'LLMLab');
    case 'win32':
      return win32.join(env.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'LLMLab');
    case 'linux': {
      const data = env.XDG_DATA_HOME;
      // The XDG specification has relative paths ignored.
      return posix.join(
        data && posix.isAbsolute(data) ? data : posix.join(home, '.local', 'share'),
        'llmlab',
      );
    }
  }
}

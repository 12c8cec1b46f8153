import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { appRoot } from '../../src-main/platform/app-root.ts';

export interface StartedHost {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the built web host on a data folder and waits for the link it prints. */
export async function startWebHost(dataDir: string): Promise<StartedHost> {
  const cli = join(appRoot().dir, 'out', 'main', 'cli.js');
  if (!existsSync(cli)) throw new Error('not built: run it as `npm run bench -- start`');
  const args = [cli, 'serve', '--no-open', '--port', '0', '--data-dir', dataDir, '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  return {
    url: await linkOf(child),
    async stop() {
      child.kill('SIGTERM');
      await closed;
    },
  };
}

function linkOf(child: ChildProcess): Promise<string> {
  let said = '';
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    const link = /"url":\s*"([^"]+)"/.exec(said)?.[1];
    if (link !== undefined) resolve(link);
  });
  child.once('close', () => reject(new Error(`the web host ended without a link: ${said}`)));
  return promise;
}

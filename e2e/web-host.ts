import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Box, cliBundle } from './box.ts';

export interface WebHost {
  /** Opens the window once. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the built web host on a free port and waits for the link it prints. */
export async function startWebHost(box: Box): Promise<WebHost> {
  const child = spawn(process.execPath, [cliBundle, 'serve', '--no-open', '--port', '0'], {
    env: box.env,
    cwd: box.home,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  let said = '';
  const { promise: url, resolve, reject } = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const link = /https?:\/\/\S+/.exec(said)?.[0];
      if (link && said.includes(`${link}\n`)) resolve(link);
    });
  }
  child.once('close', (code) => reject(new Error(`the web host ended with code ${code}:\n${said}`)));
  return {
    url: await url,
    stop: async () => {
      child.kill('SIGTERM');
      await closed;
    },
  };
}

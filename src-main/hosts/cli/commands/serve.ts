import type { Outcome, Run } from '../command.ts';
import { readPort } from '../options.ts';

interface ServeFlags {
  readonly port?: string;
  readonly open: boolean;
}

/** `llmlab serve`: runs until Ctrl-C. With `--json` each link is one line `{"url"}` on stdout. */
export async function serveWindow(run: Run, flags: ServeFlags): Outcome {
  const port = flags.port === undefined ? undefined : readPort(flags.port);
  const { serve } = await import('../../web/serve.ts');
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  const release = run.io.onInterrupt(tell);
  const showLink = (url: string) => {
    run.print({ url }, () => url);
    run.hint('This link opens LLMLab once, within a minute. Ctrl-C ends it.');
  };
  try {
    const serving = await serve({ dataDir: run.dataDir, port, open: flags.open, env: run.io.env, showLink });
    await told;
    await serving.stop();
  } finally {
    release();
  }
  return undefined;
}

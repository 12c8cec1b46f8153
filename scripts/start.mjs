import { bootstrap, main } from './bootstrap.mjs';
import { build } from './build.mjs';
import { obtainElectron } from './electron-binary.mjs';
import { runNode } from './pinned-node.mjs';
import { inRoot, root } from './root.mjs';
import { run } from './run.mjs';

/** npm runs scripts in the package's folder; file names are meant from where the person is. */
const here = process.env.INIT_CWD ?? process.cwd();

/**
 * `npm start [-- ARGS]`: the desktop app, or the web host where there can be none. `--web` asks for the web host.
 * Other arguments go to the host: files to import and links for the desktop, options of `llmlab serve` for the web.
 */
await main(async (args) => {
  await bootstrap();
  await build();
  const forHost = args.filter((arg) => arg !== '--web');
  const desktop = args.includes('--web') ? { why: 'asked for with --web' } : await whereDesktop();
  if ('path' in desktop) return startDesktop(desktop.path, forHost);
  process.stderr.write(`llmlab: running in the browser: ${desktop.why}\n`);
  return runNode([inRoot('out', 'main', 'cli.js'), 'serve', ...forHost], { cwd: here });
});

/** What rules the desktop out on this machine before anything is fetched for it. */
async function whereDesktop() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY)
    return { why: 'there is no display here' };
  if (process.getuid?.() === 0) return { why: 'the desktop app keeps its sandbox, which root cannot have' };
  return obtainElectron();
}

function startDesktop(electron, args) {
  // Set by editors built on Electron: it would run our program as plain Node.
  return run(electron, [root, ...args], { cwd: here, env: { ELECTRON_RUN_AS_NODE: undefined } });
}

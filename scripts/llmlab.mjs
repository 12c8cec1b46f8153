import { bootstrap, main } from './bootstrap.mjs';
import { build } from './build.mjs';
import { isPinnedMajor, runNode } from './pinned-node.mjs';
import { inRoot } from './root.mjs';

/** The command-line host out of the repository: installs and builds first when needed, then runs it. */
await main(async (args) => {
  await bootstrap();
  await build();
  const cli = inRoot('out', 'main', 'cli.js');
  // npm runs scripts in the package's folder; file names are meant from where the person is.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  if (!isPinnedMajor()) return runNode([cli, ...args], { cwd });
  process.chdir(cwd);
  await import(new URL('../out/main/cli.js', import.meta.url).href);
  return process.exitCode;
});

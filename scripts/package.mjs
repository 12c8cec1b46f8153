import { bootstrap, main } from './bootstrap.mjs';
import { build } from './build.mjs';
import { runTool } from './pinned-node.mjs';

/** `npm run package [-- --linux deb]`: installers in dist/, for this system unless told otherwise. */
await main(async (args) => {
  await bootstrap();
  await build({ force: true });
  return runTool('electron-builder', ['--config', 'electron-builder.yml', '--publish', 'never', ...args], {
    command: 'electron-builder',
  });
});

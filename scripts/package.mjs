import { mkdirSync, writeFileSync } from 'node:fs';
import { bootstrap, main } from './bootstrap.mjs';
import { build } from './build.mjs';
import { runTool } from './pinned-node.mjs';
import { inRoot } from './root.mjs';
import { signing } from './signing.mjs';

/** `npm run package [-- --linux deb]`: installers in dist/, for this system unless told otherwise. */
await main(async (args) => {
  await bootstrap();
  await build({ force: true });
  const { isSigned, isNotarised, env, args: more } = signing(process.env, process.platform);
  process.stderr.write(
    `llmlab: installers are ${isSigned ? 'signed' : 'not signed: no certificate is set'}\n`,
  );
  const all = ['--config', 'electron-builder.yml', '--publish', 'never', ...more, ...args];
  const code = await runTool('electron-builder', all, { command: 'electron-builder', env });
  if (code !== 0) return code;
  mkdirSync(inRoot('dist'), { recursive: true });
  const facts = { platform: process.platform, isSigned, isNotarised };
  writeFileSync(inRoot('dist', `signing-${process.platform}.json`), JSON.stringify(facts));
});

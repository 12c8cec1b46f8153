#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const neededMajor = 24;
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const major = Number(process.versions.node.split('.')[0]);
const pinned = ['../node_modules/node/bin/node', '../node_modules/node/bin/node.exe']
  .map(at)
  .find(existsSync);

if (!existsSync(at('../out/main/cli.js'))) {
  fail('LLMLab is not built. Run npm start or npm run build in its folder first.');
} else if (major >= neededMajor) {
  await import('../out/main/cli.js');
} else if (pinned) {
  const { status, error } = spawnSync(pinned, [at('../out/main/cli.js'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  if (error) fail(`LLMLab's own Node did not start: ${error.message}`);
  else process.exitCode = status ?? 1;
} else {
  fail(`LLMLab needs Node ${neededMajor} or newer; this is Node ${process.versions.node}.`);
}

function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exitCode = 1;
}

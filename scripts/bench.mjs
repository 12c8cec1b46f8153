import { existsSync, readdirSync } from 'node:fs';
import { bootstrap, main } from './bootstrap.mjs';
import { build } from './build.mjs';
import { runNode } from './pinned-node.mjs';
import { inRoot } from './root.mjs';

/** `npm run bench -- NAME [ARGS]`: one benchmark of bench/, on the built code, under the pinned Node. */
await main(async ([name, ...args]) => {
  const file = inRoot('bench', `${name}.ts`);
  if (!name || !existsSync(file)) {
    process.stderr.write(`Which one? npm run bench -- ${benchmarks().join(' | ')}\n`);
    return 2;
  }
  await bootstrap();
  await build();
  return runNode(['--expose-gc', file, ...args]);
});

function benchmarks() {
  return readdirSync(inRoot('bench'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
}

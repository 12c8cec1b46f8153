import { bootstrap, main } from './bootstrap.mjs';
import { runNode } from './pinned-node.mjs';
import { inRoot } from './root.mjs';

/** `npm run docs`: draws the guides that are made of rows anew. */
await main(async () => {
  await bootstrap();
  for (const guide of ['sources-guide.mjs', 'providers-guide.mjs']) {
    const code = await runNode([inRoot('scripts', guide)]);
    if (code !== 0) return code;
  }
  return 0;
});

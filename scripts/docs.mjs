import { bootstrap, main } from './bootstrap.mjs';
import { runNode } from './pinned-node.mjs';
import { inRoot } from './root.mjs';

/** `npm run docs`: draws the guides that are made of rows anew. */
await main(async () => {
  await bootstrap();
  return runNode([inRoot('scripts', 'sources-guide.mjs')]);
});

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own that is deleted at the end of the block: `using dir = tempDir();`. */
export interface TempDir extends Disposable {
  readonly path: string;
}

export function tempDir(): TempDir {
  // macOS has its temp folder behind a link, and Windows may give its old short name.
  const path = mkdtempSync(join(realpathSync.native(tmpdir()), 'llmlab-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

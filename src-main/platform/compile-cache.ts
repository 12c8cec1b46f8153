import module from 'node:module';
import { join } from 'node:path';
import { appRoot } from './app-root.ts';

/**
 * Keeps what Node compiles in `.cache/code` of LLMLab's own folder, so that the next start need not compile it again. Where
 * that folder may not be written, Node compiles as ever. A folder others could write to is no place for code.
 */
export function enableCompileCache(): void {
  module.enableCompileCache?.(join(appRoot().dir, '.cache', 'code'));
}

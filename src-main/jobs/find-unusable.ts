import { existsSync } from 'node:fs';
import { expandPattern } from '../importers/pipeline/log-tree.ts';
import { unusableTools } from '../importers/unusable.ts';
import type { LogEnvironment } from '../platform/importer.ts';

/** A tool that was found here and whose files tell no usage. */
export interface FoundUnusable {
  tool: string;
  label: string;
  path: string;
  reason: string;
  instead: string;
}

/** The tools on this machine from whose files no usage can be told; reads no content. */
export function findUnusable(
  environment: LogEnvironment,
  isThere: (path: string) => boolean = existsSync,
): FoundUnusable[] {
  return unusableTools.flatMap(({ id, label, locations, reason, instead }) => {
    const paths = locations(environment).flatMap((location) => expandPattern(location.path));
    const path = paths.find(isThere);
    return path === undefined ? [] : [{ tool: id, label, path, reason, instead }];
  });
}

import type { FoundTool } from '../../../src-preload/contract/scan.ts';

export interface FoundLogs {
  /** Tools with something to read. */
  readonly found: readonly FoundTool[];
  /** Tools that were looked for without finding logs. */
  readonly missing: readonly FoundTool[];
}

export function splitFound(tools: readonly FoundTool[]): FoundLogs {
  const found = tools.filter((tool) => tool.files > 0).sort((a, b) => b.bytes - a.bytes);
  return { found, missing: tools.filter((tool) => tool.files === 0) };
}

/** The folder to name for a tool: the first that exists, else the first that was tried. */
export function folderOf(tool: FoundTool): string {
  return (
    (
      tool.folders.find((folder) => folder.files > 0) ??
      tool.folders.find((folder) => folder.found) ??
      tool.folders[0]
    )?.path ?? ''
  );
}

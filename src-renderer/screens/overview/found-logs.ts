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

const mostNamed = 6;

/** The tools looked for in vain, in a few words: `Codex, Gemini CLI and 28 others`. One without a usual place was not looked for. */
export function lookedForWords(missing: readonly FoundTool[]): string {
  const names = missing.filter((tool) => tool.folders.length > 0).map((tool) => tool.label);
  const named = names.length <= mostNamed + 1 ? names : names.slice(0, mostNamed);
  const rest = names.length - named.length;
  const last = rest > 0 ? `${rest} others` : named.at(-1);
  const before = rest > 0 ? named : named.slice(0, -1);
  return before.length === 0 ? (last ?? '') : `${before.join(', ')} and ${last}`;
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

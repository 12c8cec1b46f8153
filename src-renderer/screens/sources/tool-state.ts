import type { FoundTool } from '../../../src-preload/contract/scan.ts';

/** What a person can do about a tool's logs right now. */
export type ToolState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'failing'; readonly error: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unread'; readonly bytes: number; readonly isFirst: boolean }
  | { readonly kind: 'current' };

export function toolState(tool: FoundTool): ToolState {
  const found = tool.folders.filter((folder) => folder.found);
  const isRead = tool.lastReadAt !== null;
  if (isRead && tool.following.error !== null) return { kind: 'failing', error: tool.following.error };
  // What was just written is read in a moment.
  if (isRead && isFollowed(tool)) return { kind: tool.files === 0 ? 'empty' : 'current' };
  if (tool.unreadBytes > 0)
    return { kind: 'unread', bytes: tool.unreadBytes, isFirst: tool.lastReadAt === null };
  const failed = tool.folders.find((folder) => folder.error !== null);
  if (failed?.error) return { kind: 'failing', error: `${failed.path}: ${failed.error}` };
  if (found.length === 0) return { kind: 'absent' };
  return tool.files === 0 ? { kind: 'empty' } : { kind: 'current' };
}

function isFollowed({ following: { mode } }: FoundTool): boolean {
  return mode === 'live' || mode === 'polling';
}

/** What is on this machine, in order, and what was looked for in vain; `kept` stays with the latter though it was found since. */
export function splitTools(
  tools: readonly FoundTool[],
  kept: readonly string[] = [],
): {
  readonly here: readonly FoundTool[];
  readonly absent: readonly FoundTool[];
} {
  const isAbsent = (tool: FoundTool) => kept.includes(tool.tool) || toolState(tool).kind === 'absent';
  const ordered = inOrder(tools);
  return { here: ordered.filter((tool) => !isAbsent(tool)), absent: ordered.filter(isAbsent) };
}

/** Tools with something to read first, then those read, then what is not here; by name within. */
export function inOrder(tools: readonly FoundTool[]): readonly FoundTool[] {
  const rank = { unread: 0, failing: 1, current: 2, empty: 3, absent: 4 } as const;
  return tools.toSorted(
    (a, b) => rank[toolState(a).kind] - rank[toolState(b).kind] || a.label.localeCompare(b.label),
  );
}

/** Log folders with one more, without doubles; blanks and trailing separators fall away. */
export function withFolder(
  folders: Readonly<Record<string, readonly string[]>>,
  tool: string,
  path: string,
): Record<string, string[]> {
  const clean = path.trim().replace(/(?<=.)[/\\]+$/, '');
  const own = folders[tool] ?? [];
  return { ...mutable(folders), [tool]: clean === '' || own.includes(clean) ? [...own] : [...own, clean] };
}

export function withoutFolder(
  folders: Readonly<Record<string, readonly string[]>>,
  tool: string,
  path: string,
): Record<string, string[]> {
  return { ...mutable(folders), [tool]: (folders[tool] ?? []).filter((one) => one !== path) };
}

function mutable(folders: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(folders).map(([tool, paths]) => [tool, [...paths]]));
}

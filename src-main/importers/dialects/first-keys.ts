/**
 * The names of the first object in a text: of the text itself, of its first line, or of the first entry of its array.
 * Works on the start of a file, where the object may be cut off, and never takes a name from inside a value, where
 * prompts and replies can say anything. Names come in order.
 */
export function firstKeys(head: string): ReadonlySet<string> {
  const keys = new Set<string>();
  const start = /^\s*(?:\[\s*)?\{/.exec(head)?.[0].length;
  if (start === undefined) return keys;
  let depth = 0;
  for (let at = start; at < head.length; at++) {
    const sign = head[at];
    if (sign === '{' || sign === '[') depth++;
    else if (sign === '}' || sign === ']') depth--;
    if (depth < 0) return keys;
    if (sign !== '"') continue;
    const end = endOfString(head, at);
    if (end === -1) return keys;
    if (depth === 0 && /^\s*:/.test(head.slice(end, end + 20))) keys.add(head.slice(at + 1, end - 1));
    at = end - 1;
  }
  return keys;
}

/** Behind the closing quote; -1 where the text ends first. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}

const maxDepth = 64;
/** Looking at every character costs as much as parsing: shorter text is parsed, and may then be too deep to be walked. */
const shallowChars = 64 * 1024;

/**
 * Whether JSON text nests deeper than any log does. JSON.parse takes a million levels, but code that walks the
 * result overflows from ten thousand on, so such text is refused before it is parsed.
 */
export function nestsTooDeep(text: string): boolean {
  if (text.length < shallowChars) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) depth--;
    if (depth > maxDepth) return true;
  }
  return false;
}

/** Where a string's closing quote stands: strings are most of a log, so they are jumped over. */
function endOfString(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
